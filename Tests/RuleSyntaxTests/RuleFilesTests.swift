import Diagnostics
import Foundation
import RuleSyntax
import Testing

/// Reading folders, on a real one.
@Suite(.timeLimit(.minutes(10)))
final class RuleFilesTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rule-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func write(_ path: String, _ text: String = "rules: []\n") throws {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: url, atomically: false, encoding: .utf8)
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: path).path,
            withDestinationPath: target
        )
    }

    /// The paths of the files that were read, relative to the folder.
    private func paths(_ files: RuleFiles) -> [String] {
        files.files.map { $0.file.path.replacing(folder.path + "/", with: "") }
    }

    private func messages(_ files: RuleFiles) -> [String] {
        files.diagnostics.map { "\($0.code.rawValue) \($0.message.replacing(folder.path + "/", with: ""))" }
    }

    @Test func `files are read in the order of their paths, with sub-folders and without hidden ones`() throws {
        for path in [
            "b.yml", "a.yaml", "b/a.yml", "b/c/d.yml", "B.yml", "z.txt", "a.yml.bak", ".hidden.yml", ".git/x.yml",
            "b/.y.yml", "10.yml", "9.yml",
        ] { try write(path) }
        let files = try RuleFiles.read(folder.path)
        #expect(paths(files) == ["10.yml", "9.yml", "B.yml", "a.yaml", "b.yml", "b/a.yml", "b/c/d.yml"])
        #expect(messages(files) == [])
        #expect(files.namedFile == nil)
    }

    @Test func `a single file loads its folder as context`() throws {
        try write("a.yml")
        try write("b.yml")
        let named = folder.appending(path: "b.yml").path
        let files = try RuleFiles.read(named)
        #expect(paths(files) == ["a.yml", "b.yml"])
        #expect(files.namedFile == named)
    }

    @Test func `a single file with another ending is read beside its folder`() throws {
        try write("a.yml")
        try write("b.txt")
        let files = try RuleFiles.read(folder.appending(path: "b.txt").path)
        #expect(paths(files) == ["a.yml", "b.txt"])
    }

    @Test func `a folder without a rule file is told of`() throws {
        try write("notes.txt")
        #expect(messages(try RuleFiles.read(folder.path)).map { $0.prefix(4) } == ["R109"])
    }

    @Test func `nothing at a path is a problem of the world`() {
        let path = folder.appending(path: "nowhere").path
        #expect(throws: RuleFilesProblem.missing(path)) { try RuleFiles.read(path) }
    }

    @Test func `links that lead back are not followed`() throws {
        try write("a.yml")
        try write("b/c.yml")
        try link("b/back", to: "..")
        try link("b/self", to: "self")
        try link("loop.yml", to: "loop.yml")
        let files = try RuleFiles.read(folder.path)
        #expect(paths(files) == ["a.yml", "b/c.yml"])
        #expect(messages(files) == ["R101 'loop.yml' cannot be read"])
    }

    @Test func `a link to a file is read under its own name, a dangling one is told of`() throws {
        try write("a.yml")
        try link("b.yml", to: "a.yml")
        try link("c.yml", to: "nowhere.yml")
        let files = try RuleFiles.read(folder.path)
        #expect(paths(files) == ["a.yml", "b.yml"])
        #expect(messages(files) == ["R101 'c.yml' cannot be read"])
    }

    @Test func `a link to the rules folder itself is followed`() throws {
        try write("real/a.yml")
        try link("rules", to: "real")
        #expect(paths(try RuleFiles.read(folder.appending(path: "rules").path)) == ["rules/a.yml"])
    }

    @Test func `a folder named like a file is a folder`() throws {
        try write("a.yml/b.yml")
        #expect(paths(try RuleFiles.read(folder.path)) == ["a.yml/b.yml"])
    }

    @Test func `a pipe named like a file is told of and not waited for`() throws {
        try write("a.yml")
        let pipe = folder.appending(path: "x.yml").path
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        let files = try RuleFiles.read(folder.path)
        #expect(paths(files) == ["a.yml"])
        #expect(messages(files) == ["R101 'x.yml' cannot be read"])
        #expect(messages(try RuleFiles.read(pipe)) == ["R101 'x.yml' cannot be read"])
    }

    @Test(.enabled(if: geteuid() != 0, "nothing is unreadable for the superuser"))
    func `a file that may not be read is told of`() throws {
        try write("a.yml")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0],
            ofItemAtPath: folder.appending(path: "a.yml").path
        )
        #expect(messages(try RuleFiles.read(folder.path)) == ["R101 'a.yml' cannot be read"])
    }

    @Test func `a file up to the limit is read, a larger one is not`() throws {
        let limit = YAMLReader.Limits.fileBytesMax
        try write("a.yml", "#" + String(repeating: "x", count: limit - 1))
        try write("b.yml", "#" + String(repeating: "x", count: limit))
        let files = try RuleFiles.read(folder.path)
        #expect(paths(files) == ["a.yml"])
        #expect(messages(files) == ["R105 'b.yml' has 8388609 bytes, more than the 8388608 allowed"])
    }

    @Test func `one bad file does not keep the others from being read`() throws {
        try write("a.yml", "rules: [\n")
        try write("b.yml", "tests: []\n")
        let files = try RuleFiles.read(folder.path)
        #expect(files.files.map { $0.root != nil } == [false, true])
        #expect(files.diagnostics.map(\.code) == [.yamlSyntax])
    }

    @Test func `a slash at the end of a folder does not matter`() throws {
        try write("a.yml")
        #expect(paths(try RuleFiles.read(folder.path + "/")) == ["a.yml"])
    }
}
