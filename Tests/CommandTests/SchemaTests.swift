import BuiltBeckon
import Foundation
import Testing

/// `beckon schema`, run as a user runs it.
struct SchemaTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/schema.json")

    /// `RECORD_SNAPSHOTS=1` rewrites the golden file and fails, so that a person reads the difference.
    @Test func `the schema is the one that people have seen`() async throws {
        let result = try await Workplace().beckon("schema")
        #expect(result.errors == "")
        #expect(result.status == 0)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data(result.output.utf8).write(to: Self.golden)
            Issue.record("recorded schema.json; read it")
            return
        }
        #expect(result.output == (try String(contentsOf: Self.golden, encoding: .utf8)))
    }

    @Test func `the help teaches how an editor takes the schema`() async throws {
        let help = try await Workplace().beckon("schema", "--help")
        #expect(help.output.hasPrefix("OVERVIEW: Print the JSON Schema of rule files, for editors.\n"))
        #expect(help.output.contains("# yaml-language-server: $schema=../beckon.schema.json\n"))
        #expect(help.output.contains(#""yaml.schemas": { "./beckon.schema.json": ["rules/**/*.yml"] }"#))
        #expect(help.status == 0)
    }

    @Test func `a reader that goes away ends the command quietly`() async throws {
        let result = try await Workplace().shell("beckon schema | head -1")
        #expect(result.output == "{\n")
        #expect(result.errors == "")
    }
}
