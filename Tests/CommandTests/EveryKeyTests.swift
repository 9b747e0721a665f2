import BuiltBeckon
import Foundation
import RuleCompiler
import Testing

/// One rule file that uses every key of the language.
struct EveryKeyTests {
    private static let folder = BeckonProcess.repository
        .appendingPathComponent("Tests/CommandTests/Fixtures/every-key/rules")

    private func workplace() throws -> Workplace {
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path) {
            files["rules/\(name)"] = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        }
        return try Workplace(files)
    }

    @Test func `every key that is built is in the file`() throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent("everything.yml"), encoding: .utf8)
        // But for the names by which a format of its own maps fields.
        let keys = Set(Language.shapes.filter { $0.subject != Language.mappedFormat.subject }.flatMap(\.keys))
        let missing = try keys.filter { key in
            try Regex("(^|[ {,-])\(key):").anchorsMatchLineEndings().firstMatch(in: text) == nil
        }
        #expect(missing.sorted() == [])
    }

    @Test func `check finds nothing, all its tests pass, and it is in the standard form`() async throws {
        let place = try workplace()
        #expect(try await place.beckon("check").errors == "1 file, 5 rules, 6 tests: no problems\n")
        #expect(try await place.beckon("test").errors == "6 passed, 0 failed\n")
        #expect(try await place.beckon("fmt", "--check").errors == "1 file: in the standard form\n")
    }
}
