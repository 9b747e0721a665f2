/// Finds what is a secret by its looks, or by the name that it stands behind.
///
/// It looks at bytes and not at YAML, since a file that holds a key may be no YAML at all: a quote that is not closed is
/// a mistake that people make with keys. In doubt it finds too much.
enum SecretScan {
    /// What gave a secret away.
    enum Kind {
        /// It looks like a key of DoubleTick.
        case key
        /// It is what an API key's setting is set to.
        case value
    }

    /// A secret in a text.
    struct Place {
        var bytes: Range<Int>
        var kind: Kind
    }

    /// How every key of DoubleTick begins.
    static let keyPrefix = "key_"

    /// What follows the beginning of a key is at least this long; `key_id` is a name and no key, as is `monkey_business`.
    private static let keyLengthMin = 6

    /// Everything that looks like a key, in order.
    ///
    /// - Complexity: O(n).
    static func keys(in bytes: [UInt8]) -> [Place] {
        let prefix = Array(keyPrefix.utf8)
        var places: [Place] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: prefix[0]) {
            position = start + 1
            let beginsWord = start == 0 || !bytes[start - 1].isWordByte
            guard beginsWord, bytes[start...].starts(with: prefix) else { continue }
            let end = bytes.index(after: start + prefix.count - 1, while: { $0.isWordByte || $0 == UInt8(ascii: "-") })
            guard end - start - prefix.count >= keyLengthMin else { continue }
            places.append(Place(bytes: start..<end, kind: .key))
            position = end
        }
        return places
    }

    /// Everything that stands behind a name such as `api_key:`, and does not say where the key is to be found.
    ///
    /// Misspelt names count (`api_kye:`, `apikey:`), since a key behind one is a key all the same.
    ///
    /// - Complexity: O(n).
    static func values(in file: SourceFile) -> [Place] {
        let bytes = file.bytes
        var places: [Place] = []
        var position = 0
        while let start = bytes[position...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "a") }) {
            position = start + 1
            guard let colon = colonBehindKeyName(in: bytes, at: start) else { continue }
            position = colon + 1
            let value = SecretValue(in: file, behind: colon)
            guard !value.bytes.isEmpty, !value.namesItsSource else { continue }
            places.append(Place(bytes: value.bytes, kind: .value))
            position = value.bytes.upperBound
        }
        return places
    }

    /// The colon of `api`, a separator or none, `k`, the rest of a word, perhaps a quote, white space and `:`.
    private static func colonBehindKeyName(in bytes: [UInt8], at start: Int) -> Int? {
        var position = start
        for letter in "api".utf8 {
            guard position < bytes.count, bytes[position] | 0x20 == letter else { return nil }
            position += 1
        }
        if position < bytes.count, [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " ")].contains(bytes[position]) {
            position += 1
        }
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "k") else { return nil }
        position = bytes.index(after: position, while: \.isWordByte)
        if position < bytes.count, bytes[position].isQuote { position += 1 }
        position = bytes.index(after: position - 1, while: \.isBlank)
        return position < bytes.count && bytes[position] == UInt8(ascii: ":") ? position : nil
    }
}

/// What a setting is set to, as far as it can be told without reading YAML.
private struct SecretValue {
    let bytes: Range<Int>

    /// Whether it is `env:NAME` or `file:PATH`, which is where a key belongs.
    let namesItsSource: Bool

    init(in file: SourceFile, behind colon: Int) {
        let line = file.line(at: colon)
        let end = file.range(ofLine: line).upperBound
        let start = min(file.bytes.index(after: colon, while: \.isBlank), end)
        let rest = file.bytes[start..<max(start, end)]
        let unquoted = rest.first.map(\.isQuote) == true ? rest.dropFirst() : rest
        namesItsSource = unquoted.starts(with: "env:".utf8) || unquoted.starts(with: "file:".utf8)
        if let valueEnd = Self.end(of: rest) {
            bytes = start..<valueEnd
        } else {
            bytes = start..<Self.end(ofLinesBelow: line, in: file)
        }
    }

    /// Where a value ends on its line; `nil` where it may go on in the next.
    private static func end(of rest: ArraySlice<UInt8>) -> Int? {
        guard let first = rest.first else { return nil }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return endOfQuoted(rest, quote: first)
        case UInt8(ascii: "["): return rest.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
        default: return endOfPlain(rest)
        }
    }

    private static func endOfQuoted(_ rest: ArraySlice<UInt8>, quote: UInt8) -> Int? {
        var position = rest.startIndex + 1
        while position < rest.endIndex {
            let isEscape = quote == UInt8(ascii: "\"") && rest[position] == UInt8(ascii: "\\")
            let isDoubled = rest[position] == quote && rest.dropFirst(position + 1 - rest.startIndex).first == quote
            if rest[position] == quote, !isDoubled { return position + 1 }
            position += isEscape || isDoubled ? 2 : 1
        }
        return nil
    }

    /// A comma or a bracket ends a value only where nothing of it can follow: block style allows both in a value.
    private static func endOfPlain(_ rest: ArraySlice<UInt8>) -> Int? {
        let closing = [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")]
        for position in rest.indices where closing.contains(rest[position]) {
            let next = rest.dropFirst(position + 1 - rest.startIndex).first
            guard next.map({ $0.isBlank || closing.contains($0) }) ?? true else { continue }
            return rest[..<position].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? position
        }
        return nil
    }

    /// The end of the lines below one that are indented deeper, or that go on with a list, which needs no indentation.
    private static func end(ofLinesBelow first: Int, in file: SourceFile) -> Int {
        let bytes = file.bytes
        let range = file.range(ofLine: first)
        let start = bytes.index(after: range.lowerBound - 1) { $0.isBlank || $0 == UInt8(ascii: "-") }
        let indentation = min(start, range.upperBound) - range.lowerBound
        var end = range.upperBound
        var line = first + 1
        while line <= file.lineCount {
            let next = file.range(ofLine: line)
            let text = min(bytes.index(after: next.lowerBound - 1, while: \.isBlank), next.upperBound)
            let column = text - next.lowerBound
            let isListItem = column == indentation && text < next.upperBound && bytes[text] == UInt8(ascii: "-")
            guard text == next.upperBound || column > indentation || isListItem else { break }
            if text < next.upperBound { end = next.upperBound }
            line += 1
        }
        return end
    }
}

extension [UInt8] {
    /// The first index behind another whose byte does not meet a condition.
    fileprivate func index(after index: Int, while condition: (UInt8) -> Bool) -> Int {
        var position = index + 1
        while position < count, condition(self[position]) { position += 1 }
        return position
    }
}

extension UInt8 {
    /// Whether the byte is a letter, a digit or an underline of ASCII.
    fileprivate var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}
