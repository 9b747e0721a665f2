import Events
import Patterns
import RuleEngine
import Testing

/// By what a rule that stayed silent missed, and whether it missed narrowly.
struct NearMissTests {
    private func explanation(_ condition: Condition, text: String? = nil, fields: String = "{}") throws
        -> RuleExplanation
    {
        var event = try Make.event(fields)
        event.text = text
        return RuleEngine(Program(rules: [Make.rule("it", when: condition)])).explain(event)[0]
    }

    /// What is told of a condition's leaves; an exclamation mark says that the rule missed narrowly.
    private func told(_ condition: Condition, text: String? = nil, fields: String = "{}") throws -> String {
        let explanation = try explanation(condition, text: text, fields: fields)
        let notes = explanation.condition?.deciding.flatMap { leaf -> [String] in
            guard case .value(let value) = leaf.form else { return [] }
            return [value.nearMiss].compactMap { $0?.explanation }
                + value.clauses.flatMap { $0.nearMisses.map(\.explanation) }
        }
        return (explanation.isNearMiss ? "! " : "") + (notes ?? []).joined(separator: " | ")
    }

    private func set(_ words: [String], _ options: KeywordOptions = KeywordOptions()) throws -> KeywordSet {
        KeywordSet(try words.map { try Keyword($0) }, options: options)
    }

    @Test(arguments: [
        ("my refnud, please", "! 'refnud' is one typo from keyword 'refund'; `typos: 1` would match"),
        ("my rfnud, please", "! 'rfnud' is two typos from keyword 'refund'; `typos: 2` would match"),
        ("my réfund, please", "! 'réfund' is keyword 'refund' but for accents; `accents: ignore` would match"),
        ("my refuuund", "! 'refuuund' is keyword 'refund', stretched; `stretched: ignore` would match"),
        ("two refunds", "! keyword 'refund' stands inside of 'refunds'; `refund*` would match"),
        ("nonrefundable", "keyword 'refund' stands inside of 'nonrefundable'"),
        ("mony back", "! 'mony back' is one typo from keyword 'money back'; `typos: 1` would match"),
        ("hello", ""),
    ])
    func `keywords say what would have been found`(text: String, expected: String) throws {
        let keywords = try set(["chargeback", "refund", "money back"])
        #expect(try told(Make.name(.text, .keywords(keywords)), text: text) == expected)
    }

    @Test func `what is allowed already is not offered again`() throws {
        let options = KeywordOptions(typos: 1, ignoresAccents: true)
        let condition = Make.name(.text, .keywords(try set(["refund"], options)))
        #expect(
            try told(condition, text: "rfnud")
                == "! 'rfnud' is two typos from keyword 'refund'; `typos: 2` would match"
        )
    }

    @Test func `one keyword of several that is far away leaves the others no near miss`() throws {
        let condition = Make.name(.text, .allKeywords(try set(["refund", "order"])))
        #expect(
            try told(condition, text: "refnud order")
                == "! 'refnud' is one typo from keyword 'refund'; `typos: 1` would match"
        )
        #expect(
            try told(condition, text: "refnud")
                == "'refnud' is one typo from keyword 'refund'; `typos: 1` would find it, but 'order' is missing as well"
        )
    }

    @Test func `two spellings of one letter differ in more than capitals`() throws {
        let condition = Make.name(.text, .equals([.string("Jos\u{E9}")], ignoringCase: false))
        #expect(
            try told(condition, text: "Jose\u{301}")
                == "! 'Jos\u{E9}' is the same text in another Unicode spelling; `only_keywords` takes both for one"
        )
        #expect(
            try told(Make.name(.text, .equals([.string("refund")], ignoringCase: false)), text: "re\u{200B}fund")
                == "! 'refund' is the same text in another Unicode spelling; `only_keywords` takes both for one"
        )
    }

    @Test func `a keyword beside other words is not the whole text`() throws {
        let condition = Make.name(.text, .onlyKeywords(try set(["stop"])))
        #expect(
            try told(condition, text: "please stop")
                == "! keyword 'stop' stands in the text, but is not all of it; `keywords` would match"
        )
    }

    @Test(arguments: [
        (
            #"{"a": "VIP"}"#, Literal.string("vip"),
            "! only capital letters differ from 'vip'; `ignore_case: true` would match"
        ),
        (#"{"a": "vip "}"#, .string("vip"), "! only white space differs from 'vip'; `matches` could allow for it"),
        (#"{"a": "1"}"#, .integer(1), "! the value is text, and 1 is a number; `equals: \"1\"` would match"),
        (#"{"a": 1}"#, .string("1"), "! the value is a number, and \"1\" is text; `equals: 1` would match"),
        (
            #"{"a": "true"}"#, .boolean(true),
            "! the value is text, and true is a boolean; `equals: \"true\"` would match"
        ),
        (
            #"{"a": true}"#, .string("true"),
            "! the value is a boolean, and \"true\" is text; `equals: true` would match"
        ),
        (#"{"a": "other"}"#, .string("vip"), ""),
        (#"{"b": 1}"#, .integer(1), ""),
    ])
    func `values say by what they differ`(fields: String, literal: Literal, expected: String) throws {
        let condition = try Make.field("a", .equals([literal], ignoringCase: false))
        #expect(try told(condition, fields: fields) == expected)
    }

    @Test func `capital letters are told of literals and patterns as well`() throws {
        let contains = Make.name(.text, .literal(.contains, ["Refund"], ignoringCase: false))
        #expect(
            try told(contains, text: "a REFUND")
                == "! only capital letters differ from 'Refund'; `ignore_case: true` would match"
        )
        let matches = Make.name(.text, .matches([try Pattern("re(f)und")]))
        #expect(
            try told(matches, text: "a REFUND")
                == "! only capital letters keep 'REFUND' from matching; `ignore_case: true` would match"
        )
    }

    @Test func `a bound says when it was hit exactly and when nothing compares with it`() throws {
        let above = try Make.field("a", .compares(.above, .number(100)))
        #expect(try told(above, fields: #"{"a": 100}"#) == "! the value is the bound itself; `at_least` would match")
        #expect(try told(above, fields: #"{"a": "100 EUR"}"#) == "the value is no number, so it compares with none")
        #expect(try told(above, fields: #"{"a": 99}"#) == "")
    }

    @Test func `a missing field says what was probably meant, and whether that would match`() throws {
        let condition = try Make.field("contact.nmae", .equals([.string("Asha")], ignoringCase: false))
        #expect(
            try told(condition, fields: #"{"contact": {"name": "Asha"}}"#)
                == "! did you mean 'contact.name'? It would match"
        )
        #expect(try told(condition, fields: #"{"contact": {"name": "Ravi"}}"#) == "did you mean 'contact.name'?")
        let name = try Make.field("name", .equals([.string("Asha")], ignoringCase: false))
        #expect(
            try told(name, fields: #"{"contact": {"name": "Asha"}}"#)
                == "! did you mean 'contact.name'? It would match"
        )
        let star = try Make.field("item.*.sku", .equals([.string("A")], ignoringCase: false))
        #expect(
            try told(star, fields: #"{"items": [{"sku": "B"}, {"sku": "A"}]}"#)
                == "! did you mean 'items.*.sku'? It would match"
        )
    }

    @Test func `a rule missed narrowly when every part that fails did`() throws {
        let near = Make.name(.text, .keywords(try set(["refund"])))
        let far = Make.name(.text, .keywords(try set(["hello"])))
        func isNear(_ test: Condition.Test) throws -> Bool {
            try explanation(Make.condition(test), text: "refnud").isNearMiss
        }
        #expect(try isNear(.all([near, near])))
        #expect(try !isNear(.all([near, far])))
        #expect(try isNear(.any([far, near])))
        #expect(try isNear(.use("it", near)))
        // What must not hold, and nearly did, missed nothing.
        #expect(try !isNear(.not(near)))
        #expect(try !isNear(.all([Make.condition(.not(Make.condition(.not(near))))])))
    }
}
