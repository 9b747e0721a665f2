import BuiltBeckon
import Foundation
import Testing

/// The README shows what the binary does: its rule is checked and tested, and each of its commands is run.
struct ReadmeTests {
    /// The README's rule file as it must be changed for a command to show what the README shows.
    private static let changes: [String: (from: String, to: String)] = [
        "beckon check": ("when:", "whne:"),
        "beckon test": ("[refund, money back, रिफंड]", "[refunds]"),
    ]

    /// A command of the README with the output that it shows.
    struct Example: CustomTestStringConvertible {
        var command: String
        var output: String
        var testDescription: String { command }
        /// Whether it calls DoubleTick.
        var isLive: Bool { command.contains("beckon run") && !command.contains("--dry-run") }
    }

    @Test func `the rules of the readme pass their own tests`() async throws {
        let blocks = try Self.blocks("yaml")
        let files = blocks.enumerated().map { ("rules/support-\($0.offset).yml", $0.element) }
        let place = try Workplace(Dictionary(uniqueKeysWithValues: files))
        #expect(try await place.beckon("check").errors == "2 files, 2 rules, 4 tests: no problems\n")
        #expect(try await place.beckon("test").errors == "4 passed, 0 failed\n")
    }

    @Test func `the readme shows the commands that people begin with`() throws {
        let commands = try Self.examples().map { String($0.command.prefix(while: { $0 != "|" && $0 != "-" })) }
        #expect(commands.count == 6)
    }

    @Test(arguments: try Self.examples())
    func `a command shows what the readme says`(example: Example) async throws {
        var rules = try Self.ruleFile()
        if let change = Self.changes[example.command] {
            #expect(rules.contains(change.from))
            rules = rules.replacing(change.from, with: change.to)
        }
        guard example.isLive else {
            let place = try Workplace(["rules/support.yml": rules])
            #expect(try await Self.shown(example.command, in: place) == example.output)
            return
        }
        try await LivePlace.with(rules: rules) { live in
            try live.place.write(SampleRules.event("Refund, please", id: "m1"), to: "monday.jsonl")
            let shown = try await Self.shown(example.command, in: live.place, environment: live.environment)
            #expect(shown == example.output)
        }
    }

    private static func readme() throws -> String {
        try String(contentsOf: BeckonProcess.repository.appendingPathComponent("README.md"), encoding: .utf8)
    }

    private static func ruleFile() throws -> String {
        try blocks("yaml").first ?? ""
    }

    private static func examples() throws -> [Example] {
        try blocks("console").map { block in
            let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
            let command = lines.first?.dropFirst(2) ?? ""
            return Example(command: String(command), output: lines.dropFirst().joined(separator: "\n"))
        }
    }

    /// The fenced blocks of a language, without their fences.
    private static func blocks(_ language: String) throws -> [String] {
        try readme().components(separatedBy: "```\(language)\n").dropFirst().map { rest in
            rest.components(separatedBy: "\n```")[0] + "\n"
        }
    }

    /// What a person sees who types the command: both streams, without the line that tells how long it took.
    private static func shown(
        _ command: String,
        in place: Workplace,
        environment: [String: String] = [:]
    ) async throws -> String {
        let result = try await place.shell("{ \(command); } 2>&1", environment: environment)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.hasPrefix("read ") }.joined(separator: "\n")
    }
}
