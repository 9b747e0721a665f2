internal import CSimdjson

/// What simdjson made of a text, without a reference to the document that owns it.
///
/// For walks, which would otherwise count references at each step. Used only while it is lent
/// (``JSONDocument/reading(_:)``).
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
@safe
struct JSONTape {
    private let words: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>

    /// Prepares for what the shim parsed last.
    @inline(__always)
    init(_ tape: csimdjson_tape) {
        unsafe words = tape.words
        unsafe strings = tape.strings
    }

    /// The word at an index.
    @inline(__always)
    func word(at index: Int) -> UInt64 { unsafe words[index] }
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

extension JSONTape {
    /// The tag of the value at an index.
    @inline(__always)
    func tag(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: word(at: index) >> 56) }

    /// The index of the end mark of the list or object at an index.
    @inline(__always)
    func end(of index: Int) -> Int { Int(UInt32(truncatingIfNeeded: word(at: index))) - 1 }

    /// The index of what stands behind the value at an index.
    @inline(__always)
    func next(after index: Int) -> Int {
        switch tag(at: index) {
        case Tag.object, Tag.list: Int(UInt32(truncatingIfNeeded: word(at: index)))
        case Tag.signed, Tag.unsigned, Tag.double: index + 2
        default: index + 1
        }
    }

    /// Lends the text of the string at an index.
    @inline(__always)
    func withText<Result>(at index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = unsafe UnsafeRawPointer(strings) + Int(word(at: index) & 0x00FF_FFFF_FFFF_FFFF)
        let length = Int(unsafe start.loadUnaligned(as: UInt32.self).littleEndian)
        return unsafe body(UnsafeRawBufferPointer(start: start + MemoryLayout<UInt32>.size, count: length))
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

    /// The index of the first member's value under a key of the object at an index; `nil` too if there is no object.
    func member(of index: Int, key: UnsafeRawBufferPointer) -> Int? {
        unsafe member(of: index) { unsafe $0.isSame(as: key) }
    }

    /// The index of the first member's value of the object at an index whose key satisfies the predicate; `nil` too if
    /// there is no object.
    @inline(__always)
    func member(of index: Int, where isKey: (UnsafeRawBufferPointer) -> Bool) -> Int? {
        guard tag(at: index) == Tag.object else { return nil }
        let end = end(of: index)
        var place = index + 1
        while place < end {
            if unsafe withText(at: place, isKey) { return place + 1 }
            place = next(after: place + 1)
        }
        return nil
    }

    /// The index of the element at a position of the list at an index; `nil` too if there is no list.
    func element(of index: Int, at position: Int) -> Int? {
        guard tag(at: index) == Tag.list, position >= 0 else { return nil }
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

extension JSONTape {
    /// What the value at an index is.
    @inline(__always)
    func kind(at index: Int) -> JSONValue.Kind {
        switch tag(at: index) {
        case Tag.object: .object
        case Tag.list: .list
        case Tag.string: .string
        case Tag.yes, Tag.no: .boolean
        case Tag.null: .null
        default: .number
        }
    }

    /// The value of the number at an index, if it is whole and known exactly.
    func integer(at index: Int) -> Int64? {
        switch tag(at: index) {
        case Tag.signed:
            return Int64(bitPattern: word(at: index + 1))
        case Tag.double:
            let double = Double(bitPattern: word(at: index + 1))
            return abs(double) < 0x1p53 ? Int64(exactly: double) : nil
        default:
            return nil
        }
    }

    /// The value of the number at an index, as the nearest double.
    func number(at index: Int) -> Double? {
        switch tag(at: index) {
        case Tag.signed: Double(Int64(bitPattern: word(at: index + 1)))
        case Tag.unsigned: Double(word(at: index + 1))
        case Tag.double: Double(bitPattern: word(at: index + 1))
        default: nil
        }
    }

    /// Lends the text at an index, if there is a string.
    @inline(__always)
    func withUTF8<Result>(at index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        unsafe tag(at: index) == Tag.string ? withText(at: index, body) : nil
    }
}
