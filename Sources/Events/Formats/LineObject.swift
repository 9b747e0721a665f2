/// An object that a line holds, with the members by which formats recognise it.
///
/// All that the decoder and the formats ask of the root is found in one walk: a walk for each question took a tenth of
/// the time of a line. Used only while it is lent, within one call of ``reading(_:_:)``, which holds the document: so
/// that it is passed on without counting references.
@safe
struct LineObject {
    private static let keys = KeyTable<RootKey>()

    /// The members; there are none if it is no object.
    let known: KnownMembers<RootKey>

    private unowned(unsafe) let document: JSONDocument
    private let index: Int

    /// Lends an object with its members.
    @inline(__always)
    static func reading<Result>(_ root: JSONValue, _ body: (LineObject) -> Result) -> Result {
        root.document.reading { tape in
            keys.withMembers(of: root.index, on: tape) { body(LineObject(root, $0)) }
        }
    }

    private init(_ root: JSONValue, _ known: KnownMembers<RootKey>) {
        self.known = known
        unsafe document = root.document
        index = root.index
    }

    /// The object.
    var root: JSONValue { unsafe JSONValue(document: document, index: index) }
}
