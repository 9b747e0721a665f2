import Diagnostics
import RuleCompiler
import RuleTesting
import Testing

/// That the description of tests in the rule language is true.
struct TestLanguageTests {
    /// A key with a test that holds its example.
    struct Sample: CustomTestStringConvertible {
        var key: String
        var text: String
        var testDescription: String { key }
    }

    /// Where a mapping of each shape stands, with the keys that it cannot do without.
    private static let places: [(shape: MappingShape, needed: [String: String], place: @Sendable (String) -> String)] =
        [
            (Language.test, ["name": "it", "event": "{ text: Hi }", "expect": "none"], { "tests: [\($0)]" }),
            (Language.testEvent, [:], { "tests: [{ name: it, event: \($0), expect: none }]" }),
            (
                Language.expectation, ["rule": "refund-brings-in-billing"],
                { "tests: [{ name: it, event: { text: Hi }, expect: [\($0)] }]" }
            ),
        ]

    // A file of events stands beside the rules, and examples have none.
    static let samples: [Sample] = places.flatMap { shape, needed, place in
        shape.built.filter { $0.name != "file" }.map { key in
            let rest = key.name == "events" ? needed.filter { $0.key != "event" } : needed
            let pairs = rest.merging([key.name: key.example]) { _, example in example }
            let mapping = pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            return Sample(key: "\(shape.subject): \(key.name)", text: place("{ \(mapping) }"))
        }
    }

    @Test(arguments: samples)
    func `the reader takes the example of every key`(sample: Sample) {
        let rules = TestedRules(sample.text)
        #expect(rules.problems == "", "\(sample.text)")
        #expect(rules.tests.count == 1)
    }

    @Test func `the status of an expectation is one that firings have`() {
        guard case .word(let words, _)? = Language.expectation.key("status")?.value else {
            Issue.record("'status' is no word")
            return
        }
        #expect(words == FiringStatus.allCases.map(\.rawValue))
    }
}
