import Patterns

extension Evaluation {
    /// What a clause found in a text, so that people can see it.
    func finding(_ test: Matcher.Test, in text: String, _ verdict: Verdict) -> ClauseExplanation.Finding {
        switch test {
        case .literal(let relation, let literals, let ignoringCase):
            return literal(relation, literals, ignoringCase: ignoringCase, in: text)
        case .matches(let patterns): return pattern(patterns, in: text, verdict)
        case .keywords(let keywords) where verdict == .holds:
            return .keywords(found: keywords.firstFound(in: text), missing: [])
        case .onlyKeywords(let keywords) where verdict == .holds:
            return .keywords(found: keywords.firstWhole(of: text), missing: [])
        case .allKeywords(let keywords): return keywords.foundAndMissing(in: text)
        case .keywords, .onlyKeywords, .equals, .compares, .exists, .isKind, .not: return .nothing
        }
    }

    private func literal(
        _ relation: Matcher.LiteralRelation,
        _ literals: [String],
        ignoringCase: Bool,
        in text: String
    ) -> ClauseExplanation.Finding {
        let subject = ignoringCase ? TextFolding.caseFolded(text) : text
        for literal in literals {
            guard let place = relation.place(of: literal, in: subject) else { continue }
            // Folding may move bytes; then the whole text is as good a place as any.
            let isSame = subject.utf8.count == text.utf8.count
            return .literal(literal, place: isSame ? place : 0..<text.utf8.count)
        }
        return .nothing
    }

    /// The first pattern that matches, or of those that leave the clause open the first that could not be decided.
    private func pattern(
        _ patterns: [Pattern],
        in text: String,
        _ verdict: Verdict
    ) -> ClauseExplanation.Finding {
        for pattern in patterns where verdict != .fails {
            switch (pattern.captures(text, scratch: scratch), verdict) {
            case (.match(let values), .holds):
                var seen: Set<String> = []
                let names = pattern.groupNames.map(\.name).filter { seen.insert($0).inserted }
                let groups = names.map { ClauseExplanation.Group(name: $0, text: values[$0]) }
                return .pattern(
                    pattern.source,
                    place: pattern.place(in: text, scratch: scratch) ?? 0..<text.utf8.count,
                    groups: groups
                )
            case (.fault(let fault), .fault): return .fault(fault, pattern: pattern.source)
            default: continue
            }
        }
        return .nothing
    }
}

extension Matcher.LiteralRelation {
    /// The bytes of a text in which a literal stands in this relation to it.
    func place(of literal: String, in text: String) -> Range<Int>? {
        let (text, literal) = (Array(text.utf8), Array(literal.utf8))
        switch self {
        case .contains: return text.firstRange(of: literal)
        case .startsWith: return text.starts(with: literal) ? 0..<literal.count : nil
        case .endsWith:
            let start = text.count - literal.count
            return start >= 0 && text[start...].elementsEqual(literal) ? start..<text.count : nil
        }
    }
}

extension KeywordSet {
    /// The first keyword in written order that stands in a text.
    fileprivate func firstFound(in text: String) -> [ClauseExplanation.FoundKeyword] {
        let folded = FoldedText(text)
        guard anyIsFound(in: folded) else { return [] }
        for keyword in keywords where KeywordSet([keyword], options: options).anyIsFound(in: folded) {
            return [found(keyword, in: text)]
        }
        return []
    }

    /// The first keyword in written order that a text wholly is.
    fileprivate func firstWhole(of text: String) -> [ClauseExplanation.FoundKeyword] {
        let folded = FoldedText(text)
        guard anyIsTheWhole(of: folded) else { return [] }
        for keyword in keywords where KeywordSet([keyword], options: options).anyIsTheWhole(of: folded) {
            return [.init(keyword: keyword.text, words: text, place: 0..<text.utf8.count)]
        }
        return []
    }

    /// How many of the keywords that are found are shown with their places.
    private static var foundMax: Int { 5 }

    /// The first of the keywords that stand in a text, and those that do not.
    fileprivate func foundAndMissing(in text: String) -> ClauseExplanation.Finding {
        let folded = FoldedText(text)
        var found: [ClauseExplanation.FoundKeyword] = []
        var missing: [String] = []
        for keyword in keywords {
            if !KeywordSet([keyword], options: options).anyIsFound(in: folded) {
                missing.append(keyword.text)
            } else if found.count < Self.foundMax {
                found.append(self.found(keyword, in: text))
            }
        }
        return .keywords(found: found, missing: missing)
    }

    private func found(_ keyword: Keyword, in text: String) -> ClauseExplanation.FoundKeyword {
        let only = KeywordSet([keyword], options: options)
        let place = only.place(in: text) ?? 0..<text.utf8.count
        return .init(
            keyword: keyword.text,
            words: String(decoding: Array(text.utf8)[place], as: UTF8.self),
            place: place
        )
    }
}

extension String {
    /// The stretches between white space, in UTF-8 bytes.
    var wordRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start: Int?
        var offset = 0
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace {
                if let begun = start { ranges.append(begun..<offset) }
                start = nil
            } else if start == nil {
                start = offset
            }
            offset += UTF8.width(scalar)
        }
        if let start { ranges.append(start..<offset) }
        return ranges
    }
}

extension [UInt8] {
    /// The first place where some bytes stand.
    fileprivate func firstRange(of bytes: [UInt8]) -> Range<Int>? {
        guard !bytes.isEmpty else { return 0..<0 }
        guard count >= bytes.count else { return nil }
        return (0...(count - bytes.count)).first { self[$0..<($0 + bytes.count)].elementsEqual(bytes) }
            .map { $0..<($0 + bytes.count) }
    }
}
