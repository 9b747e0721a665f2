import Diagnostics
import Directory
import Events
import Patterns

/// Decides conditions over one event.
///
/// Keeps what several conditions need of the same event, such as the folded form of its text. Lives as long as the event is
/// being decided and never leaves its thread.
final class Evaluation {
    private(set) var event: Event
    let scratch: MatchScratch

    /// Where the event came from.
    private(set) var place: EventPlace

    /// What is remembered, by the names of facts, as it stood before the event; conditions on facts are left open where that is
    /// not known.
    let facts: [String: FactValue]
    private let knowsFacts: Bool

    private let caseFolding = CaseFolding()
    private var knownKeys: EventKeys?
    private var foldedText = FoldedText("")
    private var hasFoldedText = false

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
        facts: [String: FactValue]? = [:],
        scratch: MatchScratch
    ) {
        self.event = event
        self.place = place
        knownKeys = keys
        self.facts = facts ?? [:]
        knowsFacts = facts != nil
        self.scratch = scratch
        scratch.beginEvent()
    }

    /// Goes on to another event, of which nothing is known but itself.
    func begin(_ event: Event, at place: EventPlace = EventPlace(origin: "")) {
        self.event = event
        self.place = place
        knownKeys = nil
        hasFoldedText = false
        fault = nil
        scratch.beginEvent()
    }

    private var keys: EventKeys {
        if let knownKeys { return knownKeys }
        let keys = EventKeys(event)
        knownKeys = keys
        return keys
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
        case .name(let name, let matcher): verdict(matcher, under: name)
        case .field(let path, let matcher): verdict(matcher, at: path)
        case .fact(let name, let matcher): knowsFacts ? verdict(matcher, of: facts[name]?.scalar) : .fault
        case .use(_, let part): verdict(part)
        // Before any time is known, conditions on time are false, those that ask for closed hours too.
        case .during(let schedule): Verdict(event.time.map { schedule.isOpen(at: $0) } ?? false)
        case .outside(let schedule): Verdict(event.time.map { !schedule.isOpen(at: $0) } ?? false)
        }
    }

    /// What a matcher says of a value that was taken from the event.
    func verdict(_ matcher: Matcher, of value: JSONScalar?, isEventText: Bool = false) -> Verdict {
        guard let value else { return verdictOfMissing(matcher) }
        return value.lend { verdict(matcher, of: $0, isEventText: isEventText) }
    }

    private func verdict(_ matcher: Matcher, under name: EventName) -> Verdict {
        let verdict = unsafe event.withUTF8(name) { text in
            unsafe self.verdict(matcher, of: .text(text), isEventText: name == .text)
        }
        return verdict ?? verdictOfMissing(matcher)
    }

    private func verdict(_ matcher: Matcher, at path: FieldPath) -> Verdict {
        guard path.hasWildcard else {
            let verdict = path.first(in: event.fields)?.withScalar { self.verdict(matcher, of: $0) }
            return verdict ?? verdictOfMissing(matcher)
        }
        var result = Verdict.fails
        var isEmpty = true
        let holds = path.contains(in: event.fields) { element in
            let verdict = element.withScalar { self.verdict(matcher, of: $0) }
            guard let verdict else { return false }
            isEmpty = false
            if verdict == .fault { result = .fault }
            return verdict == .holds
        }
        if holds { return .holds }
        return isEmpty ? verdictOfMissing(matcher) : result
    }

    private func verdictOfMissing(_ matcher: Matcher) -> Verdict {
        Verdict(matcher.clauses.allSatisfy(\.test.holdsForMissing))
    }

    private func verdict(_ matcher: Matcher, of value: LentScalar, isEventText: Bool = false) -> Verdict {
        all(matcher.clauses) { verdict($0.test, of: value, isEventText: isEventText) }
    }

    private func verdict(_ test: Matcher.Test, of value: LentScalar, isEventText: Bool) -> Verdict {
        switch test {
        case .equals(let literals, let ignoringCase):
            guard ignoringCase, case .text(let text) = value else { return Verdict(literals.contains(value)) }
            return Verdict(unsafe caseFolding.withCaseFolded(text) { unsafe literals.contains($0) })
        case .exists(let isExpected): return Verdict(isExpected)
        case .isKind(let kind): return Verdict(value.kind == kind)
        case .not(let matcher): return verdict(matcher, of: value, isEventText: isEventText).negated
        case .compares(let comparison, let bound):
            return Verdict(bound.compares(value, comparison))
        case .literal, .matches, .keywords, .allKeywords, .onlyKeywords:
            guard case .text(let text) = value else { return .fails }
            return unsafe verdict(test, of: text, isEventText: isEventText)
        }
    }

    private func verdict(_ test: Matcher.Test, of text: UnsafeRawBufferPointer, isEventText: Bool) -> Verdict {
        switch test {
        case .literal(let relation, let literals, false):
            return Verdict(unsafe relation.holds(text, oneOf: literals))
        case .literal(let relation, let literals, true):
            return Verdict(unsafe caseFolding.withCaseFolded(text) { unsafe relation.holds($0, oneOf: literals) })
        case .keywords(let keywords):
            return Verdict(unsafe withFolded(text, isEventText: isEventText) { keywords.anyIsFound(in: $0) })
        case .allKeywords(let keywords):
            return Verdict(unsafe withFolded(text, isEventText: isEventText) { keywords.allAreFound(in: $0) })
        case .onlyKeywords(let keywords):
            return Verdict(unsafe withFolded(text, isEventText: isEventText) { keywords.anyIsTheWhole(of: $0) })
        case .matches(let patterns): return any(patterns) { unsafe self.verdict($0, of: text) }
        default: return .fails
        }
    }

    private func verdict(_ pattern: Pattern, of text: UnsafeRawBufferPointer) -> Verdict {
        switch unsafe pattern.matches(text.assumingMemoryBound(to: UInt8.self), scratch: scratch) {
        case .match: return .holds
        case .noMatch: return .fails
        case .fault(let fault):
            self.fault = self.fault ?? fault
            return .fault
        }
    }

    /// Lends the form of a text in which keywords are compared; that of the event's own text is made once.
    private func withFolded(
        _ text: UnsafeRawBufferPointer,
        isEventText: Bool,
        _ body: (FoldedText) -> Bool
    ) -> Bool {
        guard isEventText else { return body(FoldedText(unsafe String(decoding: text, as: UTF8.self))) }
        if !hasFoldedText {
            unsafe foldedText.refold(text.assumingMemoryBound(to: UInt8.self))
            hasFoldedText = true
        }
        return body(foldedText)
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
    fileprivate func holds(_ text: UnsafeRawBufferPointer, oneOf literals: [String]) -> Bool {
        for var literal in literals where literal.withUTF8({ unsafe holds(text, UnsafeRawBufferPointer($0)) }) {
            return true
        }
        return false
    }

    private func holds(_ text: UnsafeRawBufferPointer, _ literal: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= literal.count else { return false }
        return switch self {
        case .contains: unsafe text.holds(literal)
        case .startsWith: unsafe text.prefix(literal.count).elementsEqual(literal)
        case .endsWith: unsafe text.suffix(literal.count).elementsEqual(literal)
        }
    }
}
