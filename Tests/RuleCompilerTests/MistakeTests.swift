import Diagnostics
import Foundation
import RuleCompiler
import RuleSyntax
import Testing

/// The rule files of `Fixtures/mistakes`, each with a mistake that people make, and what they are told.
///
/// `RECORD_SNAPSHOTS=1` rewrites the expected texts and fails, so that a person reads the difference.
struct MistakeTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// The mistakes that are told in full.
    static let mistakes = names(in: "mistakes")

    /// The files that hold a key where it does not belong.
    static let keys = names(in: "keys")

    /// What must never be shown of them.
    private static let secrets = ["5d41402abc4b2a76", "0123456789", "hunter-two", "correct-horse"]

    @Test func `there are mistakes to learn from`() {
        #expect(Self.mistakes.count >= 60)
        #expect(Self.keys.count >= 8)
    }

    @Test(arguments: MistakeTests.mistakes)
    func `a mistake is told as a support engineer understands it`(name: String) throws {
        let report = RuleSource.report(try Self.compile(name, in: "mistakes")) + "\n"
        let golden = Self.fixtures.appending(path: "mistakes/\(name).expected.txt")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try report.write(to: golden, atomically: true, encoding: .utf8)
            Issue.record("recorded \(name).expected.txt; read it")
            return
        }
        #expect(report == (try? String(contentsOf: golden, encoding: .utf8)))
    }

    @Test(arguments: MistakeTests.keys)
    func `no report shows a key`(name: String) throws {
        let compilation = try Self.compile(name, in: "keys")
        #expect(compilation.diagnostics.hasErrors)
        let report = RuleSource.report(compilation)
        for secret in Self.secrets { #expect(!report.contains(secret), "it shows \(secret)") }
    }

    @Test(arguments: MistakeTests.mistakes)
    func `colours change nothing but the colour`(name: String) throws {
        let diagnostics = try Self.compile(name, in: "mistakes").diagnostics
        let colored = TextRenderer.render(diagnostics, usesColor: true)
        let plain = TextRenderer.render(diagnostics, usesColor: false)
        #expect(colored.replacing(/\x1B\[[0-9;]*m/, with: "") == plain)
    }

    /// The names of the files of a folder, without their ending, and of its sub-folders.
    private static func names(in folder: String) -> [String] {
        let path = fixtures.appending(path: folder).path
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return entries.filter { !$0.hasSuffix(".expected.txt") }.map { $0.replacing(".yml", with: "") }.sorted()
    }

    /// Compiles a file, or the files of a folder, beside the context.
    private static func compile(_ name: String, in folder: String) throws -> Compilation {
        var files = [SourceFile(path: "context.yml", bytes: try bytes("context.yml"))]
        if FileManager.default.fileExists(atPath: fixtures.appending(path: "\(folder)/\(name).yml").path) {
            files.append(SourceFile(path: "\(name).yml", bytes: try bytes("\(folder)/\(name).yml")))
        } else {
            for entry in names(in: "\(folder)/\(name)") {
                let path = "\(name)/\(entry).yml"
                files.append(SourceFile(path: path, bytes: try bytes("\(folder)/\(path)")))
            }
        }
        let named = NamedFiles(relativeTo: fixtures.appending(path: "files").path)
        return RuleCompiler(actions: RuleSource.actions, namedFiles: named).compile(.reading(files))
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: fixtures.appending(path: path)))
    }
}
