public import Diagnostics
public import Events
public import Patterns

/// What a matcher made of a value.
public struct ValueExplanation: Sendable {
    /// What was looked at.
    public enum Subject: Hashable, Sendable {
        /// A name of the events table.
        case name(EventName)
        /// A path in the original.
        case field(FieldPath)
        /// The name of a fact.
        case fact(String)
    }

    /// What was looked at.
    public var subject: Subject

    /// The value, as JSON text; `nil` where the event has none.
    public var actual: String?

    /// The value as the clauses see it, where it is text.
    public var text: String?

    /// Of a path with `*`: where the value stands that is shown, and how many values the path leads to.
    public var element: (path: String, count: Int)?

    /// What each clause said, in written order.
    public var clauses: [ClauseExplanation]

    /// What a missing value may have been meant to be.
    public var nearMiss: NearMiss?

    /// Whether every clause that fails was nearly right, so that the small change which is told would make the matcher hold.
    var isNearMiss: Bool {
        if let nearMiss { return nearMiss.wouldHold }
        let failing = clauses.filter { $0.verdict != .holds }
        return failing.allSatisfy { $0.verdict == .fails && $0.nearMisses.contains(where: \.wouldHold) }
    }
}

/// What one key of a matcher made of a value.
public struct ClauseExplanation: Sendable {
    /// What a clause found in a value.
    public enum Finding: Hashable, Sendable {
        /// Nothing beyond the verdict.
        case nothing
        /// The literal that stands in the text.
        case literal(String, place: Range<Int>)
        /// The pattern that matched, where in the text, and its named groups in order.
        case pattern(String, place: Range<Int>, groups: [Group])
        /// The keywords that were found, and of those that were all wanted the ones that were not.
        case keywords(found: [FoundKeyword], missing: [String])
        /// The pattern that could not be decided.
        case fault(PatternFault, pattern: String)
    }

    /// A named group of a match.
    public struct Group: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The text; `nil` for a group that took no part.
        public var text: String?
    }

    /// A keyword and where in the text it stands.
    public struct FoundKeyword: Hashable, Sendable {
        /// The keyword as it is written.
        public var keyword: String
        /// The words of the text that are it.
        public var words: String
        /// Where they stand, in UTF-8 bytes.
        public var place: Range<Int>
    }

    /// What is tested.
    public var test: Matcher.Test

    /// Where it is written.
    public var span: Span

    /// What it came to.
    public var verdict: Verdict

    /// What it found.
    public var finding = Finding.nothing

    /// Of a clause that fails: what would have been right.
    public var nearMisses: [NearMiss] = []

    /// Of a `not`: what the clauses of its matcher said.
    public var parts: [ClauseExplanation] = []
}

extension Evaluation {
    /// Explains a matcher of a name of the events table.
    func explanation(of matcher: Matcher, under name: EventName, isMissed: Bool) -> ValueExplanation {
        let text = name.value(in: event)
        let value = text.map { JSONScalar.string($0) }
        let clauses = clauses(matcher, of: value, isEventText: name == .text, isMissed: isMissed)
        return ValueExplanation(subject: .name(name), actual: text.map(quoted), text: text, clauses: clauses)
    }

    /// Explains a matcher of what is remembered under the name of a fact.
    func explanation(of matcher: Matcher, ofFact name: String, isMissed: Bool) -> ValueExplanation {
        let value = facts[name]
        let clauses = clauses(matcher, of: value?.scalar, isEventText: false, isMissed: isMissed)
        let (actual, text): (String?, String?) =
            switch value {
            case .yes: ("true", nil)
            case .text(let text): (quoted(text), text)
            case nil: (nil, nil)
            }
        return ValueExplanation(subject: .fact(name), actual: actual, text: text, clauses: clauses)
    }

    /// Explains a matcher of a value of the original.
    ///
    /// With a `*` in the path the value shown is the one that meets the matcher, else one that leaves it open, else the one that
    /// meets most of it.
    func explanation(of matcher: Matcher, at path: FieldPath, isMissed: Bool) -> ValueExplanation {
        guard path.hasWildcard else {
            return explanation(of: matcher, at: path, path.first(in: event.fields), isMissed: isMissed)
        }
        let elements = path.elements(in: event.fields, limit: Self.elementsMax)
        var best: (index: Int, rank: Int)?
        for (index, element) in elements.enumerated() {
            guard let scalar = JSONScalar(element.value) else { continue }
            let rank = rank(matcher, of: scalar)
            if rank > best?.rank ?? -1 { best = (index, rank) }
            if rank == .max { break }
        }
        let chosen = best.map { elements[$0.index] } ?? elements.first
        var explanation = explanation(of: matcher, at: path, chosen?.value, isMissed: isMissed)
        explanation.element = chosen.map { ($0.path, elements.count) }
        return explanation
    }

    /// How many values of a path with `*` are looked at for the one that is shown.
    private static var elementsMax: Int { 10_000 }

    private func rank(_ matcher: Matcher, of value: JSONScalar) -> Int {
        switch verdict(matcher, of: value) {
        case .holds: .max
        case .fault: .max - 1
        case .fails: matcher.clauses.filter { verdict(Matcher([$0]), of: value) == .holds }.count
        }
    }

    private func explanation(
        of matcher: Matcher,
        at path: FieldPath,
        _ value: JSONValue?,
        isMissed: Bool
    ) -> ValueExplanation {
        let scalar = value.flatMap { JSONScalar($0) }
        var explanation = ValueExplanation(
            subject: .field(path),
            actual: value?.serialized(),
            text: value?.string,
            clauses: clauses(matcher, of: scalar, isEventText: false, isMissed: isMissed)
        )
        if scalar == nil, isMissed { explanation.nearMiss = nearMiss(of: path, matcher) }
        return explanation
    }

    private func clauses(
        _ matcher: Matcher,
        of value: JSONScalar?,
        isEventText: Bool,
        isMissed: Bool
    ) -> [ClauseExplanation] {
        matcher.clauses.map { clause in
            let verdict = verdict(Matcher([clause]), of: value, isEventText: isEventText)
            var explanation = ClauseExplanation(test: clause.test, span: clause.span, verdict: verdict)
            guard let value else { return explanation }
            if case .not(let inner) = clause.test {
                explanation.parts = clauses(inner, of: value, isEventText: isEventText, isMissed: false)
            } else if case .string(let text) = value {
                explanation.finding = finding(clause.test, in: text, verdict)
            }
            if isMissed, verdict == .fails { explanation.nearMisses = nearMisses(clause.test, of: value) }
            return explanation
        }
    }

    private func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return writer.text
    }
}
