/// The title and the visible text of a page, such as a proxy sends in place of an answer.
///
/// This is no HTML parser: it reads every page once from front to back, well-formed or not, and a person makes sense of
/// the result.
struct HTMLText {
    /// The title, where the page has one that says something.
    let title: String?

    /// What stands outside tags, comments, scripts and styles, where there is anything.
    let visible: String?

    /// Elements whose content nobody sees.
    private static let hidden: Set<String> = ["script", "style", "title", "template", "noscript"]

    /// Reads a page; `nil` when the text does not begin like one.
    init?(_ text: String) {
        let bytes = Array(text.utf8.drop { $0 <= 0x20 })
        guard bytes.count > 1, bytes[0] == UInt8(ascii: "<"), Self.opensTag(bytes[1]) else { return nil }
        var scanner = Scanner(bytes: bytes)
        scanner.scan(hiding: Self.hidden)
        title = Self.readable(scanner.title)
        visible = Self.readable(scanner.visible)
    }

    private static func readable(_ bytes: [UInt8]) -> String? {
        let text = unescaped(String(decoding: bytes, as: UTF8.self))
        return ReadableLine(text).description.isEmpty ? nil : text
    }

    fileprivate static func opensTag(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "!"), UInt8(ascii: "/"), UInt8(ascii: "?"): true
        default: false
        }
    }

    /// Replaces the character references that occur in titles of error pages.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var pieces = text.split(separator: "&", omittingEmptySubsequences: false)[...]
        var written = String(pieces.removeFirst())
        for piece in pieces {
            guard let end = piece.prefix(10).firstIndex(of: ";"), let character = character(named: piece[..<end]) else {
                written += "&" + piece
                continue
            }
            written += character + piece[piece.index(after: end)...]
        }
        return written
    }

    private static func character(named name: Substring) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return " "
        case "hellip": return "…"
        case "mdash": return "—"
        case "ndash": return "–"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
        return value.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}

/// Goes over a page once.
private struct Scanner {
    let bytes: [UInt8]
    var place = 0
    var title: [UInt8] = []
    var visible: [UInt8] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan(hiding hidden: Set<String>) {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<"), place + 1 < bytes.count, HTMLText.opensTag(bytes[place + 1]) else {
                visible.append(bytes[place])
                place += 1
                continue
            }
            visible.append(UInt8(ascii: " "))
            if starts(with: "<!--") {
                skip(past: "-->")
                continue
            }
            let name = tagName()
            skip(past: ">")
            guard hidden.contains(name) else { continue }
            let content = place
            skip(upTo: "</" + name)
            if name == "title", title.isEmpty { title = Array(bytes[content..<place]) }
        }
    }

    /// The name of the element that a tag opens, in small letters; empty for a closing tag or a declaration.
    private func tagName() -> String {
        let letters = bytes[(place + 1)...].prefix(16).prefix { byte in
            byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/") && byte > 0x20
        }
        return String(decoding: letters, as: UTF8.self).lowercased()
    }

    private mutating func skip(past end: String) {
        skip(upTo: end)
        place = min(place + end.utf8.count, bytes.count)
    }

    private mutating func skip(upTo end: String) {
        while place < bytes.count, !starts(with: end) { place += 1 }
    }

    /// Whether this text stands here, in capitals or not.
    private func starts(with text: String) -> Bool {
        guard bytes.count - place >= text.utf8.count else { return false }
        return zip(bytes[place...], text.utf8).allSatisfy { byte, expected in
            byte == expected || ((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) && byte | 0x20 == expected)
        }
    }
}
