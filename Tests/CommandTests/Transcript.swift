import BuiltBeckon
import Foundation
import Testing

/// Commands with what they show and how they end: texts as a person sees them, held against a golden file.
struct Transcript {
    private(set) var text = ""

    /// Runs commands in order, each behind `beckon`.
    init(_ commands: [String], in place: Workplace) async throws {
        for command in commands {
            let result = try await place.shell("set -o pipefail; beckon \(command)")
            text += "$ beckon \(command)\n\(result.output)\(result.errors)status \(result.status)\n\n"
        }
    }

    /// Expects what the golden file says; `RECORD_SNAPSHOTS=1` rewrites it and fails, so that a person reads the difference.
    func expect(_ golden: String) throws {
        let isNarrow = text.split(separator: "\n").allSatisfy {
            $0.hasPrefix("{") || $0.hasPrefix("$") || $0.count <= 120
        }
        #expect(isNarrow)
        let file = BeckonProcess.repository.appendingPathComponent("Tests/CommandTests/Fixtures/\(golden).txt")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(golden).txt; read it")
            return
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }
}

/// A command on a page of the documentation, with what it shows there.
struct PageExample {
    /// The whole command.
    let command: String
    /// What stands below it: stdout and stderr.
    let shown: String

    /// The examples of a page of the reference.
    static func all(on page: String) throws -> [PageExample] {
        let file = BeckonProcess.repository.appendingPathComponent(
            "Sources/beckon/Documentation.docc/Reference/\(page).md"
        )
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```console\n$ ").dropFirst().map {
            let example = $0.components(separatedBy: "```")[0]
            let command = example.prefix { $0 != "\n" }
            return PageExample(command: String(command), shown: String(example.dropFirst(command.count + 1)))
        }
    }
}
