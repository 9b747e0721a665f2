import Events
import Patterns
import RuleEngine
import SeededRandom

/// Makes conditions and events that have something to do with each other.
struct ConditionGenerator {
    var random: SeededGenerator

    private static let texts = [
        "", "1", "1.0", "5", "05", "-3", "1e2", "+7", ".5", "5.", "15m", "900", "2h", "30d", "m", "Refund",
        "refund please",
        "nonrefundable", "I want money, REFUND", "café", "CAFÉ", "true", "null", "on", ReferenceEvent.explosive,
        "2026-01-07", "2026-01-07T12:00:00Z", "2026-01-07T17:30:00+05:30", "1999-12-31T23:59:59.5Z", "919999900001",
    ]
    private static let words = ["refund", "money", "want", "please", "café", "1", "on"]
    private static let keys = ["a", "b", "c", "0", "1"]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func event() -> ReferenceEvent {
        let members = Self.keys.prefix(3).map { (key: $0, value: value(depth: 3)) }
        return ReferenceEvent(
            text: chance(5) ? nil : chance(3) ? ReferenceEvent.explosive : text(),
            fields: .object(members),
            hour: chance(5) ? nil : number(24)
        )
    }

    mutating func condition(depth: Int = 4) -> ReferenceCondition {
        switch depth == 0 ? 9 : number(12) {
        case 0: .all(conditions(depth))
        case 1: .any(conditions(depth))
        case 2: .none(conditions(depth))
        case 3: .not(condition(depth: depth - 1))
        case 4, 5: .text(matcher(depth: 2))
        case 10: .use(condition(depth: depth - 1))
        case 11: .during(chance(2))
        default: .field(path(), matcher(depth: 2))
        }
    }

    private mutating func conditions(_ depth: Int) -> [ReferenceCondition] {
        (0..<(1 + number(3))).map { _ in condition(depth: depth - 1) }
    }

    private mutating func path() -> [String] {
        (0..<(1 + number(3))).map { _ in chance(3) ? "*" : one(of: Self.keys) }
    }

    private mutating func matcher(depth: Int) -> ReferenceMatcher {
        (0..<(chance(3) ? 2 : 1)).map { _ in clause(depth: depth) }
    }

    private mutating func clause(depth: Int) -> ReferenceClause {
        switch number(depth == 0 ? 14 : 17) {
        case 0, 1: .equals((0..<(1 + number(3))).map { _ in scalar() }, ignoringCase: chance(2))
        case 2: .contains(fragments())
        case 3: .startsWith(fragments())
        case 4: .endsWith(fragments())
        case 5: .matchesWord(one(of: Self.words))
        case 6: .matchesExplosive
        case 7: .keywords([one(of: Self.words), one(of: Self.words)])
        case 8: .allKeywords([one(of: Self.words), one(of: Self.words)])
        case 9, 10: .compares(one(of: ["above", "at_least", "below", "at_most"]), bound())
        case 11: .matchesExplosive
        case 12: .onlyKeywords([one(of: Self.words), one(of: Self.words)])
        case 13: chance(2) ? .exists(chance(2)) : .kind(one(of: ["string", "number", "boolean", "list", "object"]))
        default: .not(matcher(depth: depth - 1))
        }
    }

    private mutating func bound() -> ReferenceBound {
        switch number(3) {
        case 0: return .number(one(of: [-3, 0, 0.5, 1, 5, 7, 100, 900]))
        case 1: return .duration(one(of: [1, 5, 900, 7200, 2_592_000]))
        default:
            let date = one(of: ReferenceEvent.dates)
            return .date(date.text, date.milliseconds)
        }
    }

    private mutating func fragments() -> [String] {
        (0..<(1 + number(2))).map { _ in one(of: ["", "ref", "und", "e", "1", "REF", "é", "nonexistent", "05", "2026"])
        }
    }

    private mutating func text() -> String {
        one(of: Self.texts)
    }

    private mutating func scalar() -> ReferenceValue {
        switch number(6) {
        case 0: .integer(one(of: [-3, 0, 1, 5, 7, 100, 900]))
        case 1: .number(one(of: [0.5, 1, 5, 7.25, 900.5]))
        case 2: .boolean(chance(2))
        default: .string(text())
        }
    }

    private mutating func value(depth: Int) -> ReferenceValue {
        switch depth == 0 ? 0 : number(6) {
        case 0, 1, 2: chance(8) ? .null : scalar()
        case 3, 4: .list((0..<number(4)).map { _ in value(depth: depth - 1) })
        default: .object(Self.keys.filter { _ in chance(2) }.map { (key: $0, value: value(depth: depth - 1)) })
        }
    }

    private mutating func number(_ below: Int) -> Int {
        Int.random(in: 0..<below, using: &random)
    }

    /// Once in so many times.
    private mutating func chance(_ times: Int) -> Bool {
        number(times) == 0
    }

    private mutating func one<Element>(of choices: [Element]) -> Element {
        choices[number(choices.count)]
    }
}

extension ReferenceCondition {
    /// The condition as the engine knows it.
    func compiled() throws -> Condition {
        switch self {
        case .all(let parts): Make.condition(.all(try parts.map { try $0.compiled() }))
        case .any(let parts): Make.condition(.any(try parts.map { try $0.compiled() }))
        case .none(let parts): Make.condition(.none(try parts.map { try $0.compiled() }))
        case .not(let part): Make.condition(.not(try part.compiled()))
        case .text(let matcher): Make.condition(.name(.text, try matcher.compiled()))
        case .field(let path, let matcher):
            Make.condition(.field(try FieldPath(parsing: path.joined(separator: ".")), try matcher.compiled()))
        case .use(let part): Make.condition(.use("named", try part.compiled()))
        case .during(true): Make.condition(.during(try Make.nineToSix()))
        case .during(false): Make.condition(.outside(try Make.nineToSix()))
        }
    }

    /// The parts in written order.
    var parts: [ReferenceCondition] {
        switch self {
        case .all(let parts), .any(let parts), .none(let parts): parts
        case .not(let part), .use(let part): [part]
        case .text, .field, .during: []
        }
    }
}

extension ReferenceMatcher {
    fileprivate func compiled() throws -> Matcher {
        Matcher(try map { Matcher.Clause(try $0.compiled(), span: Make.nowhere) })
    }
}

extension ReferenceClause {
    fileprivate func compiled() throws -> Matcher.Test {
        switch self {
        case .equals(let literals, let ignoringCase):
            .equals(
                LiteralSet(literals.compactMap { $0.literal(ignoringCase: ignoringCase) }),
                ignoringCase: ignoringCase
            )
        case .contains(let literals): .literal(.contains, literals, ignoringCase: false)
        case .startsWith(let literals): .literal(.startsWith, literals, ignoringCase: false)
        case .endsWith(let literals): .literal(.endsWith, literals, ignoringCase: false)
        case .matchesWord(let word): .matches([try Pattern(word)])
        case .matchesExplosive: .matches([try Pattern("(x+x+)+[yz]")])
        case .keywords(let words): .keywords(KeywordSet(try words.map { try Keyword($0) }))
        case .allKeywords(let words): .allKeywords(KeywordSet(try words.map { try Keyword($0) }))
        case .onlyKeywords(let words): .onlyKeywords(KeywordSet(try words.map { try Keyword($0) }))
        case .compares(let word, let bound):
            .compares(Matcher.Comparison(rawValue: word) ?? .above, try bound.compiled())
        case .exists(let wanted): .exists(wanted)
        case .kind(let kind): .isKind(JSONValue.Kind(rawValue: kind) ?? .null)
        case .not(let matcher): .not(try matcher.compiled())
        }
    }
}

extension ReferenceBound {
    fileprivate func compiled() throws -> Quantity {
        switch self {
        case .number(let value): .number(value)
        case .duration(let seconds): .duration(seconds: seconds)
        case .date(_, let milliseconds): .date(Instant(milliseconds: Int64(milliseconds)))
        }
    }
}

extension ReferenceValue {
    fileprivate func literal(ignoringCase: Bool) -> Literal? {
        switch self {
        case .string(let text): .string(ignoringCase ? TextFolding.caseFolded(text) : text)
        case .integer(let value): .integer(Int64(value))
        case .number(let value): .number(value)
        case .boolean(let value): .boolean(value)
        case .null, .list, .object: nil
        }
    }
}
