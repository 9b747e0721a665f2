/// Reads one tag of a template.
///
/// A tag ends on its line, and its name holds neither braces nor control characters, so that a forgotten `}}` is found
/// where it was forgotten.
struct TagReader {
    let bytes: [UInt8]

    /// Reads the tag whose two braces stand at a place.
    func tag(at start: Int) throws(TemplateProblem) -> TemplateTag {
        var place = behindBlanks(from: start + 2)
        let kind: TemplateTag.Kind
        switch byte(at: place) {
        case UInt8(ascii: "#"): kind = .section
        case UInt8(ascii: "^"): kind = .invertedSection
        case UInt8(ascii: "/"): kind = .close
        case let mark:
            if let mark, let problem = refusal(of: mark, at: place, start: start) { throw problem }
            kind = .variable
        }
        if kind != .variable { place = behindBlanks(from: place + 1) }
        let braces = try closingBraces(from: place, start: start)
        var end = braces
        while end > place, isBlank(bytes[end - 1]) { end -= 1 }
        let tag = TemplateTag(kind: kind, range: start..<braces + 2, name: place..<end)
        if let problem = problem(of: tag) { throw problem }
        return tag
    }

    /// The text of a range.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether a byte is a space or a tab.
    func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// The place behind the spaces and tabs from a place on.
    func behindBlanks(from start: Int) -> Int {
        var place = start
        while let byte = byte(at: place), isBlank(byte) { place += 1 }
        return place
    }

    /// The byte at a place, unless the source ends before it.
    func byte(at place: Int) -> UInt8? {
        place < bytes.count ? bytes[place] : nil
    }

    private func closingBraces(from name: Int, start: Int) throws(TemplateProblem) -> Int {
        var place = name
        while let byte = byte(at: place), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
            if byte == UInt8(ascii: "}") {
                guard self.byte(at: place + 1) == UInt8(ascii: "}") else { throw .halfClosed(at: place..<place + 1) }
                return place
            }
            guard byte != UInt8(ascii: "{") else { break }
            guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else {
                throw .controlCharacter(at: place..<place + 1)
            }
            place += 1
        }
        throw .notClosed(at: start..<start + 2)
    }

    /// Why a tag that begins with a mark belongs to the rest of Mustache.
    private func refusal(of mark: UInt8, at place: Int, start: Int) -> TemplateProblem? {
        let (range, inside) = extent(from: start, behind: place + 1)
        switch mark {
        case UInt8(ascii: "{"), UInt8(ascii: "&"): return .unescaped(at: range, name: inside)
        case UInt8(ascii: ">"): return .partial(at: range)
        case UInt8(ascii: "!"): return .comment(at: range)
        case UInt8(ascii: "="): return .delimiters(at: range)
        case UInt8(ascii: "<"), UInt8(ascii: "$"): return .inheritance(at: range)
        default: return nil
        }
    }

    /// How far a refused tag goes on its line, and the name it may hold.
    private func extent(from start: Int, behind mark: Int) -> (range: Range<Int>, inside: String?) {
        var place = mark
        while let byte = byte(at: place), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
            if byte == UInt8(ascii: "}"), self.byte(at: place + 1) == UInt8(ascii: "}") {
                let isTriple = bytes[start + 2] == UInt8(ascii: "{") && self.byte(at: place + 2) == UInt8(ascii: "}")
                let inside = trimmed(mark..<place)
                let isName = !inside.isEmpty && inside.count <= TemplateLimits.nameBytesMax
                return (start..<place + (isTriple ? 3 : 2), isName && isPlain(inside) ? text(inside) : nil)
            }
            place += 1
        }
        return (start..<mark, nil)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        let start = min(behindBlanks(from: range.lowerBound), range.upperBound)
        var end = range.upperBound
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Whether a range holds nothing that a name cannot hold.
    private func isPlain(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy {
            ($0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t")) && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}")
        }
    }

    private func problem(of tag: TemplateTag) -> TemplateProblem? {
        guard !tag.name.isEmpty else { return .nameless(at: tag.range) }
        guard tag.name.count <= TemplateLimits.nameBytesMax else { return .longName(at: tag.name) }
        let name = bytes[tag.name]
        if name.elementsEqual(".".utf8) { return .currentItem(at: tag.range) }
        if hasEmptySegment(name) { return .emptySegment(at: tag.name) }
        if tag.kind == .section, let problem = helper(in: tag) { return problem }
        return nil
    }

    /// Whether a name has nothing before, behind or between dots; a backslash takes the meaning from what follows it.
    private func hasEmptySegment(_ name: ArraySlice<UInt8>) -> Bool {
        var isEmpty = true
        var isEscaped = false
        for byte in name {
            if byte == UInt8(ascii: "."), !isEscaped {
                if isEmpty { return true }
                isEmpty = true
            } else {
                isEmpty = false
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return isEmpty
    }

    /// The helpers of Handlebars, which many know better than Mustache.
    private func helper(in tag: TemplateTag) -> TemplateProblem? {
        let words = bytes[tag.name].split(maxSplits: 1, whereSeparator: isBlank)
        guard words.count == 2 else { return nil }
        let value = text(trimmed(words[1].startIndex..<words[1].endIndex))
        switch String(decoding: words[0], as: UTF8.self) {
        case "if": return .helper("if", at: tag.range, cure: "write '{{#\(value)}}', and '{{/\(value)}}' where it ends")
        case "unless":
            return .helper("unless", at: tag.range, cure: "write '{{^\(value)}}', and '{{/\(value)}}' where it ends")
        case "each": return .helper("each", at: tag.range, cure: "name one item, such as '{{\(value).0}}'")
        case "with": return .helper("with", at: tag.range, cure: "write the whole name in every tag")
        default: return nil
        }
    }
}

extension TemplateProblem {
    fileprivate static func notClosed(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that is not closed on its line", cure: "write '}}' behind the name")
    }

    fileprivate static func halfClosed(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that ends with one brace", cure: "write '}}'")
    }

    fileprivate static func controlCharacter(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that holds a control character")
    }

    fileprivate static func unescaped(at range: Range<Int>, name: String?) -> Self {
        Self(
            at: range,
            "has a tag that asks for a value without HTML escapes",
            cure: "write '{{\(name ?? "name")}}': values are never HTML-escaped here"
        )
    }

    fileprivate static func partial(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that includes another template; none can be included")
    }

    fileprivate static func comment(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that is a comment", cure: "write it behind '#' beside the setting")
    }

    fileprivate static func delimiters(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that changes the delimiters; they are always '{{' and '}}'")
    }

    fileprivate static func inheritance(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that inherits from another template; none can be inherited from")
    }

    fileprivate static func nameless(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag without a name")
    }

    fileprivate static func longName(at range: Range<Int>) -> Self {
        Self(at: range, "has a name that is longer than \(TemplateLimits.nameBytesMax) bytes")
    }

    fileprivate static func currentItem(at range: Range<Int>) -> Self {
        Self(at: range, "has a tag that stands for the item of a loop; there are no loops", cure: "write a name")
    }

    fileprivate static func emptySegment(at range: Range<Int>) -> Self {
        Self(at: range, "has a name with an empty segment", cure: "leave out the dot that separates nothing")
    }

    fileprivate static func helper(_ helper: String, at range: Range<Int>, cure: String) -> Self {
        Self(at: range, "has a tag that asks for '#\(helper)'; a section is named by its value alone", cure: cure)
    }
}
