import BuiltBeckon
import Foundation
import Testing

/// `beckon bench` and `beckon check --cost`: what rules cost, measured and foretold.
struct BenchTests {
    /// The rules of the page about speed.
    private static func rules() throws -> String {
        let page = BeckonProcess.repository.appendingPathComponent(
            "Sources/beckon/Documentation.docc/Reference/Speed.md"
        )
        let text = try String(contentsOf: page, encoding: .utf8)
        return try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
            .components(separatedBy: "```")[0]
    }

    /// A thousand messages, of which some fire.
    private static let events = (1...1_000).map { number in
        let text =
            switch number % 100 {
            case 0: "I want my money back"
            case 1...5: "my order 55\(number % 100 + 10) is late, since \(number % 28 + 1) May"
            case 6...30: "it is \(number % 12 + 1) already"
            default: "hello, is anyone there?"
            }
        return SampleRules.event(text)
    }.joined()

    private static func place() throws -> Workplace {
        try Workplace(["rules/support.yml": rules(), "events.jsonl": events])
    }

    /// A report with its counts and without what differs from run to run: times, and how columns are filled up for them.
    private static func withoutTimes(_ report: String) -> String {
        report.replacing(#/ +/#, with: " ")
            .replacing(/best of \d+/, with: "best of N")
            .replacing(#/(?m)^((?:read|decode|match|decide|write|all)\b[^\d\n]*)[\d.]+ \d+ %$/#) { "\($0.1)N" }
            .replacing(/\d+ events a second/, with: "N events a second")
            .replacing(#/(?m)( \d+ \d+)(?: [\d.]+)+$/#) { "\($0.1) N" }
    }

    @Test func `the page about speed shows what the commands show`() async throws {
        let place = try Self.place()
        let examples = try PageExample.all(on: "Speed")
        #expect(examples.map(\.command) == ["beckon check --cost", "beckon bench --input events.jsonl"])
        for example in examples {
            let result = try await place.shell("\(example.command) 2>&1")
            #expect(Self.sorted(result.output) == Self.sorted(example.shown))
            #expect(result.status == 0)
        }
    }

    /// Which of two cheap rules is cheaper is chance.
    private static func sorted(_ report: String) -> [String] {
        withoutTimes(report).split(separator: "\n").map(String.init).sorted()
    }

    @Test func `the advice comes only when it is asked for, and as JSON too`() async throws {
        let place = try Self.place()
        let plain = try await place.beckon("check")
        #expect(plain.errors == "1 file, 4 rules, 2 tests: no problems\n")
        let result = try await place.beckon("check", "--cost", "--format", "json")
        #expect(
            result.output == """
                {"code":"R314","severity":"warning",\
                "message":"rule 'any-four-digits' is tried on many events",\
                "file":"rules/support.yml","line":12,"column":13,"end_line":12,"end_column":43,\
                "label":"tried on every text with one of [0-9…]; no literal stands in every match",\
                "help":"put 'keywords' or 'contains' beside it in 'all', or a word into the regex that every match must hold"}
                {"code":"R314","severity":"warning",\
                "message":"rule 'not-by-a-customer' is tried on every event of its types",\
                "file":"rules/support.yml","line":18,"column":13,"end_line":18,"end_column":34,\
                "label":"what is not there cannot be looked for",\
                "help":"put beside it in 'all' what few events hold: 'keywords', 'contains', a value of a field"}

                """
        )
        #expect(result.errors == "")
        #expect(result.status == 0)
    }

    @Test func `a report as JSON has the same numbers`() async throws {
        let result = try await Self.place().beckon(
            "bench",
            "--input",
            "events.jsonl",
            "--top",
            "1",
            "--format",
            "json",
            "--no-prefilter"
        )
        let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let counts = report.compactMapValues { $0 as? Int }.filter { key, _ in
            !["events_per_second", "ns_per_event"].contains(key)
        }
        #expect(
            counts == [
                "is_whole": 1, "lines": 1_000, "events": 1_000, "rejected": 0, "rules": 4, "tried_per_event": 4,
                "firings": 110, "rules_fired": 3, "faults": 0, "profiled_events": 1_000,
            ]
        )
        let stages = report["stages"] as? [[String: Any]]
        #expect(stages?.map { $0["stage"] as? String } == ["read", "decode", "match", "decide", "record"])
        #expect(stages?.allSatisfy { ($0["ns_per_event"] as? Double ?? -1) >= 0 } == true)
        #expect((report["costliest_rules"] as? [[String: Any]])?.count == 1)
        #expect((report["costliest_conditions"] as? [[String: Any]])?.count == 1)
        #expect(result.status == 0)
    }

    @Test func `rules over several events are measured, and standard input without reading it again`() async throws {
        let place = try Workplace([
            "rules.yml": SampleRules.text + """
                  - id: impatient
                    when: { text: { keywords: [hello] } }
                    count: { at_least: 3, within: 1h }
                    then: [{ add-collaborator: { agents: asha } }]
                  - id: unanswered
                    when: { text: { keywords: [hello] } }
                    unless: { on: message-received, when: { text: { keywords: [thanks] } }, within: 5m }
                    then: [{ add-collaborator: { agents: asha } }]

                """,
            "events.jsonl": (1...4).map {
                #"{"customer":"+91 99999 00001","text":"hello","time":"2026-01-05T10:0\#($0):00Z"}"# + "\n"
            }.joined(),
        ])
        let result = try await place.shell("beckon bench rules.yml --input - < events.jsonl")
        let expected = """
            4 events in 4 lines of standard input, 7 rules, one thread, best of N
            STAGE NS/EVENT SHARE
            decode events N
            match rules N
            decide, make jobs N
            write records N
            all N
            N events a second; 2.0 rules tried on an event; 1 firing of 1 rule
            RULE PLACE TRIED HELD NS/EVENT
            impatient rules.yml:28 4 4 N
            unanswered rules.yml:32 4 4 N
            CONDITION PLACE TRIED HELD NS EACH NS/EVENT
            text: { keywords: [hello] } rules.yml:29 4 4 N
            text: { keywords: [hello] } rules.yml:33 4 4 N
            text: { keywords: [thanks] } rules.yml:34 4 0 N
            """
        #expect(Self.sorted(result.output) == Self.sorted(expected))
        #expect(result.status == 0)
    }

    @Test func `lines that cannot be read are told of, and the rest is measured`() async throws {
        let place = try Workplace(["rules.yml": SampleRules.text, "events.jsonl": "{\n" + SampleRules.event("refund")])
        let result = try await place.beckon("bench", "rules.yml", "--input", "events.jsonl")
        #expect(
            result.output.hasPrefix("1 event in 2 lines of events.jsonl, 5 rules, one thread, best of ")
        )
        #expect(result.errors == "warning: 1 line rejected; 'run --dry-run' says where and why\n")
        #expect(result.status == 1)
    }

    @Test(
        arguments: [
            (["ok.yml", "--input", "none.jsonl"], "beckon: cannot open 'none.jsonl': No such file or directory\n"),
            (["ok.yml", "--input", "empty.jsonl"], "beckon: empty.jsonl holds no event\n"),
            (
                ["ok.yml", "--input", "ok.yml"],
                "beckon: ok.yml holds no event, and 27 lines that cannot be read; 'run --dry-run' says why\n"
            ),
            (["ok.yml", "--input", "empty.jsonl", "--top", "0"], "beckon: --top must be between 1 and 100000\n"),
            (
                ["ok.yml", "--input", "empty.jsonl", "--input-format", "xml"],
                "beckon: unknown format 'xml'; known: auto, doubletick, plain, whatsapp-cloud, cloudevents, mapped\n"
            ),
            (
                ["nowhere", "--input", "empty.jsonl"],
                "beckon: no rules at 'nowhere': there is no such file or folder\n"
            ),
        ] as [([String], String)]
    )
    func `what cannot be measured is said`(arguments: [String], message: String) async throws {
        let place = try Workplace(["ok.yml": SampleRules.text, "empty.jsonl": "\n"])
        let result = try await place.beckon(["bench"] + arguments)
        #expect(result.errors == message)
        #expect(result.output == "")
        #expect(result.status == 2)
    }
}
