import Diagnostics
import Foundation
import RuleSyntax
import Testing

@testable import RuleCompiler

/// Lists, inline and from files.
struct ListTests {
    private func compile(_ text: String, in folder: TemporaryFolder? = nil, _ pass: ListPass = ListPass()) -> (
        Draft, [Diagnostic]
    ) {
        let files = RuleFiles.reading([SourceFile(path: "rules/a.yml", text: text)])
        var draft = Draft(files: files, actions: RuleSource.actions, environment: [:])
        if let folder { draft.namedFiles = NamedFiles(relativeTo: folder.path) }
        var diagnostics = files.diagnostics
        SectionPass().run(on: &draft, reporting: &diagnostics)
        pass.run(on: &draft, reporting: &diagnostics)
        return (draft, diagnostics)
    }

    private func folder(_ bytes: [UInt8]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/rules", withIntermediateDirectories: true)
        try folder.write(bytes, to: "rules/vip.txt")
        return folder
    }

    @Test func `inline entries keep their text, their kind and their place`() throws {
        let (draft, diagnostics) = compile(#"lists: { mixed: [refund, "1", 1, 1.50, true, on, +91 99999 00001] }"#)
        #expect(diagnostics == [])
        let list = try #require(draft.lists["mixed"])
        #expect(list.name == "mixed")
        #expect(list.nameSpan.text == "mixed")
        #expect(list.map(\.text) == ["refund", "1", "1", "1.50", "true", "on", "+91 99999 00001"])
        #expect(
            list.map(\.value) == [
                .string("refund"), .string("1"), .integer(1), .number(1.5), .boolean(true), .string("on"),
                .string("+91 99999 00001"),
            ]
        )
        #expect(list.map(\.span.text) == ["refund", "\"1\"", "1", "1.50", "true", "on", "+91 99999 00001"])
    }

    @Test(
        arguments: [
            ("a\nb\n", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("\u{FEFF}a\nb", ["a", "b"]), ("\n\na\n \t\n", ["a"]),
            ("  money back \t\n", ["money back"]), ("\u{A0}a\u{3000}\n\u{2003}पैसे \n", ["a", "पैसे"]),
            ("#gold\n# no comment\n5512\n\"q\"\n- x\n", ["#gold", "# no comment", "5512", "\"q\"", "- x"]),
            ("a\n\u{FEFF}b\n", ["a", "\u{FEFF}b"]), ("a\rb\n", ["a\rb"]), ("a\na\n", ["a", "a"]), ("é", ["é"]),
        ] as [(String, [String])]
    )
    func `a file holds one entry a line, as text and without the white space around it`(
        text: String,
        expected: [String]
    ) throws {
        let (draft, diagnostics) = compile("lists: { vip: { file: vip.txt } }", in: try folder(Array(text.utf8)))
        #expect(diagnostics == [])
        let list = try #require(draft.lists["vip"])
        #expect(list.map(\.text) == expected)
        #expect(list.map(\.value) == expected.map { .string($0) })
        #expect(list.map(\.span.text) == expected)
    }

    @Test func `an entry of a file knows its line`() throws {
        let (draft, _) = compile("lists: { vip: { file: vip.txt } }", in: try folder(Array("a\r\n\r\n  b\nc".utf8)))
        let list = try #require(draft.lists["vip"])
        #expect(list.map(\.span.place) == ["rules/vip.txt:1", "rules/vip.txt:3", "rules/vip.txt:4"])
        #expect(list.map(\.span.start.column) == [1, 3, 1])
    }

    @Test func `an absolute path is taken as it is`() throws {
        let folder = try folder(Array("a".utf8))
        let (draft, diagnostics) = compile("lists: { vip: { file: '\(folder.path)/rules/vip.txt' } }")
        #expect(diagnostics == [])
        #expect(draft.lists["vip"]?.map(\.text) == ["a"])
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0xFF, 0x0A], "R102 rules/vip.txt:2"), ([0xFF, 0xFE, 0x61, 0x00], "R102 rules/vip.txt:1"),
            ([0xC3], "R102 rules/vip.txt:1"), ([0xEF, 0xBB, 0xBF, 0xC0, 0x80], "R102 rules/vip.txt:1"),
            ([], "R205 rules/a.yml:1"), ([0x0A, 0x20], "R205 rules/a.yml:1"),
        ] as [([UInt8], String)]
    )
    func `a file that is no list is told of at its place`(bytes: [UInt8], expected: String) throws {
        let (_, diagnostics) = compile("lists: { vip: { file: vip.txt } }", in: try folder(bytes))
        #expect(diagnostics.map { "\($0.code.rawValue) \($0.primary?.span.place ?? "-")" } == [expected])
    }

    @Test func `a pipe is refused, not waited for`() throws {
        let folder = try folder([])
        try folder.makePipe("rules/pipe")
        let (draft, diagnostics) = compile("lists: { vip: { file: pipe } }", in: folder)
        #expect(diagnostics.map(\.message) == ["'rules/pipe' is a pipe or a device"])
        #expect(draft.lists["vip"] == nil)
        #expect(draft.unusableLists == ["vip"])
    }

    @Test func `links are followed, circles of them are not`() throws {
        let folder = try folder(Array("a".utf8))
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: "\(folder.path)/rules/link", withDestinationPath: "vip.txt")
        try manager.createSymbolicLink(atPath: "\(folder.path)/rules/circle", withDestinationPath: "circle")
        let (draft, diagnostics) = compile("lists: { a: { file: link }, b: { file: circle } }", in: folder)
        #expect(draft.lists["a"]?.map(\.text) == ["a"])
        #expect(diagnostics.map(\.code) == [.unusableFile])
    }

    @Test(
        arguments: [
            ("a\nb\nc\n", []), ("a\nb\n\n\n\nc", []),
            (String(repeating: "\n", count: 40), ["R205 list 'vip' is empty"]),
            ("a\nb\nc\nd", ["R207 'rules/vip.txt' has 4 entries, more than the 3 allowed"]),
            (String(repeating: "\n", count: 41), ["R105 'rules/vip.txt' has 41 bytes, more than the 40 allowed"]),
        ]
    )
    func `a file and its entries have limits`(text: String, expected: [String]) throws {
        let pass = ListPass(fileBytesMax: 40, entriesMax: 3)
        let (_, diagnostics) = compile("lists: { vip: { file: vip.txt } }", in: try folder(Array(text.utf8)), pass)
        #expect(diagnostics.map { "\($0.code.rawValue) \($0.message)" } == expected)
    }

    @Test func `an entry has a limit, and three longer ones are enough to show`() throws {
        func problems(_ text: String) throws -> [String] {
            let (_, diagnostics) = compile("lists: { vip: { file: vip.txt } }", in: try folder(Array(text.utf8)))
            return diagnostics.map { "\($0.code.rawValue) \($0.message)" }
        }
        let entry = String(repeating: "x", count: NamedList.entryBytesMax)
        #expect(try problems("  \(entry)  \n\(entry)") == [])
        #expect(try problems("\(entry)y\n\(entry)") == ["R207 an entry of 4097 bytes, more than the 4096 allowed"])
        #expect(try problems(String(repeating: "\(entry)y\n", count: 9)).count == 3)
    }
}
