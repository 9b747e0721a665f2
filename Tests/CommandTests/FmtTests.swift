import BuiltBeckon
import Foundation
import Testing

/// `beckon fmt` as people, editors and CI use it.
struct FmtTests {
    private static let untidy = "rules:\n- when: {text: refund}  \n  id: a\n  then: []\n"
    private static let tidy = "rules:\n  - id: a\n    when: { text: refund }\n    then: []\n"

    @Test func `files that are not in the standard form are rewritten, the others are left alone`() async throws {
        let place = try Workplace(["rules/a.yml": Self.untidy, "rules/b.yml": Self.tidy])
        let url = place.folder.appendingPathComponent("rules/b.yml")
        let before = try FileManager.default.attributesOfItem(atPath: url.path)[.systemFileNumber] as? Int
        let result = try await place.beckon("fmt")
        #expect(result.errors == "formatted rules/a.yml\n2 files: 1 formatted\n")
        #expect(result.output == "")
        #expect(result.status == 0)
        #expect(try place.read("rules/a.yml") == Self.tidy)
        #expect(try FileManager.default.attributesOfItem(atPath: url.path)[.systemFileNumber] as? Int == before)
        #expect(try await place.beckon("fmt").errors == "2 files: in the standard form\n")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: place.folder.path + "/rules").sorted() == [
                "a.yml", "b.yml",
            ]
        )
    }

    @Test func `check changes nothing and shows the first line that differs`() async throws {
        let place = try Workplace(["rules/a.yml": Self.untidy, "rules/b.yml": Self.tidy])
        let result = try await place.beckon("fmt", "--check")
        #expect(
            result.errors == """
                warning[R110]: 'rules/a.yml' is not in the standard form
                 --> rules/a.yml:2:1
                  |
                2 | - when: {text: refund}
                  | ^^^^^^^^^^^^^^^^^^^^^^^^ the first line that differs
                 ::: the standard form of rules/a.yml:2:1
                  |
                2 |   - id: a
                  | --------- as it should be
                  = help: run 'beckon fmt'

                2 files: 1 not in the standard form

                """
        )
        #expect(result.status == 1)
        #expect(try place.read("rules/a.yml") == Self.untidy)
        #expect(try await place.beckon("fmt", "--check", "rules/b.yml").status == 0)
    }

    @Test func `a secret is hidden in what check shows`() async throws {
        let place = try Workplace(["rules/a.yml": "settings:\n   doubletick: {api_key: abcdefgh}\n"])
        let result = try await place.beckon("fmt", "--check")
        #expect(result.status == 1)
        #expect(!result.errors.contains("abcdefgh"))
    }

    @Test func `one file that is named is formatted alone`() async throws {
        let place = try Workplace(["rules/a.yml": Self.untidy, "rules/b.yml": Self.untidy, "rules/c.yml": "a: ["])
        let result = try await place.beckon("fmt", "rules/b.yml")
        #expect(result.errors == "formatted rules/b.yml\n1 file: 1 formatted\n")
        #expect(result.status == 0)
        #expect(try place.read("rules/a.yml") == Self.untidy)
    }

    @Test func `a file that is no YAML is reported and left as it is`() async throws {
        let place = try Workplace(["rules/a.yml": "rules: [\n", "rules/b.yml": Self.untidy])
        let result = try await place.beckon("fmt")
        #expect(
            result.errors.hasSuffix("formatted rules/b.yml\n2 files: 1 formatted, 1 left as it is\n")
                && result.errors.hasPrefix("error[R103]: not YAML: ")
        )
        #expect(result.status == 1)
        #expect(try place.read("rules/a.yml") == "rules: [\n")
    }

    @Test func `stdin is formatted to stdout`() async throws {
        let place = try Workplace()
        let result = try await place.beckon("fmt", "-", input: Self.untidy)
        #expect(result.output == Self.tidy)
        #expect(result.errors == "")
        #expect(result.status == 0)
        let broken = try await place.beckon("fmt", "-", input: "a: [")
        #expect(broken.output == "")
        #expect(broken.status == 1)
        #expect(try await place.beckon("fmt", "-", "--check", input: Self.tidy).status == 0)
        #expect(try await place.beckon("fmt", "-", "--check", input: Self.untidy).output == "")
        #expect(try await place.beckon("fmt", "-", input: "").output == "")
    }

    @Test func `permissions stay and a link stays a link`() async throws {
        let place = try Workplace(["shared/a.yml": Self.untidy, "rules/own.yml": Self.tidy])
        let files = FileManager.default
        let target = place.folder.appendingPathComponent("shared/a.yml").path
        let link = place.folder.appendingPathComponent("rules/a.yml").path
        try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
        try files.createSymbolicLink(atPath: link, withDestinationPath: "../shared/a.yml")
        let result = try await place.beckon("fmt")
        #expect(result.errors == "formatted rules/a.yml\n2 files: 1 formatted\n")
        #expect(try place.read("shared/a.yml") == Self.tidy)
        #expect(try files.destinationOfSymbolicLink(atPath: link) == "../shared/a.yml")
        #expect(try files.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o640)
    }

    @Test func `a read-only file is left as it is`() async throws {
        let place = try Workplace(["rules/a.yml": Self.untidy])
        let path = place.folder.appendingPathComponent("rules/a.yml").path
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        let result = try await place.beckon("fmt")
        #expect(result.errors == "beckon: 'rules/a.yml' is read-only\n1 file: 1 left as it is\n")
        #expect(result.status == 1)
        #expect(try place.read("rules/a.yml") == Self.untidy)
    }

    /// A limit on the size of files fails a write as a full disk does.
    @Test func `where there is no room nothing is lost and nothing is left behind`() async throws {
        let comments = String(repeating: "# a line of a long comment\n", count: 100)
        let place = try Workplace(["rules/a.yml": comments + Self.untidy])
        let result = try await place.shell("trap '' XFSZ; ulimit -f 1; beckon fmt")
        #expect(result.errors == "beckon: cannot write to 'rules/a.yml': File too large\n1 file: 1 left as it is\n")
        #expect(result.status == 1)
        #expect(try place.read("rules/a.yml") == comments + Self.untidy)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path + "/rules") == ["a.yml"])
    }

    @Test func `a folder without rules does not start or says so`() async throws {
        let place = try Workplace(["empty/readme.txt": ""])
        let missing = try await place.beckon("fmt", "nowhere")
        #expect(missing.errors == "beckon: no rules at 'nowhere': there is no such file or folder\n")
        #expect(missing.status == 2)
        #expect(try await place.beckon("fmt", "empty").status == 1)
    }
}
