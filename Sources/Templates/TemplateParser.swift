/// Takes a template apart.
///
/// Every byte is read a bounded number of times, and the first problem ends the reading, so no source takes longer than
/// in proportion to its length.
struct TemplateParser {
    private(set) var parts: [Template.Part] = []
    private(set) var references: [TemplateReference] = []
    private(set) var names: [String] = []

    private let reader: TagReader
    private var bytes: [UInt8] { reader.bytes }

    /// Names by their bytes: texts that differ in their Unicode form only are different names.
    private var places: [[UInt8]: Int] = [:]

    private var sections: [OpenSection] = []
    private var tagCount = 0

    /// Where the text behind the last tag begins.
    private var literalStart = 0

    private struct OpenSection {
        let name: Int
        let isInverted: Bool
        let part: Int
        let tag: Range<Int>
    }

    /// Creates a parser.
    init(_ source: String) {
        reader = TagReader(bytes: Array(source.utf8))
    }

    /// Reads the whole source.
    mutating func parse() throws(TemplateProblem) {
        guard bytes.count <= TemplateLimits.sourceBytesMax else { throw .longSource }
        while let start = nextBraces() {
            let tag = try reader.tag(at: start)
            tagCount += 1
            guard tagCount <= TemplateLimits.tagsMax else { throw .manyTags(at: tag.range) }
            addLiteral(before: tag)
            try add(tag)
        }
        addLiteral(upTo: bytes.count)
        if let section = sections.last { throw .sectionNotClosed(names[section.name], at: section.tag) }
    }

    private func nextBraces() -> Int? {
        var place = literalStart
        while place + 1 < bytes.count {
            if bytes[place] == UInt8(ascii: "{"), bytes[place + 1] == UInt8(ascii: "{") { return place }
            place += 1
        }
        return nil
    }

    private mutating func addLiteral(before tag: TemplateTag) {
        let extent = tag.kind == .variable ? tag.range : ownLine(of: tag.range) ?? tag.range
        addLiteral(upTo: extent.lowerBound)
        literalStart = extent.upperBound
    }

    private mutating func addLiteral(upTo end: Int) {
        if literalStart < end { parts.append(.literal(reader.text(literalStart..<end))) }
    }

    /// The line of a tag that stands alone on it, with its line break.
    private func ownLine(of tag: Range<Int>) -> Range<Int>? {
        var start = tag.lowerBound
        while start > literalStart, reader.isBlank(bytes[start - 1]) { start -= 1 }
        guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
        let end = reader.behindBlanks(from: tag.upperBound)
        switch (reader.byte(at: end), reader.byte(at: end + 1)) {
        case (nil, _): return start..<end
        case (UInt8(ascii: "\n"), _): return start..<end + 1
        case (UInt8(ascii: "\r"), UInt8(ascii: "\n")): return start..<end + 2
        default: return nil
        }
    }

    private mutating func add(_ tag: TemplateTag) throws(TemplateProblem) {
        let name = place(of: tag.name)
        switch tag.kind {
        case .variable:
            let isGuarded = sections.contains { $0.name == name && !$0.isInverted }
            refer(to: name, at: tag.name, as: isGuarded ? .guardedVariable : .variable)
            parts.append(.variable(name: name, tag: tag.range))
        case .section, .invertedSection:
            guard sections.count < TemplateLimits.sectionDepthMax else { throw .deepSection(at: tag.range) }
            let isInverted = tag.kind == .invertedSection
            refer(to: name, at: tag.name, as: isInverted ? .invertedSection : .section)
            sections.append(OpenSection(name: name, isInverted: isInverted, part: parts.count, tag: tag.range))
            // The end is put in when the section is closed.
            parts.append(.section(name: name, isInverted: isInverted, end: 0, tag: tag.range))
        case .close:
            guard let section = sections.last, section.name == name else { throw misplacedClose(of: name, tag.range) }
            sections.removeLast()
            parts[section.part] = .section(
                name: name,
                isInverted: section.isInverted,
                end: parts.count,
                tag: section.tag
            )
        }
    }

    private func misplacedClose(of name: Int, _ range: Range<Int>) -> TemplateProblem {
        let innermost = sections.last.map { names[$0.name] }
        if let innermost, sections.contains(where: { $0.name == name }) {
            return .crossing(names[name], innermost: innermost, at: range)
        }
        return .closesNothing(names[name], innermost: innermost, at: range)
    }

    private mutating func refer(to name: Int, at range: Range<Int>, as role: TemplateReference.Role) {
        references.append(TemplateReference(name: names[name], range: range, role: role))
    }

    private mutating func place(of range: Range<Int>) -> Int {
        let name = Array(bytes[range])
        if let place = places[name] { return place }
        places[name] = names.count
        names.append(reader.text(range))
        return names.count - 1
    }
}

extension TemplateProblem {
    fileprivate static var longSource: Self {
        Self(at: 0..<0, "is longer than \(TemplateLimits.sourceBytesMax) bytes")
    }

    fileprivate static func manyTags(at range: Range<Int>) -> Self {
        Self(at: range, "has more than \(TemplateLimits.tagsMax) tags")
    }

    fileprivate static func deepSection(at range: Range<Int>) -> Self {
        Self(at: range, "has more than \(TemplateLimits.sectionDepthMax) sections inside one another")
    }

    fileprivate static func sectionNotClosed(_ name: String, at range: Range<Int>) -> Self {
        Self(at: range, "has a section that is not closed", cure: "write '{{/\(name)}}' where it ends")
    }

    fileprivate static func crossing(_ name: String, innermost: String, at range: Range<Int>) -> Self {
        Self(
            at: range,
            "closes the section '\(name)' before the section '\(innermost)' inside it",
            cure: "write '{{/\(innermost)}}' first"
        )
    }

    fileprivate static func closesNothing(_ name: String, innermost: String?, at range: Range<Int>) -> Self {
        Self(
            at: range,
            "closes the section '\(name)', which is not open",
            cure: innermost.map { "did you mean '{{/\($0)}}'?" }
        )
    }
}
