import Diagnostics
import Foundation
import RuleFormatting
import RuleSyntax
import Testing

/// All rule files that the project has.
struct RepositoryFileTests {
    private static let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let paths = ["rules", "Tests"].flatMap { folder in
        let files = FileManager.default.enumerator(atPath: repository.appendingPathComponent(folder).path)
        return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yml") }.map { "\(folder)/\($0)" }
    }.sorted()

    private func format(_ text: String) -> FormattedFile? {
        RuleFormatter.format(SourceFile(path: "rules.yml", text: text)).formatted
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.repository.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func `the files are found`() {
        #expect(Self.paths.filter { $0.hasPrefix("rules/") }.count >= 10)
        #expect(Self.paths.filter { $0.hasPrefix("Tests/") }.count >= 80)
    }

    @Test(arguments: paths)
    func `formatting keeps what a file says, and formatting twice is formatting once`(path: String) throws {
        let before = try text(path)
        guard Outline(before).text != nil else {
            #expect(format(before) == nil)
            return
        }
        let after = try #require(format(before)).text.string
        #expect(Outline(after) == Outline(before))
        #expect(comments(after) == comments(before))
        #expect(format(after)?.text.string == after)
    }

    @Test(arguments: paths.filter { $0.hasPrefix("rules/") })
    func `the example rules are in the standard form`(path: String) throws {
        let before = try text(path)
        #expect(format(before)?.text.string == before)
    }

    @Test func `the rules in the README are in the standard form`() throws {
        let blocks = try text("README.md").components(separatedBy: "```yaml\n").dropFirst()
        #expect(!blocks.isEmpty)
        for block in blocks {
            let rules = String(block.prefix(upTo: block.range(of: "```")?.lowerBound ?? block.endIndex))
            #expect(format(rules)?.text.string == rules)
        }
    }

    /// The lines that are nothing but a comment, in any order.
    private func comments(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("#") }
            .sorted()
    }
}
