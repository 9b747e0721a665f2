import Diagnostics
import RuleCompiler
import RuleEngine
import Testing

/// What tells what is collected in the windows of a rule from what something else would mean, and what does not.
struct MeaningTests {
    /// The digests of one rule or fact.
    private struct Meanings: Equatable {
        var sequence: String?
        var count: String?
        var unless: String?
        var throttle: String?

        /// The parts whose digest differs.
        func changed(from other: Meanings) -> [String] {
            [
                sequence == other.sequence ? nil : "sequence", count == other.count ? nil : "count",
                unless == other.unless ? nil : "unless", throttle == other.throttle ? nil : "throttle",
            ].compactMap(\.self)
        }

        var all: [String] { [sequence, count, unless, throttle].compactMap(\.self) }
    }

    /// Everything that a rule of these tests may use.
    private static let context = """
        conditions:
          asks: { text: { keywords: [price, cost] }, use: is-known }
          is-known: { facts: { vip: { exists: true } }, customer: { in_list: vips } }
        lists: { vips: [+91 99999 00001], words: [refund] }
        schedules: { desk: { open: [{ from: 9:00, to: 17:00 }] }, night: { open: [{ from: 17:00, to: 9:00 }] } }
        facts: { vip: { set: { on: add-tag }, value: "{{tag}}" }, rest: { set: { on: add-tag } } }
        """

    /// A rule with all parts.
    private static let rule = """
          - id: it
            description: Somebody wants to buy.
            on: [message-received, add-tag]
            when: { text: { keywords: [price, cost], typos: 1 }, use: asks, during: desk, fields: { a: 1, b.c: { in: [x, 2] } } }
            sequence:
              - when: { kind: image }
              - { on: add-tag, when: { any: [{ tag: VIP }, { tag: gold }] } }
            within: 1h
            count: { at_least: 3, within: 10m, distinct: customer }
            unless: { on: message-status-update, when: { by: agent }, within: 15m, counting: desk }
            throttle: { once_per: 24h }
            then: [{ add-collaborator: { agents: asha } }]
        """

    private func meanings(_ rule: String = rule, context: String = context) throws -> Meanings {
        // The context of all tests has agents; what is under test may stand anywhere.
        let compilation = RuleSource.compile("\(context)\nrules:\n\(rule)\n")
        #expect(!compilation.diagnostics.hasErrors, "\(RuleSource.report(compilation))")
        let timing = try #require(compilation.program.rules.first).timing
        return Meanings(
            sequence: timing.sequence?.meaning,
            count: timing.count?.meaning,
            unless: timing.absence?.meaning,
            throttle: timing.throttle?.meaning
        )
    }

    @Test func `every part has a digest of its own, the same every time`() throws {
        let meanings = try meanings()
        // Were these to change from one version to the next, every window would be lost with it.
        #expect(meanings.all == ["f19eb951e962", "94464f3ce1e7", "8f839a0d1573", "ef5f1668161e"])
        #expect(Set(meanings.all).count == 4)
        #expect(try self.meanings() == meanings)
    }

    /// What is written otherwise and means the same.
    @Test(
        arguments: [
            // What people may change while windows are open.
            ("description: Somebody wants to buy.", "description: Somebody will buy."),
            ("id: it", "id: it\n    owner: sales\n    tags: [money]\n    priority: 7"),
            ("agents: asha", "agents: [asha, ravi]"),
            // Order.
            ("[message-received, add-tag]", "[add-tag, message-received]"),
            ("keywords: [price, cost], typos: 1", "typos: 1, keywords: [cost, price]"),
            ("fields: { a: 1, b.c: { in: [x, 2] } }", "fields: { b.c: { in: [2, x] }, a: 1 }"),
            ("[{ tag: VIP }, { tag: gold }]", "[{ tag: gold }, { tag: VIP }]"),
            ("{ at_least: 3, within: 10m, distinct: customer }", "{ distinct: customer, within: 10m, at_least: 3 }"),
            // Quotes and comments.
            ("kind: image", "'kind': \"image\""), ("keywords: [price, cost]", "keywords: ['price', \"cost\"]"),
            ("within: 1h", "within: \"1h\" # one hour"), ("b.c: { in: [x, 2] }", "'b.c': { in: ['x', 2] }"),
            ("{ tag: VIP }", "{ tag: \"VIP\" }"),
            // One, and a list of one.
            ("kind: image", "kind: [image]"), ("on: add-tag,", "on: [add-tag],"), ("by: agent", "by: { in: [agent] }"),
            // Defaults.
            ("{ once_per: 24h }", "{ at_most: 1, within: 24h, per: conversation }"),
            ("within: 1h", "within: 1h\n    per: conversation"),
            ("typos: 1", "typos: 1, ignore_case: false"), ("kind: image", "kind: { in: [image], ignore_case: false }"),
            ("id: it", "id: it\n    mode: active\n    stop: false"),
            ("- when: { kind: image }", "- { on: [add-tag, message-received], when: { kind: image } }"),
            // The same time in other units.
            ("within: 1h", "within: 60m"), ("{ once_per: 24h }", "{ once_per: 1d }"),
        ]
    )
    func `what means the same keeps its digests`(text: String, other: String) throws {
        let changed = Self.rule.replacing(text, with: other)
        #expect(changed != Self.rule)
        #expect(try meanings(changed) == meanings())
    }

    /// What changes, and from which part on.
    @Test(
        arguments: [
            ("[message-received, add-tag]", "any", 4), ("during: desk", "during: night", 4),
            ("[price, cost]", "[price]", 4), ("typos: 1", "typos: 2", 4), ("{ a: 1,", "{ a: \"1\",", 4),
            ("in: [x, 2]", "in: [x, \"2\"]", 4), ("use: asks, ", "", 4),
            ("kind: image", "kind: video", 4), ("any: [{ tag: VIP }", "all: [{ tag: VIP }", 4),
            ("- { on: add-tag, when:", "- { when:", 4), ("within: 1h", "within: 2h", 4),
            ("within: 1h", "within: 1h\n    per: customer", 4),
            ("at_least: 3", "at_least: 4", 3), ("within: 10m", "within: 11m", 3), (", distinct: customer", "", 3),
            ("distinct: customer", "distinct: fields.customer", 3), ("within: 10m", "within: 10m, per: business", 3),
            ("by: agent", "by: [agent, bot]", 2), ("within: 15m", "within: 16m", 2), (", counting: desk", "", 2),
            ("counting: desk", "counting: night", 2), ("on: message-status-update, ", "", 2),
            ("within: 15m", "within: 15m, per: everyone", 2),
            ("once_per: 24h", "once_per: 23h", 1), ("once_per: 24h", "at_most: 2, within: 24h", 1),
            ("once_per: 24h", "once_per: 24h, per: fields.order.id", 1), ("id: it", "id: it\n    mode: shadow", 1),
        ]
    )
    func `a change has a part in its own digest and those behind it`(text: String, other: String, count: Int) throws {
        let changed = Self.rule.replacing(text, with: other)
        #expect(changed != Self.rule)
        #expect(
            try meanings(changed).changed(from: meanings())
                == ["sequence", "count", "unless", "throttle"].suffix(count)
        )
    }

    @Test func `an order of steps, and of what events have in common, means something`() throws {
        let steps = "[{ on: add-tag }, { on: remove-tag }], within: 1h"
        let other = "[{ on: remove-tag }, { on: add-tag }], within: 1h"
        let then = "then: [{ add-collaborator: { agents: asha, customer: +91 99999 00001 } }]"
        #expect(
            try meanings("  - { id: it, sequence: \(steps), \(then) }")
                != meanings("  - { id: it, sequence: \(other), \(then) }")
        )
        // The keys of windows are made of the parts in order.
        let count = "  - { id: it, count: { at_least: 2, within: 1h, per: [customer, business] }, \(then) }"
        #expect(try meanings(count) != meanings(count.replacing("[customer, business]", with: "[business, customer]")))
    }

    @Test(
        arguments: [
            // Contents of lists and schedules, and the directory.
            ("[+91 99999 00001]", "[+91 99999 00001, +91 99999 00002]"), ("words: [refund]", "words: [refund, money]"),
            ("from: 9:00, to: 17:00", "from: 8:00, to: 17:00"),
            ("rest: { set: { on: add-tag } }", "rest: { set: { on: any } }"),
            // The name of a condition, which is only a name.
            ("is-known", "knows-us"),
            ("keywords: [price, cost]", "keywords: [cost, price]"),
        ]
    )
    func `what a rule names may change`(text: String, other: String) throws {
        let changed = Self.context.replacing(text, with: other)
        #expect(changed != Self.context)
        #expect(try meanings(context: changed) == meanings())
    }

    @Test(
        arguments: [
            ("keywords: [price, cost]", "keywords: [price]"),
            ("facts: { vip: { exists: true } }", "facts: { rest: true }"),
            ("in_list: vips", "in_list: words"),
        ]
    )
    func `the conditions that a rule uses are part of it, however far away`(text: String, other: String) throws {
        let context = Self.context.replacing("words: [refund]", with: "words: [+91 99999 00003]")
        let changed = context.replacing(text, with: other)
        #expect(changed != context)
        #expect(try meanings(context: changed).changed(from: meanings(context: context)).count == 4)
    }

    @Test func `a name that a condition is written under does not matter, nor whether two rules share it`() throws {
        let then = "then: [{ add-collaborator: { agents: asha } }]"
        func meanings(_ conditions: String, _ name: String) throws -> Meanings {
            try self.meanings(
                "  - { id: it, when: { use: \(name) }, throttle: { once_per: 1h }, \(then) }",
                context: "conditions: \(conditions)"
            )
        }
        let first = try meanings("{ a: { text: hi } }", "a")
        #expect(try meanings("{ b: { text: { in: [hi] } }, a: { text: other } }", "b") == first)
        #expect(try meanings("{ b: { text: { in: [hi] } }, a: { text: other } }", "a") != first)
    }

    @Test func `conditions that each use the one before twice are read once each`() throws {
        var lines = ["conditions:", "  c0: { text: hi }"]
        for index in 1...12 { lines.append("  c\(index): { any: [{ use: c\(index - 1) }, { use: c\(index - 1) }] }") }
        let rule =
            "  - { id: it, when: { use: c12 }, throttle: { once_per: 1h }, then: [{ add-collaborator: { agents: asha } }] }"
        #expect(try meanings(rule, context: lines.joined(separator: "\n")).throttle != nil)
    }

    // MARK: Facts

    private func fact(_ text: String) throws -> String {
        let rule =
            "rules: [{ id: it, when: { facts: { it: { exists: true } } }, then: [{ add-collaborator: { agents: asha } }] }]"
        let compilation = RuleSource.compile("facts: { it: \(text) }\n\(rule)")
        #expect(!compilation.diagnostics.hasErrors, "\(RuleSource.report(compilation))")
        return try #require(compilation.program.facts.first).meaning
    }

    @Test(arguments: [
        "{ set: { when: { tag: [VIP] }, on: [add-tag] } }",
        "{ set: { on: 'add-tag', when: { tag: \"VIP\" } }, value: true }",
        "{ per: conversation, set: { on: add-tag, when: { tag: VIP } } }",
        // When a value ends is not what it is.
        "{ set: { on: add-tag, when: { tag: VIP } }, for: 365d }",
        "{ set: { on: add-tag, when: { tag: VIP } }, clear: { on: remove-tag } }",
    ])
    func `a fact that means the same keeps its digest`(text: String) throws {
        #expect(try fact(text) == fact("{ set: { on: add-tag, when: { tag: VIP } } }"))
    }

    @Test(arguments: [
        "{ set: { on: add-tag, when: { tag: gold } } }", "{ set: { on: add-tag } }",
        "{ set: { on: any, when: { tag: VIP } } }",
        "{ per: customer, set: { on: add-tag, when: { tag: VIP } } }",
        "{ set: { on: add-tag, when: { tag: VIP } }, value: \"{{tag}}\" }",
        "{ set: { on: add-tag, when: { tag: VIP } }, value: VIP }",
    ])
    func `a fact that means something else has another digest`(text: String) throws {
        #expect(try fact(text) != fact("{ set: { on: add-tag, when: { tag: VIP } } }"))
    }
}
