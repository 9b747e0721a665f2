/// Finds what is wrong with a JSON text, and where.
///
/// simdjson says little about what it refuses, and refuses integers beyond 64 bits, which JSON allows. So a refused
/// text is read once more, slowly: either a problem is found and thrown, or the places of such integers are known.
struct JSONExaminer {
    /// The places behind the integers that fit neither `Int64` nor `UInt64`, in order.
    private(set) var longIntegerEnds: [Int] = []

    private let bytes: [UInt8]
    private var place = 0
    private var open: [Container] = []

    private enum Container: String {
        case object
        case list

        var end: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    /// What may stand next.
    private enum Expectation {
        case value
        case valueOrEnd
        case key
        case keyOrEnd
        case commaOrEnd
    }

    /// Prepares for bytes that are UTF-8.
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = Array(bytes)
    }

    /// Reads the whole text.
    mutating func examine() throws(JSONProblem) {
        skipSpace()
        if current == nil { throw syntax("there is nothing but white space") }
        var expected = Expectation.value
        repeat {
            skipSpace()
            guard let byte = current else { throw unclosed() }
            if let container = open.last, byte == container.end, expected != .value, expected != .key {
                place += 1
                open.removeLast()
                expected = .commaOrEnd
                continue
            }
            switch expected {
            case .value, .valueOrEnd: expected = try value(byte)
            case .key, .keyOrEnd: expected = try key(byte)
            case .commaOrEnd: expected = try comma(byte)
            }
        } while expected != .commaOrEnd || !open.isEmpty
        skipSpace()
        if current != nil { throw syntax("something follows the end of the value at byte \(place + 1)") }
    }

    private mutating func value(_ byte: UInt8) throws(JSONProblem) -> Expectation {
        switch byte {
        case UInt8(ascii: "{"):
            try enter(.object)
            return .keyOrEnd
        case UInt8(ascii: "["):
            try enter(.list)
            return .valueOrEnd
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: throw unexpected("a value")
        }
        return .commaOrEnd
    }

    private mutating func enter(_ container: Container) throws(JSONProblem) {
        open.append(container)
        place += 1
        skipSpace()
        guard open.count <= JSONParser.depthMax || current == container.end else {
            throw JSONProblem(.depth, "nested deeper than \(JSONParser.depthMax) lists and objects")
        }
    }

    private mutating func key(_ byte: UInt8) throws(JSONProblem) -> Expectation {
        guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in quotation marks") }
        try string()
        skipSpace()
        guard let next = current else { throw unclosed() }
        guard next == UInt8(ascii: ":") else { throw unexpected("':' behind the key") }
        place += 1
        return .value
    }

    private mutating func comma(_ byte: UInt8) throws(JSONProblem) -> Expectation {
        let container = open.last ?? .list
        guard byte == UInt8(ascii: ",") else { throw unexpected(container == .object ? "',' or '}'" : "',' or ']'") }
        place += 1
        return container == .object ? .key : .value
    }

    private mutating func string() throws(JSONProblem) {
        place += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                return
            case UInt8(ascii: "\\"): try escape()
            case ..<0x20: throw syntax("an unescaped control character stands in a string at byte \(place + 1)")
            default: place += 1
            }
        }
        throw syntax("a string is not closed")
    }

    private mutating func escape() throws(JSONProblem) {
        let start = place
        place += 1
        guard let byte = current else { throw syntax("a string is not closed") }
        place += 1
        if "\"\\/bfnrt".utf8.contains(byte) { return }
        guard byte == UInt8(ascii: "u") else { throw syntax("no such escape at byte \(start + 1)") }
        for _ in 0..<4 {
            guard let digit = current, Self.isHexDigit(digit) else {
                throw syntax("'\\u' without four hexadecimal digits at byte \(start + 1)")
            }
            place += 1
        }
    }

    private mutating func number() throws(JSONProblem) {
        let start = place
        skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")), skipDigits() == 0 { throw malformedNumber(at: start) }
        var isInteger = true
        if skip(UInt8(ascii: ".")) {
            isInteger = false
            if skipDigits() == 0 { throw malformedNumber(at: start) }
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            isInteger = false
            if !skip(UInt8(ascii: "-")) { skip(UInt8(ascii: "+")) }
            if skipDigits() == 0 { throw malformedNumber(at: start) }
        }
        if let next = current, !Self.mayFollowNumber(next) { throw malformedNumber(at: start) }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let double = Double(text), double.isFinite else {
            throw syntax("the number at byte \(start + 1) is too large")
        }
        if isInteger, Int64(text) == nil, UInt64(text) == nil { longIntegerEnds.append(place) }
    }

    private mutating func word(_ word: StaticString) throws(JSONProblem) {
        let start = place
        for expected in word.description.utf8 where !skip(expected) {
            throw syntax("expected '\(word)' at byte \(start + 1)")
        }
    }

    // MARK: - Reading on

    private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { place += 1 }
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipDigits() -> Int {
        let start = place
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return place - start
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func mayFollowNumber(_ byte: UInt8) -> Bool {
        " \t\r\n,]}".utf8.contains(byte)
    }

    // MARK: - Problems

    private func syntax(_ what: String) -> JSONProblem { JSONProblem(.syntax, "not JSON: \(what)") }

    private func unclosed() -> JSONProblem { syntax("the \(open.last?.rawValue ?? "value") is not closed") }

    private func unexpected(_ expected: String) -> JSONProblem { syntax("expected \(expected) at byte \(place + 1)") }

    private func malformedNumber(at start: Int) -> JSONProblem { syntax("malformed number at byte \(start + 1)") }
}
