internal import CSimdjson

/// Parses JSON texts one after the other, reusing simdjson's buffers.
///
/// The document that was returned last is parsed into again when nobody holds it, nor a value of it, any more: who lets
/// go of one text before the next pays for no memory.
///
/// Every text is checked whole. Four things go beyond simdjson 3.0.1 or correct it: integers beyond 64 bits are JSON
/// and become doubles; an unpaired surrogate escape is refused, since simdjson lets a lone low one through and would
/// hand out bytes that are not UTF-8; a refusal says what is wrong and where; what is returned does not depend on the
/// parser.
///
/// A parser and its copies share their buffers: use them from one thread at a time, and make one parser a thread.
public struct JSONParser {
    /// How deep lists and objects may be nested, an empty one at the bottom not counted: simdjson's own limit.
    public static let depthMax = 1023

    /// How many bytes behind a text simdjson reads, whatever they hold.
    static let paddingBytes = csimdjson_padding

    private let handle = ParserHandle()

    /// Creates a parser.
    public init() {}

    /// Parses bytes that hold one JSON text and nothing else but white space.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - isPadded: Whether ``paddingBytes`` behind the text can be read too; else the text is copied to where they can.
    /// - Returns: The document.
    /// - Throws: What is wrong with the text.
    public mutating func parse(
        _ bytes: UnsafeRawBufferPointer,
        isPadded: Bool = false
    ) throws(JSONProblem) -> JSONDocument {
        if let document = unsafe handle.parse(bytes, isPadded: isPadded) {
            if unsafe Self.hasUnpairedSurrogate(bytes) { throw .unpairedSurrogate }
            return document
        }
        return unsafe try parseRefused(bytes)
    }

    /// Parses text that holds one JSON text and nothing else but white space.
    public mutating func parse(_ text: String) throws(JSONProblem) -> JSONDocument {
        var text = text
        let result = text.withUTF8 { utf8 in
            Result { () throws(JSONProblem) in unsafe try parse(UnsafeRawBufferPointer(utf8)) }
        }
        return try result.get()
    }

    /// Looks closer at bytes that simdjson refuses: they may hold integers beyond 64 bits, else they have a problem.
    private func parseRefused(_ bytes: UnsafeRawBufferPointer) throws(JSONProblem) -> JSONDocument {
        if unsafe !Self.isUTF8(bytes) { throw JSONProblem(.encoding, "not UTF-8") }
        var examiner = unsafe JSONExaminer(bytes)
        try examiner.examine()
        if unsafe Self.hasUnpairedSurrogate(bytes) { throw .unpairedSurrogate }
        // An exponent of nothing makes a double of an integer.
        var rewritten: [UInt8] = []
        var start = 0
        for end in examiner.longIntegerEnds {
            unsafe rewritten.append(contentsOf: bytes[start..<end])
            rewritten.append(contentsOf: "e0".utf8)
            start = end
        }
        unsafe rewritten.append(contentsOf: bytes[start...])
        let document = unsafe rewritten.withUnsafeBytes { unsafe handle.parse($0, isPadded: false) }
        guard let document else { throw JSONProblem(.size, "not readable: \(handle.reason)") }
        return document
    }

    /// Whether bytes are UTF-8.
    private static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe String(validating: bytes, as: UTF8.self) != nil
    }

    /// Whether a string of a JSON text holds half of a surrogate pair without the other half.
    ///
    /// Relies on the text being JSON, in which a backslash stands in strings alone and is never the last byte but one.
    private static func hasUnpairedSurrogate(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard var place = unsafe bytes.firstIndex(of: UInt8(ascii: "\\"), from: 0) else { return false }
        while true {
            switch unsafe bytes.escapedUnit(at: place) {
            case .some(0xD800...0xDBFF):
                guard case .some(0xDC00...0xDFFF) = unsafe bytes.escapedUnit(at: place + 6) else { return true }
                place += 12
            case .some(0xDC00...0xDFFF):
                return true
            default:
                place += 2
            }
            guard let next = unsafe bytes.firstIndex(of: UInt8(ascii: "\\"), from: place) else { return false }
            place = next
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The code unit that a `\uDXXX` at a place stands for, as all halves of surrogate pairs are written; `nil` for
    /// anything else there.
    fileprivate func escapedUnit(at place: Int) -> UInt16? {
        guard place + 6 <= count, unsafe self[place] == UInt8(ascii: "\\"), unsafe self[place + 1] == UInt8(ascii: "u"),
            unsafe self[place + 2] | 0x20 == UInt8(ascii: "d")
        else { return nil }
        return unsafe UInt16(String(decoding: self[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
    }
}

/// The owner of one simdjson parser and of the document that was parsed last.
///
/// A class, so that a ``JSONParser`` can be stored and copied like any value; not `Sendable`.
@safe
private final class ParserHandle {
    /// A document with more memory than this is used for the next text only if that needs a quarter of it: else a small
    /// event that somebody holds might hold the room of the largest.
    private static let keptBytesMax = 1 << 16

    /// What a document takes for each byte of text that it has room for: eight for the tape, the rest for strings.
    private static let bytesPerTextByte = 10

    private let parser: OpaquePointer?
    private var document: JSONDocument?
    private var status = csimdjson_ok

    init() {
        unsafe parser = csimdjson_create()
    }

    deinit {
        unsafe csimdjson_destroy(parser)
    }

    /// Parses bytes; `nil` when simdjson refuses them.
    func parse(_ bytes: UnsafeRawBufferPointer, isPadded: Bool) -> JSONDocument? {
        if !isKnownUniquelyReferenced(&document) || isTooLarge(forTextOf: bytes.count) { document = JSONDocument() }
        guard let parser = unsafe parser, let document else {
            status = csimdjson_out_of_memory
            return nil
        }
        unsafe status = document.parse(bytes, isPadded: isPadded, with: parser)
        return status == csimdjson_ok ? document : nil
    }

    private func isTooLarge(forTextOf count: Int) -> Bool {
        guard let capacity = document?.capacity else { return false }
        return capacity * Self.bytesPerTextByte > Self.keptBytesMax && capacity / 4 > count
    }

    /// Why the last bytes were refused, for cases in which nothing in the text tells.
    var reason: String {
        switch status {
        case csimdjson_too_long: "the text is too long"
        case csimdjson_out_of_memory: "there is not enough memory"
        case csimdjson_bad_number: "a number is too large"
        default: "the parser refused it"
        }
    }
}

extension JSONProblem {
    fileprivate static let unpairedSurrogate = JSONProblem(
        .encoding,
        "not UTF-8: an escape names half of a surrogate pair"
    )
}
