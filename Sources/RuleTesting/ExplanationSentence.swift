import Diagnostics
import Directory
import Events
import Foundation
import Patterns
import RuleEngine

/// Says what a leaf of a condition saw, and what came of it.
struct ExplanationSentence {
    typealias Piece = ExplanationLine.Piece

    /// How many columns there are.
    let columns: Int

    /// The sentences about a leaf, each the pieces of a line.
    func lines(_ condition: ConditionExplanation) -> [[Piece]] {
        switch condition.form {
        case .value(let value): lines(value, condition.verdict)
        case .schedule(let schedule, _, let time): [[Piece(Self.text(schedule, at: time))]]
        case .all, .any, .none, .not, .use: []
        }
    }

    // MARK: Schedules

    static func text(_ schedule: Schedule, at time: Instant?) -> String {
        guard let time else { return "no time is known, and so every condition on time is false" }
        let state = schedule.isOpen(at: time) ? "open" : "closed"
        return "it is \(schedule.clock.text(at: time)), and '\(schedule.id.shown)' is \(state)"
    }

    // MARK: Values

    private func lines(_ value: ValueExplanation, _ verdict: Verdict) -> [[Piece]] {
        var lines: [[Piece]] = []
        if let element = value.element, element.count > 1, verdict == .fails {
            lines.append([Piece("none of \(element.count) values meets it; the nearest:")])
        }
        lines += [sentence(value)]
        if let near = value.nearMiss { lines.append([Piece(near.explanation.shown, .hint)]) }
        if value.actual == nil || value.clauses.count == 1 {
            for clause in value.clauses { lines += clause.nearMisses.map { [Piece($0.explanation.shown, .hint)] } }
        }
        return lines
    }

    /// The value, and of a lone clause what it found in it.
    private func sentence(_ value: ValueExplanation) -> [Piece] {
        let name = "\(value.subject.prefix)\(value.subject.spelling)".shown
        let place = value.element.map { "fields.\($0.path)".shown }
        guard let actual = value.actual else {
            return [Piece(value.subject.isFact ? "'\(name)' is missing" : "the event has no '\(name)'")]
        }
        if actual == "null" { return [Piece("'\(place ?? name)' is null, which counts as missing")] }
        let start = place.map { "\($0): " } ?? ""
        let clause = value.clauses.count == 1 ? value.clauses.first.map(innermost) : nil
        let predicate = clause.flatMap { self.predicate($0, isText: value.text != nil) } ?? []
        let width = predicate.reduce(DisplayWidth.of(start) + 1) { $0 + DisplayWidth.of($1.text) }
        let opening = predicate.isEmpty && place == nil ? "the value is " : start
        let room = max(30, columns - width - (predicate.isEmpty ? opening.count : 0))
        let shown =
            value.text.map { ExplanationValue($0, around: clause?.place).pieces(columns: room) }
            ?? [Piece(actual.shown.shortened(to: room))]
        return [Piece(opening)] + shown + (predicate.isEmpty ? [] : [Piece(" ")] + predicate)
    }

    /// Below a `not` with one clause, that clause is what was looked for.
    private func innermost(_ clause: ClauseExplanation) -> ClauseExplanation {
        guard case .not = clause.test, clause.parts.count == 1, let part = clause.parts.first else { return clause }
        return innermost(part)
    }

    /// What a clause of several found, for a line of its own; the value has been shown.
    func remark(_ clause: ClauseExplanation, isText: Bool) -> [Piece] {
        let inner = innermost(clause)
        // The verdict says already that nothing was found.
        if isText, inner.finding == .nothing { return [] }
        return predicate(inner, isText: isText).map { [Piece("it ")] + $0 } ?? []
    }

    /// What follows the value in a sentence; `nil` where the value says all.
    private func predicate(_ clause: ClauseExplanation, isText: Bool) -> [Piece]? {
        switch clause.test {
        case .equals, .compares, .exists, .isKind, .not: return nil
        case .literal, .matches, .keywords, .allKeywords, .onlyKeywords:
            guard isText else { return [Piece("is no text")] }
        }
        switch clause.finding {
        case .literal(let literal, _): return [Piece("\(clause.test.verb(true)) '\(literal.brief)'")]
        case .pattern(let source, _, let groups): return pattern(source, groups, clause)
        case .fault(let fault, let pattern):
            let which = clause.test.count > 1 ? " by '\(pattern.brief)'" : ""
            return [Piece("could not be decided\(which): \(fault.explanation)", .alarm)]
        case .keywords(let found, let missing):
            if case .allKeywords = clause.test, clause.verdict == .fails {
                return [Piece("lacks \(quoted(missing))", .bad)]
            }
            if let first = found.first {
                let words = first.differs ? " as '\(first.words.brief)'" : ""
                return [Piece("\(clause.test.verb(true)) '\(first.keyword.brief)'\(words)")]
            }
        case .nothing: break
        }
        let wanted = clause.test.count == 1 ? clause.test.only.map { " '\($0.brief)'" } ?? "" : " any of these"
        return [Piece("\(clause.test.verb(false))\(wanted)")]
    }

    private func pattern(
        _ source: String,
        _ groups: [ClauseExplanation.Group],
        _ clause: ClauseExplanation
    ) -> [Piece] {
        let which = clause.test.count > 1 ? " '\(source.brief)'" : ""
        let values = groups.map { group in
            let text = group.text.map { ExplanationValue($0).pieces(columns: 30).map(\.text).joined() }
            return "match.\(group.name.shown) is \(text ?? "missing")"
        }
        return [Piece((["matches\(which)"] + values).joined(separator: "; "))]
    }

    /// How many keywords are listed in a sentence.
    private static let keywordsMax = 5

    private func quoted(_ words: [String]) -> String {
        let shown = words.prefix(Self.keywordsMax).map { "'\($0.brief)'" }.joined(separator: ", ")
        return words.count > Self.keywordsMax ? "\(shown) and \(words.count - Self.keywordsMax) more" : shown
    }
}

extension ClauseExplanation.FoundKeyword {
    /// Whether the words are not simply the keyword, capital letters apart.
    fileprivate var differs: Bool { words.lowercased() != keyword.lowercased() }
}

extension LocalClock {
    /// What the clock shows, for people: `wed 2026-01-07 12:00 in Asia/Kolkata`.
    func text(at time: Instant) -> String {
        let reading = reading(at: time)
        let (hour, minute) = (reading.minute / 60, reading.minute % 60)
        let clock = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
        return "\(reading.date.weekday.shortName) \(reading.date) \(clock) in \(timezone.identifier)"
    }
}

extension ValueExplanation.Subject {
    fileprivate var isFact: Bool {
        guard case .fact = self else { return false }
        return true
    }
}

extension ClauseExplanation {
    /// What of the text the clause found.
    fileprivate var place: Range<Int>? {
        switch finding {
        case .literal(_, let place), .pattern(_, let place, _): place
        case .keywords(let found, _): found.first?.place
        case .nothing, .fault: nil
        }
    }
}

extension Matcher.Test {
    /// How many values, patterns or keywords are asked for.
    fileprivate var count: Int {
        switch self {
        case .equals(let literals, _): literals.literals.count
        case .literal(_, let literals, _): literals.count
        case .matches(let patterns): patterns.count
        case .keywords(let set), .allKeywords(let set), .onlyKeywords(let set): set.keywords.count
        case .compares, .exists, .isKind, .not: 1
        }
    }

    /// The one that is asked for; a pattern is better read above.
    fileprivate var only: String? {
        switch self {
        case .literal(_, let literals, _): literals.first
        case .keywords(let set), .allKeywords(let set), .onlyKeywords(let set): set.keywords.first?.text
        case .equals, .matches, .compares, .exists, .isKind, .not: nil
        }
    }

    /// What the text does, or does not.
    fileprivate func verb(_ holds: Bool) -> String {
        switch self {
        case .literal(.contains, _, _): holds ? "contains" : "does not contain"
        case .literal(.startsWith, _, _): holds ? "starts with" : "does not start with"
        case .literal(.endsWith, _, _): holds ? "ends with" : "does not end with"
        case .matches: holds ? "matches" : "does not match"
        case .keywords, .allKeywords: holds ? "has" : "does not have"
        case .onlyKeywords: holds ? "is as a whole" : "is not as a whole"
        case .equals, .compares, .exists, .isKind, .not: ""
        }
    }
}

extension String {
    /// Enough of a text to recognise it by, safe to show.
    fileprivate var brief: String { shown.shortened(to: 40) }
}
