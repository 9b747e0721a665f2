import Diagnostics
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

/// That the description of the rule language is true: the compiler takes every example, and every default is what holds.
struct LanguageTests {
    /// A key with a rule file that holds its example.
    struct Sample: CustomTestStringConvertible {
        var key: String
        var text: String
        var testDescription: String { key }
    }

    /// The sections that examples speak of, each with its own example.
    private static let context =
        Language.file.built.filter {
            ["conditions", "lists", "facts", "agents", "teams", "schedules", "business_numbers"].contains($0.name)
        }
        .map { "\($0.name): \($0.example)" }.joined(separator: "\n")

    private static let action = "[{ add-collaborator: { agents: billing } }]"

    /// Where a mapping of each shape stands, with the keys that it cannot do without.
    private static let places: [(shape: MappingShape, needed: [String: String], place: @Sendable (String) -> String)] =
        [
            (Language.rule, ["id": "it", "then": action], { "rules: [\($0)]" }),
            (Language.condition, [:], { "rules: [{ id: it, when: \($0), then: \(action) }]" }),
            (Language.matcher, [:], { "rules: [{ id: it, when: { fields: { a: \($0) } }, then: \(action) }]" }),
            (Language.matcher(of: .type), [:], { "rules: [{ id: it, when: { type: \($0) }, then: \(action) }]" }),
            (Language.matcher(of: .kind), [:], { "rules: [{ id: it, when: { kind: \($0) }, then: \(action) }]" }),
            (Language.matcher(of: .origin), [:], { "rules: [{ id: it, when: { by: \($0) }, then: \(action) }]" }),
            (
                Language.count, ["at_least": "3", "within": "10m"],
                { "rules: [{ id: it, count: \($0), then: \(action) }]" }
            ),
            (
                Language.step, [:],
                { "rules: [{ id: it, sequence: [{ on: any }, \($0)], within: 1h, then: \(action) }]" }
            ),
            (Language.absence, ["within": "15m"], { "rules: [{ id: it, unless: \($0), then: \(action) }]" }),
            (Language.fact, ["set": "{ on: chat-assigned-to-agent }"], { "facts: { it: \($0) }" }),
            (Language.agent, ["phone": "+91 99999 00103"], { "agents: { meera: \($0) }" }),
            (Language.team, ["members": "[asha]"], { "teams: { night: \($0) }" }),
            (Language.schedule, ["open": "{ from: 9:00, to: 10:00 }"], { "schedules: { it: \($0) }" }),
            (Language.openingHours, ["from": "'9:00'", "to": "'19:00'"], { "schedules: { it: { open: \($0) } }" }),
            (Language.settings, [:], { "settings: \($0)" }),
            (Language.mappedFormat, [:], { "settings: { format: \($0) }" }),
            (Language.doubletick, [:], { "settings: { doubletick: \($0) }" }),
            (Language.delivery, [:], { "settings: { delivery: \($0) }" }),
        ]

    /// Keys of a rule that others of it ask for.
    private static let companions = [
        "sequence": ["within": "1h"], "within": ["sequence": "[{ on: add-tag }, { on: any }]"],
        "per": ["throttle": "{ once_per: 24h }"],
    ]

    static let samples: [Sample] = places.flatMap { shape, needed, place in
        // Of kinds and origins there are few, and the list of the examples holds none of them.
        let others = [Language.matcher(of: .kind).subject, Language.matcher(of: .origin).subject]
        return shape.built.filter { $0.name != "in_list" || !others.contains(shape.subject) }.map { key in
            let others = shape.subject == Language.rule.subject ? companions[key.name] ?? [:] : [:]
            let pairs = needed.merging(others) { own, _ in own }
                .merging([key.name: key.example]) { _, example in example }
            let mapping = pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            return Sample(key: "\(shape.subject): \(key.name)", text: place("{ \(mapping) }"))
        }
    }

    @Test(arguments: samples)
    func `the compiler takes the example of every key`(sample: Sample) {
        let compilation = RuleSource.compile([("context.yml", Self.context), ("rules.yml", sample.text)])
        #expect(!compilation.diagnostics.hasErrors, "\(sample.text)\n\(RuleSource.report(compilation))")
    }

    @Test func `the examples of all top-level keys make a rule file`() {
        // A table stands in a file of its own, which examples have not.
        let keys = Language.file.built.filter { $0.name != "tables" }
        let compilation = RuleSource.compile([
            ("rules.yml", keys.map { "\($0.name): \($0.example)" }.joined(separator: "\n"))
        ])
        #expect(RuleSource.report(compilation) == "")
        #expect(compilation.program.rules.count == 1)
    }

    @Test func `the defaults of settings are those that hold`() throws {
        let standard = RuleSource.compile("").settings
        func defaults(_ shape: MappingShape) -> String {
            let keys = shape.built.compactMap { key in key.fallback.map { "\(key.name): \($0)" } }
            return keys.joined(separator: ", ")
        }
        let settings = RuleSource.compile(
            """
            settings:
              { \(defaults(Language.settings)), doubletick: { \(defaults(Language.doubletick)) },
                delivery: { \(defaults(Language.delivery)) } }
            """
        ).settings
        #expect(settings.timezone == standard.timezone)
        #expect(settings.format == standard.format)
        #expect(settings.doubletick == standard.doubletick)
        #expect(settings.delivery == standard.delivery)
        #expect(settings.time == standard.time)
        #expect(Language.delivery.key("rate")?.fallback == "5/s")
    }

    @Test func `the defaults of a rule are those that hold`() throws {
        let keys =
            Language.rule.built.compactMap { key in key.fallback.map { "\(key.name): \($0)" } } + [
                "throttle: { once_per: 1h }"
            ]
        #expect(keys.count >= 5)
        func rule(_ keys: [String]) throws -> Rule {
            let text = "rules: [{ \((["id: it", "then: \(Self.action)"] + keys).joined(separator: ", ")) }]"
            return try #require(RuleSource.compile(text).program.rules.first)
        }
        let (plain, written) = (try rule(["throttle: { once_per: 1h }"]), try rule(keys))
        #expect(written.timing.throttle?.per == plain.timing.throttle?.per)
        #expect(written.mode == plain.mode)
        #expect(written.priority == plain.priority)
        #expect(written.stops == plain.stops)
        #expect(written.on == plain.on)
    }

    @Test(arguments: Language.shapes.map(\.subject))
    func `a mapping has each key once, says what each means, and asks only for keys that it has`(subject: String) throws
    {
        let shape = try #require(Language.shapes.first { $0.subject == subject })
        let names = shape.described.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(shape.keys.count + shape.notBuiltYet.count == names.count)
        for key in shape.described {
            #expect(key.summary.hasSuffix(".") && key.summary.first?.isUppercase == true, "\(key.name)")
            #expect(!key.example.isEmpty, "\(key.name)")
        }
        for constraint in shape.constraints {
            switch constraint {
            case .notEmpty: break
            case .exactlyOne(let keys), .atMostOne(let keys), .together(let keys):
                #expect(Set(keys).isSubset(of: names))
            case .needsOneOf(let others, let key): #expect(names.contains(key) && Set(others).isSubset(of: names))
            case .alone(let key): #expect(names.contains(key))
            case .listOfMore(_, let key, let other): #expect(names.contains(key) && names.contains(other))
            }
        }
    }

    @Test func `a shape is called by its subject`() {
        let ids = Language.shapes.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Language.openingHours.id == "opening-hours")
        #expect(Language.testEvent.id == "event-of-a-test")
    }
}
