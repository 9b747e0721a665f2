import Diagnostics
import Directory
import Events
import Patterns

/// Decides conditions over one event.
///
/// Keeps what several conditions need of the same event, such as the folded form of its text. Lives as long as the event is
/// being decided and never leaves its thread.
final class Evaluation {
    let event: Event
    let scratch: MatchScratch

    /// Where the event came from.
    let place: EventPlace

    /// What is remembered, by the names of facts, as it stood before the event.
    let facts: [String: FactValue]

    private let keys: EventKeys
    private var foldedText: FoldedText?
    private var caseFoldedText: String?

    /// The first pattern that could not be decided since this was last taken.
    ///
    /// One tells as much as thousands, which the elements of a list may bring.
    private var fault: PatternFault?

    /// Whether the patterns of the event have had a second allowance, to find their groups.
    private var hasRenewedAllowance = false

    /// How much work may still go into near misses, which only `explain` asks for.
    var nearMissWorkLeft = NearMiss.workMax

    init(
        _ event: Event,
        place: EventPlace,
        keys: EventKeys? = nil,
        facts: [String: FactValue] = [:],
        scratch: MatchScratch
    ) {
        self.event = event
        self.place = place
        self.keys = keys ?? EventKeys(event)
        self.facts = facts
        self.scratch = scratch
        scratch.beginEvent()
    }

    /// The key by which the event is grouped; `nil` where it lacks a part of it.
    func key(_ grouping: Grouping) -> WindowKey? { keys.key(grouping) }

    /// The keys of all windows that the event may belong to.
    ///
    /// One of a customer that carries no business number may belong to any conversation of that customer.
    ///
    /// - Complexity: O(b) in the number of business numbers for such an event.
    func keys(_ grouping: Grouping, _ state: EngineState) -> [WindowKey] {
        if let key = key(grouping) { return [key] }
        guard event.business == nil, event.customer != nil, !event.isInGroup, grouping.parts.contains(.conversation)
        else { return [] }
        var event = event
        return state.businesses.sorted().compactMap { business in
            event.business = business
            return grouping.key(of: event).map { WindowKey($0) }
        }
    }

    func takeFault() -> PatternFault? {
        defer { fault = nil }
        return fault
    }

    /// Gives patterns once more what they may take for one event: what was decided within it can then be found again.
    func renewAllowance() {
        guard !hasRenewedAllowance else { return }
        hasRenewedAllowance = true
        scratch.beginEvent()
    }

    func verdict(_ condition: Condition) -> Verdict {
        switch condition.test {
        case .all(let parts): all(parts) { self.verdict($0) }
        case .any(let parts): any(parts) { self.verdict($0) }
        case .none(let parts): any(parts) { self.verdict($0) }.negated
        case .not(let part): verdict(part).negated
        case .name(let name, let matcher): verdict(matcher, of: value(name), isEventText: name == .text)
        case .field(let path, let matcher): verdict(matcher, at: path)
        case .fact(let name, let matcher): verdict(matcher, of: facts[name]?.scalar)
        case .use(_, let part): verdict(part)
        // Before any time is known, conditions on time are false, those that ask for closed hours too.
        case .during(let schedule): Verdict(event.time.map { schedule.isOpen(at: $0) } ?? false)
        case .outside(let schedule): Verdict(event.time.map { !schedule.isOpen(at: $0) } ?? false)
        }
    }

    /// The value under a name, as clauses look at it.
    func value(_ name: EventName) -> JSONScalar? {
        name.value(in: event).map { .string($0) }
    }

    func verdict(_ matcher: Matcher, of value: JSONScalar?, isEventText: Bool = false) -> Verdict {
        all(matcher.clauses) { clause in
            guard let value else { return Verdict(clause.test.holdsForMissing) }
            return self.verdict(clause.test, of: value, isEventText: isEventText)
        }
    }

    private func verdict(_ matcher: Matcher, at path: FieldPath) -> Verdict {
        guard path.hasWildcard else {
            return verdict(matcher, of: path.first(in: event.fields).flatMap { JSONScalar($0) })
        }
        var result = Verdict.fails
        var isEmpty = true
        let holds = path.contains(in: event.fields) { element in
            guard let scalar = JSONScalar(element) else { return false }
            isEmpty = false
            let verdict = verdict(matcher, of: scalar)
            if verdict == .fault { result = .fault }
            return verdict == .holds
        }
        if holds { return .holds }
        return isEmpty ? verdict(matcher, of: nil) : result
    }

    private func verdict(_ test: Matcher.Test, of value: JSONScalar, isEventText: Bool) -> Verdict {
        switch test {
        case .equals(let literals, let ignoringCase):
            guard ignoringCase, case .string(let text) = value else { return Verdict(literals.contains(value)) }
            return Verdict(literals.contains(caseFolded(text, isEventText: isEventText)))
        case .exists(let isExpected): return Verdict(isExpected)
        case .isKind(let kind): return Verdict(value.kind == kind)
        case .not(let matcher): return verdict(matcher, of: value, isEventText: isEventText).negated
        case .compares(let comparison, let bound):
            return Verdict(bound.compares(value, comparison))
        case .literal, .matches, .keywords, .allKeywords, .onlyKeywords:
            guard case .string(let text) = value else { return .fails }
            return verdict(test, of: text, isEventText: isEventText)
        }
    }

    private func verdict(_ test: Matcher.Test, of text: String, isEventText: Bool) -> Verdict {
        switch test {
        case .literal(let relation, let literals, let ignoringCase):
            let subject = ignoringCase ? caseFolded(text, isEventText: isEventText) : text
            return Verdict(literals.contains { relation.holds(subject, $0) })
        case .keywords(let keywords):
            let subject = folded(text, isEventText: isEventText)
            return Verdict(keywords.anyIsFound(in: subject))
        case .allKeywords(let keywords):
            let subject = folded(text, isEventText: isEventText)
            return Verdict(keywords.allAreFound(in: subject))
        case .onlyKeywords(let keywords):
            let subject = folded(text, isEventText: isEventText)
            return Verdict(keywords.anyIsTheWhole(of: subject))
        case .matches(let patterns): return any(patterns) { self.verdict($0, of: text) }
        default: return .fails
        }
    }

    private func verdict(_ pattern: Pattern, of text: String) -> Verdict {
        switch pattern.matches(text, scratch: scratch) {
        case .match: return .holds
        case .noMatch: return .fails
        case .fault(let fault):
            self.fault = self.fault ?? fault
            return .fault
        }
    }

    private func folded(_ text: String, isEventText: Bool) -> FoldedText {
        guard isEventText else { return FoldedText(text) }
        if let foldedText { return foldedText }
        let folded = FoldedText(text)
        foldedText = folded
        return folded
    }

    private func caseFolded(_ text: String, isEventText: Bool) -> String {
        guard isEventText else { return TextFolding.caseFolded(text) }
        if let caseFoldedText { return caseFoldedText }
        let folded = TextFolding.caseFolded(text)
        caseFoldedText = folded
        return folded
    }

    /// Kleene's conjunction; looks no further than the first part that fails.
    private func all<Part>(_ parts: [Part], _ verdict: (Part) -> Verdict) -> Verdict {
        var result = Verdict.holds
        for part in parts {
            switch verdict(part) {
            case .holds: continue
            case .fails: return .fails
            case .fault: result = .fault
            }
        }
        return result
    }

    /// Kleene's disjunction; looks no further than the first part that holds.
    private func any<Part>(_ parts: [Part], _ verdict: (Part) -> Verdict) -> Verdict {
        var result = Verdict.fails
        for part in parts {
            switch verdict(part) {
            case .holds: return .holds
            case .fails: continue
            case .fault: result = .fault
            }
        }
        return result
    }
}

extension Matcher.Test {
    /// What the clause says of a value that is missing or null.
    fileprivate var holdsForMissing: Bool {
        guard case .exists(let isExpected) = self else { return false }
        return !isExpected
    }
}

extension Matcher.LiteralRelation {
    /// Compares byte for byte, as the other literal tests do.
    fileprivate func holds(_ text: String, _ literal: String) -> Bool {
        switch self {
        case .contains: text.utf8.firstRange(of: literal.utf8) != nil
        case .startsWith: text.utf8.starts(with: literal.utf8)
        case .endsWith: text.utf8.reversed().starts(with: literal.utf8.reversed())
        }
    }
}
