import Events
import Patterns

/// Something small by which a value missed what was asked for.
public struct NearMiss: Hashable, Sendable {
    /// What is nearly right and what would make it right, as one clause for people.
    public let explanation: String

    /// Whether the clause is known to hold with the change that is told.
    public let wouldHold: Bool

    init(_ explanation: String, wouldHold: Bool = true) {
        self.explanation = explanation
        self.wouldHold = wouldHold
    }

    /// Of longer lists only so many are looked at for a near miss: each costs more than the question itself.
    static let candidatesMax = 2_000

    /// Of a longer text only the beginning is looked at.
    static let textBytesMax = 4_096

    /// The work that near misses of one event may take, counted in candidates times bytes of the text: some tenths of a second.
    ///
    /// When it is used up, the leaves that follow are explained without.
    static let workMax = 5_000_000
}

extension Evaluation {
    /// How a clause that fails was nearly met.
    func nearMisses(_ test: Matcher.Test, of value: JSONScalar) -> [NearMiss] {
        var value = value
        if case .string(let text) = value {
            let beginning = text.beginning(NearMiss.textBytesMax)
            // The beginning of a text is not the whole of it.
            if beginning.utf8.count < text.utf8.count, test.looksAtWholeText { return [] }
            value = .string(beginning)
            guard spendsNearMissWork(test.candidateCount * (beginning.utf8.count + 16)) else { return [] }
        }
        return knownNearMisses(test, of: value)
    }

    /// Whether there is so much work left for near misses, which is then used.
    func spendsNearMissWork(_ work: Int) -> Bool {
        guard work <= nearMissWorkLeft else { return false }
        nearMissWorkLeft -= work
        return true
    }

    private func knownNearMisses(_ test: Matcher.Test, of value: JSONScalar) -> [NearMiss] {
        switch (test, value) {
        case (.equals(let literals, let ignoringCase), _):
            [nearMiss(literals, ignoringCase: ignoringCase, of: value)].compactMap(\.self)
        case (.literal(let relation, let literals, false), .string(let text)):
            [nearMiss(relation, literals, of: text)].compactMap(\.self)
        case (.matches(let patterns), .string(let text)): [nearMiss(patterns, of: text)].compactMap(\.self)
        case (.keywords(let keywords), .string(let text)): nearMiss(keywords, asking: .any, of: text)
        case (.onlyKeywords(let keywords), .string(let text)): nearMiss(keywords, asking: .theWhole, of: text)
        case (.allKeywords(let keywords), .string(let text)): nearMiss(keywords, asking: .all, of: text)
        case (.compares(let comparison, let bound), _):
            [nearMiss(comparison, bound, of: value)].compactMap(\.self)
        case (.isKind(let kind), _): [nearMiss(kind, of: value)].compactMap(\.self)
        case (.literal, _), (.matches, _), (.keywords, _), (.allKeywords, _), (.onlyKeywords, _), (.exists, _),
            (.not, _):
            []
        }
    }

    private func nearMiss(
        _ keywords: KeywordSet,
        asking question: KeywordSet.Question,
        of text: String
    ) -> [NearMiss] {
        guard let miss = keywords.nearMiss(in: text, asking: question) else { return [] }
        guard question == .all, miss.kind.tellsOfCure else {
            return [NearMiss(miss.explanation, wouldHold: miss.kind.tellsOfCure)]
        }
        // With one keyword near, another may still be missing.
        let folded = FoldedText(text)
        let others = keywords.keywords.filter { $0.text != miss.keyword }
        guard
            let missing = others.first(where: { !KeywordSet([$0], options: keywords.options).anyIsFound(in: folded) })
        else { return [NearMiss(miss.explanation)] }
        let clause = miss.explanation.replacing("would match", with: "would find it")
        return [NearMiss("\(clause), but '\(missing.text.brief)' is missing as well", wouldHold: false)]
    }

    private func nearMiss(_ literals: LiteralSet, ignoringCase: Bool, of value: JSONScalar) -> NearMiss? {
        for literal in literals.literals.prefix(NearMiss.candidatesMax) {
            if let found = nearMiss(literal, ignoringCase: ignoringCase, of: value) { return found }
        }
        return nil
    }

    private func nearMiss(_ literal: Literal, ignoringCase: Bool, of value: JSONScalar) -> NearMiss? {
        switch (literal, value) {
        case (.string(let wanted), .string(let text)):
            let caseFolded = ExactText(TextFolding.caseFolded(text))
            if !ignoringCase, ExactText(TextFolding.caseFolded(wanted)) == caseFolded {
                return NearMiss("only capital letters differ from '\(wanted.brief)'; `ignore_case: true` would match")
            }
            let folded = ignoringCase ? TextFolding.caseFolded(text) : text
            guard ExactText(folded) != ExactText(wanted) else { return nil }
            if ExactText(folded.trimmed) == ExactText(wanted.trimmed) {
                return NearMiss("only white space differs from '\(wanted.brief)'; `matches` could allow for it")
            }
            // Equal to Swift, which looks through spellings of one letter and a keyword does too.
            guard folded == wanted || FoldedText(folded) == FoldedText(wanted) else { return nil }
            return NearMiss(
                "'\(wanted.brief)' is the same text in another Unicode spelling; `only_keywords` takes both for one"
            )
        case (.string(let wanted), .integer(let number)) where wanted == String(number):
            return NearMiss("the value is a number, and \"\(wanted)\" is text; `equals: \(number)` would match")
        case (.string(let wanted), .boolean(let flag)) where wanted == String(flag):
            return NearMiss("the value is a boolean, and \"\(wanted)\" is text; `equals: \(flag)` would match")
        case (.integer(let wanted), .string(let text)) where text.trimmed == String(wanted):
            return NearMiss("the value is text, and \(wanted) is a number; `equals: \"\(text.brief)\"` would match")
        case (.number(let wanted), .string(let text)) where Quantity.number(text) == wanted:
            return NearMiss("the value is text, and \(wanted) is a number; `equals: \"\(text.brief)\"` would match")
        case (.boolean(let wanted), .string(let text)) where text == String(wanted):
            return NearMiss("the value is text, and \(wanted) is a boolean; `equals: \"\(text)\"` would match")
        default: return nil
        }
    }

    private func nearMiss(
        _ relation: Matcher.LiteralRelation,
        _ literals: [String],
        of text: String
    ) -> NearMiss? {
        let folded = TextFolding.caseFolded(text)
        let found = literals.prefix(NearMiss.candidatesMax).first {
            relation.place(of: TextFolding.caseFolded($0), in: folded) != nil
        }
        return found.map {
            NearMiss("only capital letters differ from '\($0.brief)'; `ignore_case: true` would match")
        }
    }

    /// How many patterns are compiled anew to find a near miss.
    private static var patternsMax: Int { 50 }

    private func nearMiss(_ patterns: [Pattern], of text: String) -> NearMiss? {
        for pattern in patterns.prefix(Self.patternsMax) where !pattern.options.contains(.ignoreCase) {
            guard let lenient = try? Pattern(pattern.source, options: pattern.options.union(.ignoreCase)),
                let place = lenient.place(in: text, scratch: scratch)
            else { continue }
            let found = String(decoding: Array(text.utf8)[place], as: UTF8.self)
            return NearMiss(
                "only capital letters keep '\(found.brief)' from matching; `ignore_case: true` would match"
            )
        }
        return nil
    }

    private func nearMiss(_ comparison: Matcher.Comparison, _ bound: Quantity, of value: JSONScalar) -> NearMiss? {
        guard let scale = value.lend({ bound.scale($0) }) else {
            let wanted =
                switch bound {
                case .number: "number"
                case .duration: "length of time or number of seconds"
                case .date: "date"
                }
            return NearMiss("the value is no \(wanted), so it compares with none", wouldHold: false)
        }
        guard scale.value == scale.bound else { return nil }
        switch comparison {
        case .above: return NearMiss("the value is the bound itself; `at_least` would match")
        case .below: return NearMiss("the value is the bound itself; `at_most` would match")
        case .atLeast, .atMost: return nil
        }
    }

    private func nearMiss(_ kind: JSONValue.Kind, of value: JSONScalar) -> NearMiss? {
        guard case .string(let text) = value else { return nil }
        let looksLikeIt =
            switch kind {
            case .number: Quantity.number(text) != nil
            case .boolean: text == "true" || text == "false"
            case .string, .null, .list, .object: false
            }
        return looksLikeIt ? NearMiss("the value is text that looks like a \(kind.rawValue)", wouldHold: false) : nil
    }
}

extension KeywordNearMiss.Kind {
    /// Whether what is said of it includes what would match.
    fileprivate var tellsOfCure: Bool {
        switch self {
        case .accents, .stretched, .typos, .notTheWhole, .insideLongerWord(isBeginning: true): true
        case .insideLongerWord(isBeginning: false), .missingWords, .wordsApart: false
        }
    }
}

extension StringProtocol {
    /// Enough of a text to recognise it by.
    var brief: String { count > 40 ? "\(prefix(39))…" : String(self) }

    /// The text without the white space around it.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Matcher.Test {
    /// How many values are looked at for a near miss.
    fileprivate var candidateCount: Int {
        switch self {
        case .equals(let literals, _): min(literals.literals.count, NearMiss.candidatesMax)
        case .literal(_, let literals, _): min(literals.count, NearMiss.candidatesMax)
        case .keywords(let set), .allKeywords(let set), .onlyKeywords(let set):
            min(set.keywords.count, NearMiss.candidatesMax)
        case .matches, .compares, .exists, .isKind, .not: 1
        }
    }

    /// Whether the end of the text counts as much as its beginning.
    fileprivate var looksAtWholeText: Bool {
        switch self {
        case .equals, .onlyKeywords, .literal(.endsWith, _, _), .compares, .isKind: true
        case .literal, .matches, .keywords, .allKeywords, .exists, .not: false
        }
    }
}

extension String {
    /// The words at the beginning, in at most so many bytes.
    fileprivate func beginning(_ bytesMax: Int) -> String {
        guard utf8.count > bytesMax else { return self }
        guard let end = wordRanges.last(where: { $0.upperBound <= bytesMax })?.upperBound else { return "" }
        return String(decoding: Array(utf8)[..<end], as: UTF8.self)
    }
}
