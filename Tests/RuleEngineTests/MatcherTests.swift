import Events
import Patterns
import RuleEngine
import Testing

/// What single values meet.
struct MatcherTests {
    /// The value stands under `a`; `nothing` leaves it out.
    private func verdict(_ value: String, _ tests: Matcher.Test...) throws -> Verdict {
        let event = try Make.event(value == "nothing" ? "{}" : "{\"a\": \(value)}")
        let clauses = tests.map { Matcher.Clause($0, span: Make.nowhere) }
        return Make.condition(.field(try FieldPath(parsing: "a"), Matcher(clauses))).verdict(on: event)
    }

    @Test(arguments: ["nothing", "null"])
    func `a missing value and null meet nothing but being absent`(value: String) throws {
        let pattern = try Pattern(".*")
        let tests: [Matcher.Test] = [
            .equals([.string(""), .integer(0), .boolean(false)], ignoringCase: false),
            .literal(.contains, [""], ignoringCase: true),
            .matches([pattern]), .keywords(KeywordSet([try Keyword("null")])), .allKeywords(KeywordSet([])),
            .compares(.below, .number(1)),
            .exists(true), .isKind(.null), .isKind(.string), .not(Make.matcher(.exists(true))),
            .not(Make.matcher(.equals([.string("x")], ignoringCase: false))),
        ]
        for test in tests { #expect(try verdict(value, test) == .fails, "\(test)") }
        #expect(try verdict(value, .exists(false)) == .holds)
        #expect(try verdict(value, .exists(false), .equals([.string("")], ignoringCase: false)) == .fails)
    }

    @Test func `not of a condition on a missing value holds`() throws {
        let event = try Make.event()
        let isX = try Make.field("a", .equals([.string("x")], ignoringCase: false))
        let isNotX = try Make.field("a", .not(Make.matcher(.equals([.string("x")], ignoringCase: false))))
        #expect(Make.condition(.not(isX)).verdict(on: event) == .holds)
        #expect(Make.condition(.none([isX])).verdict(on: event) == .holds)
        #expect(isNotX.verdict(on: event) == .fails)
    }

    @Test(arguments: [
        ("1", Literal.integer(1), true), ("1.0", .integer(1), true), ("1", .number(1), true),
        ("1e0", .integer(1), true),
        ("\"1\"", .integer(1), false), ("1", .string("1"), false), ("\"1\"", .string("1"), true),
        ("\"1.0\"", .string("1"), false), ("true", .boolean(true), true), ("\"true\"", .boolean(true), false),
        ("true", .string("true"), false), ("1", .boolean(true), false), ("0", .boolean(false), false),
        ("9007199254740993", .integer(9_007_199_254_740_993), true),
        ("9007199254740993", .integer(9_007_199_254_740_992), false), ("0.1", .number(0.1), true),
        ("-0.0", .integer(0), true), ("[1]", .integer(1), false), ("{}", .string(""), false),
        ("\"e\\u0301\"", .string("é"), false), ("\"A\"", .string("a"), false),
    ])
    func `equal means the same value of the same kind`(value: String, literal: Literal, isEqual: Bool) throws {
        #expect(try verdict(value, .equals([literal], ignoringCase: false)) == (isEqual ? .holds : .fails))
    }

    @Test(arguments: [
        ("5", true), ("5.5", true), ("4.9", false), ("\"5\"", true), ("\"05\"", true), ("\"5e0\"", true),
        ("\"+6\"", true),
        ("\"4\"", false), ("\"5 \"", false), ("\"five\"", false), ("\"0x10\"", false), ("\"inf\"", false),
        ("\"\"", false),
        ("\"5m\"", false), ("\"5,000\"", false), ("\"nan\"", false), ("true", false), ("[9]", false), ("{}", false),
        ("123456789012345678901234567890", true), ("\"٩\"", false), ("\"2026-01-07\"", false),
    ])
    func `numbers and texts that are wholly numbers have a size`(value: String, isAtLeast: Bool) throws {
        #expect(try verdict(value, .compares(.atLeast, .number(5))) == (isAtLeast ? .holds : .fails))
    }

    @Test(arguments: [
        ("900", true), ("899.5", false), ("\"15m\"", true), ("\"900s\"", true), ("\"1h\"", true), ("\"14m\"", false),
        ("\"900\"", true), ("\"15 m\"", false), ("\"m\"", false), ("\"PT15M\"", false), ("\"1w\"", false),
        ("\"30d\"", true), ("\"-15m\"", false), ("\"1.5h\"", false),
    ])
    func `a length of time is a number of seconds or a text with its unit`(value: String, isAtLeast: Bool) throws {
        #expect(try verdict(value, .compares(.atLeast, .duration(seconds: 900))) == (isAtLeast ? .holds : .fails))
    }

    @Test(arguments: [
        ("\"2026-01-07\"", true), ("\"2026-01-07T00:00:00Z\"", true), ("\"2026-01-07T05:29:59+05:30\"", false),
        ("\"2026-01-07T05:30:00+05:30\"", true), ("\"2026-01-06\"", false), ("\"2026-02-30\"", false),
        ("1767744000", false), ("\"7 January 2026\"", false), ("\"1767744000\"", false),
    ])
    func `a date is ISO text`(value: String, isAtLeast: Bool) throws {
        let bound = try #require(Quantity(written: "2026-01-07"))
        #expect(try verdict(value, .compares(.atLeast, bound)) == (isAtLeast ? .holds : .fails))
    }

    @Test(arguments: [
        (Matcher.Comparison.above, [false, false, true]), (.atLeast, [false, true, true]),
        (.below, [true, false, false]),
        (.atMost, [true, true, false]),
    ])
    func `bounds are kept to the letter`(comparison: Matcher.Comparison, holds: [Bool]) throws {
        for (value, holds) in zip(["4", "5", "6"], holds) {
            #expect(try verdict(value, .compares(comparison, .number(5))) == (holds ? .holds : .fails))
        }
    }

    @Test(arguments: [
        (0, "0s"), (1, "1s"), (60, "1m"), (90, "90s"), (3600, "1h"), (5400, "90m"), (86_400, "1d"), (90_000, "25h"),
        (2_592_000, "30d"),
    ])
    func `a length of time is written in the largest unit that it is a multiple of`(seconds: Int, text: String) {
        #expect(Quantity.written(seconds: seconds) == text)
        #expect(Quantity.seconds(text) == Double(seconds))
    }

    @Test(arguments: [
        ("5", Quantity.number(5)), ("-1.5", .number(-1.5)), ("1e3", .number(1000)), (".5", .number(0.5)),
        ("15m", .duration(seconds: 900)), ("24h", .duration(seconds: 86_400)), ("0s", .duration(seconds: 0)),
        ("30d", .duration(seconds: 2_592_000)),
        ("2026-01-07T12:00:00Z", .date(Instant(milliseconds: 1_767_787_200_000))),
        ("2026-01-07", .date(Instant(milliseconds: 1_767_744_000_000))),
    ])
    func `a bound is a number, a length of time or a date`(text: String, quantity: Quantity) {
        #expect(Quantity(written: text) == quantity)
    }

    @Test(arguments: [
        "", "lots", "5 lakh", "15 m", "1y", "inf", "nan", "0x10", "5.", "--5", "2026-13-01", "18:30", "e", "-",
    ])
    func `nothing else is a bound`(text: String) {
        #expect(Quantity(written: text) == nil)
    }

    @Test(arguments: [
        ("\"x\"", JSONValue.Kind.string), ("1", .number), ("1.5", .number), ("true", .boolean), ("[]", .list),
        ("{}", .object),
    ])
    func `a value is of one kind`(value: String, kind: JSONValue.Kind) throws {
        for candidate in [JSONValue.Kind.string, .number, .boolean, .list, .object] {
            #expect(try verdict(value, .isKind(candidate)) == (candidate == kind ? .holds : .fails))
        }
    }

    @Test(arguments: ["1", "true", "[\"refund\"]", "{\"refund\": 1}"])
    func `words are looked for in text alone`(value: String) throws {
        let pattern = try Pattern("")
        let keyword = try Keyword("refund")
        for test in [
            Matcher.Test.matches([pattern]), .keywords(KeywordSet([keyword])), .allKeywords(KeywordSet([])),
            .literal(.contains, [""], ignoringCase: false),
        ] { #expect(try verdict(value, test) == .fails) }
    }

    @Test(arguments: [
        ("items.*.sku", "A", true), ("items.*.sku", "C", false), ("items.0.sku", "A", true),
        ("items.1.sku", "A", false),
        ("items.7.sku", "A", false), ("*.*.sku", "B", true), ("items.sku", "A", false), ("by.*.sku", "D", true),
        ("none.*", "A", false), ("items.*", "A", false), ("items.01.sku", "B", false),
    ])
    func `a star is some element`(path: String, sku: String, holds: Bool) throws {
        let event = try Make.event(
            #"{"items": [{"sku": "A", "price": 9}, {"sku": "B", "price": 1}], "by": {"x": {"sku": "D"}}}"#
        )
        let condition = try Make.field(path, .equals([.string(sku)], ignoringCase: false))
        #expect(condition.verdict(on: event) == (holds ? .holds : .fails))
    }

    @Test func `one element must meet the whole matcher`() throws {
        let event = try Make.event(#"{"totals": [1, 100, null]}"#)
        let between = try Make.field("totals.*", .compares(.above, .number(5)), .compares(.below, .number(50)))
        let outside = try Make.field("totals.*", .compares(.above, .number(50)), .compares(.below, .number(500)))
        #expect(between.verdict(on: event) == .fails)
        #expect(outside.verdict(on: event) == .holds)
    }

    @Test(arguments: [
        ("{}", true), (#"{"a": []}"#, true), (#"{"a": [null]}"#, true), (#"{"a": [1]}"#, false), (#"{"a": 1}"#, true),
    ])
    func `a star over nothing is a missing value`(json: String, isMissing: Bool) throws {
        let condition = try Make.field("a.*", .exists(false))
        #expect(condition.verdict(on: try Make.event(json)) == (isMissing ? .holds : .fails))
    }

    @Test func `names look at what the format found, not at the original`() throws {
        var event = try Make.event(#"{"text": "original"}"#)
        let isThere = Make.name(.text, .exists(true))
        #expect(isThere.verdict(on: event) == .fails)
        event.text = ""
        #expect(isThere.verdict(on: event) == .holds)
        event.kind = .listReply
        event.by = .api
        #expect(Make.name(.kind, .equals([.string("list-reply")], ignoringCase: false)).verdict(on: event) == .holds)
        #expect(Make.name(.by, .equals([.string("api")], ignoringCase: false)).verdict(on: event) == .holds)
    }
}
