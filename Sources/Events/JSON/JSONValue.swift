/// One value inside a ``JSONDocument``.
///
/// A value is the document and a place on its tape. Looking up a member or an element walks the tape over the values
/// before it; strings are copied when asked for.
public struct JSONValue: Sendable {
    /// What a value is.
    public enum Kind: String, Sendable, CaseIterable {
        /// Text.
        case string
        /// A number, whole or not.
        case number
        /// `true` or `false`.
        case boolean
        /// `null`.
        case null
        /// Values in order.
        case list
        /// Members with keys.
        case object
    }

    let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    /// What the value is.
    public var kind: Kind { document.reading { $0.kind(at: index) } }

    /// The text of a string.
    public var string: String? {
        unsafe withUTF8 { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a number that is whole and known exactly.
    ///
    /// `5`, `5.0` and `5e2` are. A number beyond 64 bits is kept as the nearest double, and a double from 2^53 on might
    /// stand for another whole number than the one written: neither has an `integer`.
    public var integer: Int64? { document.reading { $0.integer(at: index) } }

    /// The value of any number, as the nearest double.
    public var number: Double? { document.reading { $0.number(at: index) } }

    /// The value of `true` and `false`.
    public var boolean: Bool? {
        switch document.reading({ $0.tag(at: index) }) {
        case Tag.yes: true
        case Tag.no: false
        default: nil
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool { kind == .null }

    /// The number of elements of a list or of members of an object; 0 for everything else.
    ///
    /// Members are counted as ``members`` shows them, which takes a walk.
    public var count: Int {
        switch kind {
        case .list: elements.reduce(into: 0) { count, _ in count += 1 }
        case .object: members.reduce(into: 0) { count, _ in count += 1 }
        default: 0
        }
    }

    /// The value of a member of an object; of equal keys the first counts.
    public subscript(key: String) -> JSONValue? {
        var key = key
        let found = key.withUTF8 { bytes in
            document.reading { unsafe $0.member(of: index, key: UnsafeRawBufferPointer(bytes)) }
        }
        return found.map { JSONValue(document: document, index: $0) }
    }

    /// The element at a position of a list.
    public subscript(position: Int) -> JSONValue? {
        document.reading { $0.element(of: index, at: position) }.map { JSONValue(document: document, index: $0) }
    }

    /// Lends the UTF-8 bytes of a string, without a copy.
    public func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        document.reading { unsafe $0.withUTF8(at: index, body) }
    }

    /// The value as compact JSON text.
    ///
    /// Keys that were hidden by an equal one before them are left out, so that no other reader can take the last for
    /// the first. Numbers are written as they were understood: `1.0e2` as `100.0`.
    public func serialized() -> String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }
}
