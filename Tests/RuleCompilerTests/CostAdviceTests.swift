import Diagnostics
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

/// Which rules have to be tried on many events, and what people are told of them.
struct CostAdviceTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/cost/every-reason")

    @Test(
        arguments: [
            ("{ text: { keywords: [refund, money back] } }", TriedEvents.few, []),
            ("{ text: { matches: 'colou?r' } }", .few, []),
            ("{ customer: { in: ['919999900001', '919999900002'] } }", .few, []),
            ("{ text: { keywords: [refund, a] } }", .many, ["shortLiterals"]),
            ("{ text: { keywords: [refund], typos: 1 } }", .many, ["looseKeywords"]),
            ("{ text: { starts_with: 'e' } }", .many, ["shortLiterals"]),
            ("{ text: { matches: '\\b\\d{4}\\b' } }", .many, ["characters([0-9…])"]),
            ("{ text: { matches: ['refund', '^x?.'] } }", .many, ["pattern"]),
            ("{ text: { not: { keywords: [refund] } } }", .many, ["absence"]),
            ("{ text: { exists: false } }", .every, ["absence"]),
            ("{ not: { text: { keywords: [refund] } } }", .every, ["absence"]),
            ("{ none: [{ text: { keywords: [refund] } }] }", .every, ["absence"]),
            ("{ by: agent }", .many, ["commonValue"]),
            ("{ fields: { total: { above: 5 } } }", .many, ["anyValue"]),
            ("{ all: [{ text: { keywords: [refund] } }, { by: agent }] }", .few, []),
            ("{ all: [{ not: { kind: image } }, { by: agent }] }", .many, ["absence", "commonValue"]),
            ("{ any: [{ text: { keywords: [refund] } }, { by: agent }] }", .many, ["commonValue"]),
            ("{ any: [{ text: { keywords: [refund] } }, { not: { by: agent } }] }", .every, ["absence"]),
        ] as [(String, TriedEvents, [String])]
    )
    func `what follows from a condition says how often a rule is tried, and why`(
        condition: String,
        tried: TriedEvents,
        reasons: [String]
    ) throws {
        let compilation = RuleSource.compile(when: condition)
        let rule = try #require(compilation.program.rules.first, "\(RuleSource.report(compilation))")
        #expect(rule.triedEvents == tried)
        #expect(rule.openConditions.map { "\($0.reason)" } == reasons)
    }

    @Test(
        arguments: [
            ("unless: { on: any, within: 1h }", TriedEvents.every, ["noCondition@{ on: "]),
            ("unless: { on: any, when: { text: { keywords: [done] } }, within: 1h }", .few, []),
            (
                "sequence: [{ when: { text: { keywords: [done] } } }, { on: any }]\n    within: 1h", .few, []
            ),
        ] as [(String, TriedEvents, [String])]
    )
    func `an answer that may be anything has the rule tried on everything`(
        timing: String,
        tried: TriedEvents,
        reasons: [String]
    ) throws {
        let compilation = RuleSource.compile(
            """
            rules:
              - id: it
                when: { text: { keywords: [refund] } }
                \(timing)
                then: [{ add-collaborator: { agents: asha } }]
            """
        )
        let rule = try #require(compilation.program.rules.first, "\(RuleSource.report(compilation))")
        #expect(rule.triedEvents == tried)
        #expect(rule.openConditions.map { "\($0.reason)@\($0.span.text.prefix(6))" } == reasons)
    }

    @Test func `a long list of rare values is still rare`() throws {
        let values = (1...400).map { "'9199999\(10_000 + $0)'" }.joined(separator: ", ")
        let compilation = RuleSource.compile(when: "{ customer: { in: [\(values)] } }")
        #expect(compilation.program.rules.map(\.triedEvents) == [.few])
    }

    @Test func `the advice names the place, the reason and a cure`() throws {
        let files = try ["context.yml", "cost/every-reason.yml"].map { path in
            let file = Self.golden.deletingLastPathComponent().deletingLastPathComponent().appending(path: path)
            return SourceFile(path: path, bytes: [UInt8](try Data(contentsOf: file)))
        }
        let compilation = RuleCompiler(actions: RuleSource.actions).compile(.reading(files))
        #expect(!compilation.diagnostics.hasErrors, "\(RuleSource.report(compilation))")
        #expect(compilation.costAdvice.allSatisfy { $0.severity == .warning })
        let report = TextRenderer.render(compilation.costAdvice, usesColor: false) + "\n"
        let expected = Self.golden.appendingPathExtension("expected.txt")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try report.write(to: expected, atomically: true, encoding: .utf8)
            Issue.record("recorded \(expected.lastPathComponent); read it")
            return
        }
        #expect(report == (try? String(contentsOf: expected, encoding: .utf8)))
    }
}
