import Diagnostics
import Directory
import Events
import RuleCompiler
import RuleEngine
import Testing

/// What the keys of time are made into.
struct TimingCompilerTests {
    private static let then = "then: [{ add-collaborator: { agents: asha } }]"

    /// The one rule of a file without problems.
    private func rule(_ keys: String, beside: String = "") throws -> Rule {
        let compilation = RuleSource.compile("\(beside)\nrules:\n  - { id: it, \(keys), \(Self.then) }")
        #expect(RuleSource.report(compilation) == "")
        return try #require(compilation.program.rules.first)
    }

    @Test func `a rule without keys of time has no timing`() throws {
        #expect(try rule("when: { text: hi }").timing.isEmpty)
    }

    @Test func `a count says how many, within which time, of whom and of what`() throws {
        let plain = try #require(rule("count: { at_least: 3, within: 10m }").timing.count)
        #expect(plain.atLeast == 3)
        #expect(plain.within == .seconds(600))
        #expect(plain.per == .conversation)
        #expect(plain.distinct == nil)
        let named = try #require(
            rule("count: { at_least: 10000, within: 3650d, per: business, distinct: customer }").timing.count
        )
        #expect(named.atLeast == 10_000)
        #expect(named.within == .seconds(3650 * 86_400))
        #expect(named.per == Grouping([.business]))
        #expect(named.distinct == .name(.customer))
        let field = try #require(rule("count: { at_least: 2, within: 1s, distinct: fields.order.id }").timing.count)
        #expect(field.distinct == .field(try FieldPath(parsing: "order.id")))
    }

    @Test func `a sequence has its steps in order, each with its own events`() throws {
        let rule = try rule(
            """
            on: [message-received, add-tag], when: { customer: { exists: true } },
            sequence: [{ when: { text: price } }, { on: add-tag, when: { tag: VIP } }, { on: any }], within: 1h, per: customer
            """
        )
        let sequence = try #require(rule.timing.sequence)
        #expect(
            sequence.steps.map(\.on) == [.only(["message-received", "add-tag"]), .only(["add-tag"]), .any]
        )
        #expect(sequence.steps.map { $0.when == nil } == [false, false, true])
        #expect(sequence.within == .seconds(3600))
        #expect(sequence.per == Grouping([.customer]))
    }

    @Test func `an absence says what must not follow, and for how long`() throws {
        let schedules = "schedules: { desk: { open: [{ from: 9:00, to: 17:00 }] } }"
        let keys = "unless: { on: message-status-update, when: { by: [agent, unknown] }, within: 15m, counting: desk }"
        let absence = try #require(rule(keys, beside: schedules).timing.absence)
        #expect(absence.answer.on == .only(["message-status-update"]))
        #expect(absence.answer.when != nil)
        #expect(absence.within == .seconds(900))
        #expect(absence.counting?.id == "desk")
        #expect(absence.per == .conversation)
        let plain = try #require(rule("on: add-tag, unless: { within: 1d }").timing.absence)
        #expect(plain.answer.on == .only(["add-tag"]))
        #expect(plain.answer.when == nil)
        #expect(plain.counting == nil)
    }

    @Test func `a throttle lets one firing through, or several`() throws {
        let once = try #require(rule("throttle: { once_per: 24h, per: conversation }").timing.throttle)
        #expect((once.atMost, once.within) == (1, .seconds(86_400)))
        let several = try #require(rule("throttle: { at_most: 5, within: 1h, per: business }").timing.throttle)
        #expect((several.atMost, several.within) == (5, .seconds(3600)))
        #expect(several.per == Grouping([.business]))
    }

    @Test(
        arguments: [
            ("conversation", Grouping.conversation), ("customer", Grouping([.customer])), ("everyone", .everyone),
            ("[everyone]", .everyone), ("[customer, business]", Grouping([.customer, .business])),
            ("[customer, customer]", Grouping([.customer])),
        ]
    )
    func `events belong together that have the same of what 'per' names`(written: String, grouping: Grouping) throws {
        #expect(try rule("count: { at_least: 2, within: 1h, per: \(written) }").timing.count?.per == grouping)
        #expect(try rule("throttle: { once_per: 1h }, per: \(written)").timing.throttle?.per == grouping)
    }

    @Test func `a value of the original is written as a path behind 'fields'`() throws {
        let path = Grouping.Part.field(try FieldPath(parsing: "order.items.0.sku"))
        let keys = "throttle: { once_per: 1h, per: [customer, fields.order.items.0.sku] }"
        #expect(try rule(keys).timing.throttle?.per == Grouping([.customer, path]))
    }

    @Test func `what the rule has in common is what its parts have, unless they say otherwise`() throws {
        let timing = try rule(
            """
            per: customer, sequence: [{ on: add-tag }, { on: message-received }], within: 1h,
            count: { at_least: 2, within: 1h }, unless: { within: 1m, per: [customer, business] },
            throttle: { once_per: 1h, per: everyone }
            """
        ).timing
        #expect(timing.sequence?.per == Grouping([.customer]))
        #expect(timing.count?.per == Grouping([.customer]))
        #expect(timing.absence?.per == Grouping([.customer, .business]))
        #expect(timing.throttle?.per == .everyone)
    }

    @Test(arguments: [
        "otherwise: true, unless: { within: 15m }",
        "otherwise: [money], sequence: [{ when: { text: a } }, { on: add-tag }], within: 1h",
        "otherwise: true, stop: false, count: { at_least: 2, within: 1h }, throttle: { once_per: 1h }",
        "stop: true, sequence: [{ when: { text: a } }, { when: { text: b } }], within: 1h",
    ])
    func `a rule for what no other takes may wait for several events, and one that waits may stop others`(
        keys: String
    ) throws {
        let tagged = "{ id: other, tags: [money], when: { text: x }, \(Self.then) }"
        let compilation = RuleSource.compile("rules: [{ id: it, \(keys), \(Self.then) }, \(tagged)]")
        #expect(RuleSource.report(compilation) == "")
        let rule = try #require(compilation.program.rules.first { $0.id == "it" })
        #expect(!rule.timing.isEmpty)
    }

    @Test func `a rule with a mistake in its timing is left out, and so is a fact`() {
        let compilation = RuleSource.compile(
            """
            facts: { bad: { set: { on: add-tag }, for: 0s }, good: { set: { on: add-tag } } }
            rules:
              - { id: bad, count: { at_least: 3 }, \(Self.then) }
              - { id: good, when: { facts: { good: true } }, \(Self.then) }
            """
        )
        #expect(compilation.program.rules.map(\.id) == ["good"])
        #expect(compilation.program.facts.map(\.name) == ["good"])
        #expect(compilation.diagnostics.map(\.code) == [.unknownValue, .missingField])
    }

    @Test func `time goes on as the settings say`() throws {
        #expect(RuleSource.compile("").program.time == StreamTime())
        let time = RuleSource.compile("settings: { lateness: 1m, grace: 0s, live_lag: 1h }").program.time
        #expect(time == StreamTime(lateness: .seconds(60), grace: .zero, liveLag: .seconds(3600)))
        let environment = ["BECKON_LATENESS": "5s", "BECKON_LIVE_LAG": "2h", "BECKON_GRACE": "1s"]
        let overridden = RuleSource.compile("settings: { lateness: 1m }", environment: environment).program.time
        #expect(overridden == StreamTime(lateness: .seconds(5), grace: .seconds(1), liveLag: .seconds(7200)))
    }
}
