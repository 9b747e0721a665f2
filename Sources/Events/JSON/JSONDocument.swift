/// A parsed JSON text: an immutable copy of simdjson's tape and string buffer.
///
/// Nothing is turned into Swift values until somebody asks for it (``JSONValue``), so that an event on which no rule
/// fires costs three allocations and no strings.
///
/// The tape is an array of words, each a tag in the top byte and a payload below it:
///
/// | tag | payload | followed by |
/// |---|---|---|
/// | `r` | number of words on the tape | |
/// | `{`, `[` | index behind the matching end (32 bits), number of members (24 bits, saturating) | keys and values |
/// | `}`, `]` | index of the matching start | |
/// | `"` | offset into the string buffer, where four bytes of length stand before the text | |
/// | `l`, `u`, `d` | | a word that holds the signed, unsigned or floating number |
/// | `t`, `f`, `n` | | |
public final class JSONDocument: Sendable {
    /// The words of the tape; the value of the document begins at index 1.
    let tape: [UInt64]

    /// The string buffer: for each string its length in four bytes, its text and a zero byte.
    let strings: [UInt8]

    /// Creates a document from a whole tape.
    init(tape: [UInt64], strings: [UInt8]) {
        self.tape = tape
        self.strings = strings
    }

    /// The value that the text consists of.
    public var root: JSONValue { JSONValue(document: self, index: 1) }
}

/// What a word on the tape is.
enum Tag {
    static let object = UInt8(ascii: "{")
    static let list = UInt8(ascii: "[")
    static let string = UInt8(ascii: "\"")
    static let signed = UInt8(ascii: "l")
    static let unsigned = UInt8(ascii: "u")
    static let double = UInt8(ascii: "d")
    static let yes = UInt8(ascii: "t")
    static let no = UInt8(ascii: "f")
    static let null = UInt8(ascii: "n")
}

extension JSONDocument {
    /// The tag of the value at an index.
    @inline(__always)
    func tag(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: tape[index] >> 56) }

    /// The index of the end mark of the list or object at an index.
    @inline(__always)
    func end(of index: Int) -> Int { Int(UInt32(truncatingIfNeeded: tape[index])) - 1 }

    /// The index of what stands behind the value at an index.
    @inline(__always)
    func next(after index: Int) -> Int {
        switch tag(at: index) {
        case Tag.object, Tag.list: Int(UInt32(truncatingIfNeeded: tape[index]))
        case Tag.signed, Tag.unsigned, Tag.double: index + 2
        default: index + 1
        }
    }

    /// Lends the text of the string at an index.
    @inline(__always)
    func withText<Result>(at index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let offset = Int(tape[index] & 0x00FF_FFFF_FFFF_FFFF)
        return unsafe strings.withUnsafeBytes { bytes in
            let length = Int(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
            let start = offset + MemoryLayout<UInt32>.size
            return unsafe body(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)]))
        }
    }

    /// The text of the string at an index.
    func text(at index: Int) -> String {
        unsafe withText(at: index) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The text of the string at an index, as bytes.
    func bytes(at index: Int) -> [UInt8] {
        unsafe withText(at: index) { unsafe [UInt8]($0) }
    }

    /// Whether the string at an index consists of just these bytes.
    @inline(__always)
    func text(at index: Int, equals bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe withText(at: index) { unsafe $0.isSame(as: bytes) }
    }

    /// The index of the first member's value under a key of the object at an index.
    func member(of index: Int, key: UnsafeRawBufferPointer) -> Int? {
        let end = end(of: index)
        var place = index + 1
        while place < end {
            if unsafe text(at: place, equals: key) { return place + 1 }
            place = next(after: place + 1)
        }
        return nil
    }

    /// The index of the element at a position of the list at an index.
    func element(of index: Int, at position: Int) -> Int? {
        let end = end(of: index)
        var place = index + 1
        var left = position
        while place < end {
            if left == 0 { return place }
            left -= 1
            place = next(after: place)
        }
        return nil
    }
}
