import Events
import RuleEngine
import Testing

/// Which parts of a condition settle it.
struct ExplanationTests {
    private let yes = Make.name(.text, .exists(true))
    private let no = Make.name(.text, .exists(false))

    /// The values that the deciding leaves looked at; each leaf looks at another field.
    private func deciding(_ condition: Condition) throws -> [String] {
        var event = try Make.event(#"{"a": 1, "b": "x", "c": null, "d": [1, 2, 3, 4, 5, 6, 7], "e": {"f": true}}"#)
        event.text = "hi \"there\""
        let explanation = RuleEngine(Program(rules: [Make.rule("it", when: condition)])).explain(event)
        return explanation[0].condition?.deciding.map { "\($0.verdict.rawValue) \($0.actual ?? "-")" } ?? []
    }

    private func field(_ path: String, _ isThere: Bool) throws -> Condition {
        try Make.field(path, .exists(isThere))
    }

    @Test func `of an all that holds every part decides, of one that fails the first that fails`() throws {
        #expect(try deciding(Make.condition(.all([field("a", true), field("b", true)]))) == ["true 1", "true \"x\""])
        #expect(
            try deciding(Make.condition(.all([field("a", true), field("b", false), field("z", true)])))
                == ["false \"x\""]
        )
    }

    @Test func `of an any that fails every part decides, of one that holds the first that holds`() throws {
        #expect(try deciding(Make.condition(.any([field("a", false), field("z", true)]))) == ["false 1", "false -"])
        #expect(
            try deciding(Make.condition(.any([field("z", true), field("b", true), field("a", true)]))) == ["true \"x\""]
        )
    }

    @Test func `of a none that holds every part decides, of one that fails the first that holds`() throws {
        #expect(try deciding(Make.condition(.none([field("a", false), field("z", true)]))) == ["false 1", "false -"])
        #expect(try deciding(Make.condition(.none([field("z", true), field("b", true)]))) == ["true \"x\""])
    }

    @Test func `below not the part decides`() throws {
        let inner = Make.condition(.all([try field("a", true), try field("b", false)]))
        #expect(try deciding(Make.condition(.not(inner))) == ["false \"x\""])
    }

    @Test func `a leaf shows the value as JSON, of a star the first five`() throws {
        #expect(try deciding(try field("d.*", true)) == ["true 1, 2, 3, 4, 5"])
        #expect(try deciding(try field("e", true)) == ["true {\"f\":true}"])
        #expect(try deciding(try field("c", true)) == ["false null"])
        #expect(try deciding(yes) == [#"true "hi \"there\"""#])
        #expect(try deciding(no) == [#"false "hi \"there\"""#])
    }
}
