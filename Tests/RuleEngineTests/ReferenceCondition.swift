/// Conditions as the language document describes them, decided in the plainest way.
indirect enum ReferenceCondition {
    case all([ReferenceCondition])
    case any([ReferenceCondition])
    case none([ReferenceCondition])
    case not(ReferenceCondition)
    case text(ReferenceMatcher)
    case field([String], ReferenceMatcher)
    case use(ReferenceCondition)
    /// The event's time is in the hours from nine to six, or outside of them.
    case during(Bool)
}

/// A mapping whose keys must all hold.
typealias ReferenceMatcher = [ReferenceClause]

indirect enum ReferenceClause {
    case equals([ReferenceValue], ignoringCase: Bool)
    case contains([String])
    case startsWith([String])
    case endsWith([String])
    /// A pattern that is a plain word.
    case matchesWord(String)
    /// A pattern that gives up on ``ReferenceEvent/explosive`` and matches nothing else.
    case matchesExplosive
    case keywords([String])
    case allKeywords([String])
    case onlyKeywords([String])
    case compares(String, ReferenceBound)
    case exists(Bool)
    case kind(String)
    case not(ReferenceMatcher)
}

enum ReferenceBound {
    case number(Double)
    case duration(Double)
    /// The text of a date and its milliseconds since 1970.
    case date(String, Double)
}

struct ReferenceEvent {
    var text: String?
    var fields: ReferenceValue
    /// The hour of the day, in UTC.
    var hour: Int?

    static let explosive = String(repeating: "x", count: 40)

    /// The dates that occur, with their milliseconds since 1970.
    static let dates: [(text: String, milliseconds: Double)] = [
        ("2026-01-07", 1_767_744_000_000), ("2026-01-07T12:00:00Z", 1_767_787_200_000),
        ("2026-01-07T17:30:00+05:30", 1_767_787_200_000), ("1999-12-31T23:59:59.5Z", 946_684_799_500),
    ]
}

/// True, false, or not to be known (`nil`).
extension ReferenceCondition {
    func holds(for event: ReferenceEvent) -> Bool? {
        switch self {
        case .all(let parts): Self.all(parts.map { $0.holds(for: event) })
        case .any(let parts): Self.any(parts.map { $0.holds(for: event) })
        case .none(let parts): Self.any(parts.map { $0.holds(for: event) }).map { !$0 }
        case .not(let part): part.holds(for: event).map { !$0 }
        case .text(let matcher): Self.meets(event.text.map { .string($0) }, matcher)
        case .field(let path, let matcher):
            // One element must meet the whole matcher; without any, the value is missing.
            Self.some(event.fields.values(at: path[...]).filter { !$0.isNull }, matcher)
        case .use(let part): part.holds(for: event)
        // Before any time is known, conditions on time are false.
        case .during(let isInside): event.hour.map { (9..<18).contains($0) == isInside } ?? false
        }
    }

    private static func some(_ values: [ReferenceValue], _ matcher: ReferenceMatcher) -> Bool? {
        values.isEmpty ? meets(nil, matcher) : any(values.map { meets($0, matcher) })
    }

    private static func all(_ parts: [Bool?]) -> Bool? {
        if parts.contains(false) { return false }
        return parts.contains(nil) ? nil : true
    }

    private static func any(_ parts: [Bool?]) -> Bool? {
        if parts.contains(true) { return true }
        return parts.contains(nil) ? nil : false
    }

    private static func meets(_ value: ReferenceValue?, _ matcher: ReferenceMatcher) -> Bool? {
        all(matcher.map { meets(value, $0) })
    }

    private static func meets(_ value: ReferenceValue?, _ clause: ReferenceClause) -> Bool? {
        guard let value, !value.isNull else {
            // A missing field, or null, makes its matcher false; presence can still be asked for.
            guard case .exists(let wanted) = clause else { return false }
            return !wanted
        }
        switch clause {
        case .equals(let literals, let ignoringCase): return literals.contains { equal(value, $0, ignoringCase) }
        case .exists(let wanted): return wanted
        case .kind(let kind): return value.kind == kind
        case .not(let matcher): return meets(value, matcher).map { !$0 }
        case .compares(let word, let bound): return compares(value, word, bound)
        default:
            guard case .string(let text) = value else { return false }
            return meets(text, clause)
        }
    }

    private static func meets(_ text: String, _ clause: ReferenceClause) -> Bool? {
        switch clause {
        case .contains(let literals): literals.contains { text.contains($0) || $0.isEmpty }
        case .startsWith(let literals): literals.contains { text.hasPrefix($0) || $0.isEmpty }
        case .endsWith(let literals): literals.contains { text.hasSuffix($0) || $0.isEmpty }
        case .matchesWord(let word): text.contains(word)
        case .matchesExplosive: text == ReferenceEvent.explosive ? nil : false
        case .keywords(let words): words.contains { isWord($0, of: text) }
        case .allKeywords(let words): words.allSatisfy { isWord($0, of: text) }
        case .onlyKeywords(let words): words.contains { wordsOf(text) == [$0] }
        default: nil
        }
    }

    private static func isWord(_ word: String, of text: String) -> Bool {
        wordsOf(text).contains(word)
    }

    private static func wordsOf(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func equal(_ value: ReferenceValue, _ other: ReferenceValue, _ ignoringCase: Bool) -> Bool {
        switch (value, other) {
        case (.string(let one), .string(let two)): ignoringCase ? one.lowercased() == two.lowercased() : one == two
        case (.boolean(let one), .boolean(let two)): one == two
        case (.integer(let one), .integer(let two)): one == two
        case (.integer(let one), .number(let two)), (.number(let two), .integer(let one)): Double(one) == two
        case (.number(let one), .number(let two)): one == two
        default: false
        }
    }

    private static func compares(_ value: ReferenceValue, _ word: String, _ bound: ReferenceBound) -> Bool {
        let number: Double?
        switch value {
        case .integer(let integer): number = Double(integer)
        case .number(let double): number = double
        case .string(let text): number = numeral(text)
        default: return false
        }
        let sides: (Double, Double)?
        switch bound {
        case .number(let bound): sides = number.map { ($0, bound) }
        case .duration(let bound):
            var seconds = number
            if case .string(let text) = value, let length = length(text) { seconds = length }
            sides = seconds.map { ($0, bound) }
        case .date(_, let bound):
            guard case .string(let text) = value else { return false }
            sides = ReferenceEvent.dates.first { $0.text == text }.map { ($0.milliseconds, bound) }
        }
        guard let (left, right) = sides else { return false }
        switch word {
        case "above": return left > right
        case "at_least": return left >= right
        case "below": return left < right
        default: return left <= right
        }
    }

    private static func numeral(_ text: String) -> Double? {
        text.wholeMatch(of: /[+\-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+\-]?[0-9]+)?/).flatMap { Double($0.0) }
    }

    private static func length(_ text: String) -> Double? {
        guard let match = text.wholeMatch(of: /([0-9]+)([smhd])/), let count = Double(match.1) else { return nil }
        return count * (["s": 1, "m": 60, "h": 3600, "d": 86_400][match.2] ?? 0)
    }
}
