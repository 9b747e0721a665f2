import ActionKit
import Directory
import Events
import Patterns
import RuleEngine
import Templates
import Testing

/// What templates in settings come to.
struct TemplateJobTests {
    /// A template whose names mean what they say.
    private func bound(_ source: String) throws -> BoundTemplate {
        let template = try Template(parsing: source)
        var references: [String: ValueReference] = [:]
        for name in Set(template.references.map(\.name)) { references[name] = try meaning(name) }
        return BoundTemplate(template, references: references)
    }

    private func meaning(_ name: String) throws -> ValueReference {
        if name == "rule" { return .rule }
        if name == "job" { return .job }
        if let eventName = EventName(spelling: name) { return .event(eventName) }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        if parts[0] == "match" { return .match(group: parts[1]) }
        return .field(try FieldPath(parsing: parts[1]))
    }

    private func event(_ text: String? = nil, fields: String = "{}") throws -> Event {
        var event = try Make.event(fields)
        event.text = text
        event.id = "wamid.1"
        event.customer = "919999900001"
        event.business = "919999900000"
        event.time = Instant(milliseconds: 1_767_787_200_000)
        return event
    }

    private func job(
        _ source: BoundSetting.Source,
        on event: Event,
        when: Condition? = nil,
        directory: Directory = Directory()
    ) throws -> PlannedJob {
        let rule = Make.rule("it", when: when, then: [Make.call("add-note", ("text", source))])
        let engine = RuleEngine(Program(rules: [rule], directory: directory))
        return try #require(engine.decide(event).firings.first?.jobs.first)
    }

    /// What the one setting of a job comes to, or why it does not.
    private func outcome(_ job: PlannedJob) -> String {
        switch (job.settings["text"], job.plan) {
        case (.string(let text)?, .perform): text
        case (.list(let values)?, .perform): "\(values.map { if case .string(let text) = $0 { text } else { "?" } })"
        case (let value?, .perform): "\(value)"
        case (nil, .perform): "nothing"
        case (_, .failed(let reason)): "failed: \(reason.code)"
        case (_, .suppressed(let reason)): "suppressed: \(reason.code)"
        }
    }

    private func rendered(_ source: String, _ event: Event, when: Condition? = nil) throws -> String {
        outcome(try job(.template(try bound(source), as: .text), on: event, when: when))
    }

    @Test(
        arguments: [
            ("{{text}} from {{customer}}", "hi {{name}} from 919999900001"),
            ("{{conversation}}", "919999900000:919999900001"), ("{{id}}, {{time}}", "wamid.1, 2026-01-07T12:00:00Z"),
            ("{{rule}} {{job}}", "it wamid.1/it/0"), ("{{name}}", "failed: missing: name"),
            ("{{#name}}{{name}}{{/name}}{{^name}}friend{{/name}}", "friend"),
            ("{{fields.contact.name}}: {{fields.items.0.sku}}", "Asha: A-1"),
            ("{{fields.total}} {{fields.paid}} {{fields.contact}}", #"12.5 true {"name":"Asha"}"#),
            ("{{fields.nothing}}", "failed: missing: fields.nothing"),
            ("{{fields.items.7.sku}}", "failed: missing: fields.items.7.sku"),
        ] as [(String, String)]
    )
    func `a template comes to what the event says, and what it says is never read again`(
        source: String,
        expected: String
    ) throws {
        let fields =
            #"{"contact":{"name":"Asha"},"items":[{"sku":"A-1"}],"total":12.5,"paid":true,"nothing":null}"#
        #expect(try rendered(source, try event("hi {{name}}", fields: fields)) == expected)
    }

    @Test func `without a business number a template that needs one says so`() throws {
        var event = try event("x")
        event.business = nil
        #expect(try rendered("{{business}}", event) == "failed: no-business-number")
        #expect(try rendered("{{conversation}}", event) == "failed: no-business-number")
        event.business = "919999900000"
        event.customer = nil
        #expect(try rendered("{{conversation}}", event) == "failed: missing: conversation")
    }

    // MARK: Named groups

    @Test func `a group comes from the first pattern that matched, in written order`() throws {
        let condition = Make.name(
            .text,
            .matches([try Pattern("refund (?<order>[0-9]+)"), try Pattern("(?<order>[A-Z]+-[0-9]+)")])
        )
        #expect(try rendered("{{match.order}}", try event("A-7 refund 5512"), when: condition) == "5512")
        #expect(try rendered("{{match.order}}", try event("A-7 please"), when: condition) == "A-7")
    }

    @Test func `a group that took no part in the first match is missing`() throws {
        let condition = Make.name(
            .text,
            .matches([try Pattern("refund( (?<order>[0-9]+))?"), try Pattern("(?<order>x)")])
        )
        #expect(
            try rendered("{{match.order}}", try event("refund x"), when: condition) == "failed: missing: match.order"
        )
        #expect(
            try rendered(
                "{{#match.order}}{{match.order}}{{/match.order}}{{^match.order}}?{{/match.order}}",
                try event("refund x"),
                when: condition
            ) == "?"
        )
    }

    @Test func `no group comes from a part that does not hold, or from under not or none`() throws {
        let order = try Pattern("(?<order>[0-9]+)")
        let other = try Pattern("(?<order>[a-z]+)")
        let isImage = Make.name(.kind, .equals([.string("image")], ignoringCase: false))
        let half = Make.condition(.all([Make.name(.text, .matches([order])), isImage]))
        let any = Make.condition(.any([half, Make.name(.text, .matches([other]))]))
        #expect(try rendered("{{match.order}}", try event("55 abc"), when: any) == "abc")
        let negated = Make.condition(
            .all([
                Make.condition(.not(half)), Make.condition(.none([half])),
                Make.name(.text, .not(Make.matcher(.matches([try Pattern("(?<order>Z)")])))),
                Make.condition(.use("named", Make.name(.text, .matches([other])))),
            ])
        )
        #expect(try rendered("{{match.order}}", try event("55 abc"), when: negated) == "abc")
    }

    @Test func `groups come from fields too, of a star from the element that meets the matcher`() throws {
        let condition = try Make.field(
            "items.*.sku",
            .matches([try Pattern("^(?<letter>[A-Z])-")]),
            .literal(.endsWith, ["2"], ignoringCase: false)
        )
        let event = try event(fields: #"{"items":[{"sku":"A-1"},{"sku":"B-2"},{"sku":"C-2"}]}"#)
        #expect(try rendered("{{match.letter}}", event, when: condition) == "B")
    }

    // MARK: Kinds of settings

    @Test(
        arguments: [
            (.customer, "{{text}}", "+91 99999-00001", "919999900001"),
            (.customer, "{{text}}", "hello", "failed: refused-setting"),
            (.customer, "{{text}}", "09999900001", "failed: refused-setting"),
            (.business, "{{text}}", "main", "919999900000"), (.business, "{{text}}", "+919999900009", "919999900009"),
            (.duration, "{{text}}", "15m", "integer(900)"), (.duration, "{{text}}", "soon", "failed: refused-setting"),
        ] as [(SettingKind, String, String, String)]
    )
    func `a rendered text is read as its setting is`(
        kind: SettingKind,
        source: String,
        text: String,
        expected: String
    ) throws {
        let directory = Directory(
            businessNumbers: [BusinessNumber(name: "main", phone: try Make.phone("+91 99999 00000"))]
        )
        let job = try job(.template(try bound(source), as: kind), on: try event(text), directory: directory)
        #expect(outcome(job) == expected)
    }

    @Test(
        arguments: [
            ("asha", #"["919999900101"]"#), ("both", #"["919999900101", "919999900102"]"#),
            ("+91 99999 00103", #"["919999900103"]"#), ("user_Agent0101", "failed: unknown-agent"),
            ("9999900103", "failed: unknown-agent"), ("919999900103", #"["919999900103"]"#),
        ] as [(String, String)]
    )
    func `an agent may come from the event`(text: String, expected: String) throws {
        let job = try job(.agents([.template(try bound("{{text}}"))]), on: try event(text), directory: Self.directory())
        #expect(outcome(job) == expected)
    }

    private static func directory() throws -> Directory {
        let asha = Agent(id: "asha", phone: try Make.phone("+91 99999 00101"))
        let ravi = Agent(id: "ravi", phone: try Make.phone("+91 99999 00102"))
        let members = [asha, ravi].map { Team.Member(phone: $0.phone) }
        return Directory(
            agents: ["asha": asha, "ravi": ravi],
            teams: [
                "both": Team(id: "both", members: members),
                "turns": Team(id: "turns", members: members, pick: .roundRobin),
            ]
        )
    }

    // MARK: Whose turn it is

    private func turns(_ rules: [Rule], _ customers: [String?]) throws -> [String] {
        let engine = RuleEngine(Program(rules: rules, directory: try Self.directory()))
        var state = EngineState()
        let scratch = EngineScratch()
        return try customers.flatMap { customer in
            var event = try event()
            event.customer = customer
            return engine.decide(event, origin: "-", state: &state, scratch: scratch).firings.flatMap {
                $0.jobs.map(outcome)
            }
        }
    }

    @Test func `members take turns, and a conversation keeps the one it got`() throws {
        let rule = Make.rule("it", then: [Make.call("add-note", ("text", .agents([.team("turns")])))])
        let (asha, ravi) = (#"["919999900101"]"#, #"["919999900102"]"#)
        #expect(
            try turns([rule], ["919999900001", "919999900002", "919999900001", "919999900003"])
                == [asha, ravi, asha, asha]
        )
    }

    @Test func `a shadow rule takes nobody's turn, nor does a job that fails`() throws {
        let turns = BoundSetting.Source.agents([.team("turns")])
        let shadow = Make.rule("shadow", then: [Make.call("add-note", ("text", turns))], mode: .shadow)
        let failing = Make.rule(
            "failing",
            then: [
                Make.call("add-note", ("text", turns), ("name", .event(.name))), Make.call("add-note", ("text", turns)),
            ]
        )
        let active = Make.rule("active", then: [Make.call("add-note", ("text", turns))])
        #expect(
            try self.turns([shadow, failing, active], ["919999900001", "919999900002"]) == [
                "suppressed: shadow", "failed: missing: name", "suppressed: earlier-failed", #"["919999900101"]"#,
                "suppressed: shadow", "failed: missing: name", "suppressed: earlier-failed", #"["919999900102"]"#,
            ]
        )
    }

    @Test func `two jobs of one firing get the same member`() throws {
        let call = Make.call("add-note", ("text", .agents([.team("turns")])))
        #expect(
            try turns([Make.rule("it", then: [call, call])], ["919999900001", "919999900002"])
                == [#"["919999900101"]"#, #"["919999900101"]"#, #"["919999900102"]"#, #"["919999900102"]"#]
        )
    }

    @Test func `a pick stays with the conversation that the job is about, not with that of the event`() throws {
        let call = Make.call(
            "add-note",
            ("business", .event(.business)),
            ("customer", .template(try bound("{{fields.other}}"), as: .customer)),
            ("text", .agents([.team("turns")]))
        )
        let engine = RuleEngine(Program(rules: [Make.rule("it", then: [call])], directory: try Self.directory()))
        var state = EngineState()
        let jobs = try ["919999900001", "919999900002", "919999900003"].map { customer in
            var event = try event(fields: #"{"other":"+91 99999 00009"}"#)
            event.customer = customer
            let decisions = engine.decide(event, origin: "-", state: &state, scratch: EngineScratch())
            return try #require(decisions.firings.first?.jobs.first)
        }
        #expect(jobs.map(\.job.conversation) == Array(repeating: "919999900000:919999900009", count: 3))
        #expect(jobs.map(outcome) == Array(repeating: #"["919999900101"]"#, count: 3))
    }

    @Test(
        arguments: ["{{match.n}}", "{{#match.n}}{{match.n}}{{/match.n}}{{^match.n}}nobody{{/match.n}}"],
        [true, false]
    )
    func `what a pattern that gave up would have named is a fault, and nothing else takes its place`(
        source: String,
        isList: Bool
    ) throws {
        let slow = try Pattern("^(?:(?:a+)+$|.*!(?<n>first))")
        let other = try Pattern("(?<n>second)")
        let condition =
            isList
            ? Make.name(.text, .matches([slow, other]))
            : Make.condition(.any([Make.name(.text, .matches([slow])), Make.name(.text, .matches([other]))]))
        let few = String(repeating: "a", count: 3) + "!first second"
        let many = String(repeating: "a", count: 40) + "!first second"
        #expect(try rendered(source, try event(few), when: condition) == "first")
        #expect(try rendered(source, try event(many), when: condition) == "failed: fault")
    }

    @Test func `names of the directory in an event stand for their numbers, and an unknown business for none`() throws {
        let asha = Agent(id: "asha", phone: try Make.phone("+91 99999 00101"))
        let main = BusinessNumber(name: "main", phone: try Make.phone("+91 99999 00000"))
        let shop = BusinessNumber(name: "shop", phone: try Make.phone("+91 99999 00009"))
        let engine = RuleEngine(
            Program(
                rules: [],
                directory: Directory(agents: ["asha": asha], businessNumbers: [main, shop]),
                defaultBusiness: main.phone
            )
        )
        func decided(_ business: String?, _ agent: String?) throws -> [String?] {
            var event = try Make.event()
            event.business = business
            event.agent = agent
            let decided = engine.decide(event).event
            return [decided.business, decided.agent]
        }
        #expect(try decided("shop", "asha") == ["919999900009", "919999900101"])
        #expect(try decided("shp", "user_Agent0101") == [nil, "user_Agent0101"])
        #expect(try decided(nil, nil) == ["919999900000", nil])
    }
}
