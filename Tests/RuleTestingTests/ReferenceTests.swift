import ActionKit
import AddCollaborator
import Diagnostics
import Events
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax
import RuleTesting
import Testing

/// The reference documentation is true and whole: its examples run, and every key of the language has its place in it.
///
/// Tables that the language itself can tell are compared with it. `RECORD_SNAPSHOTS=1` rewrites them and fails, so that a
/// person reads the difference; one after the other, since several tables stand in one page.
@Suite(.serialized) struct ReferenceTests {
    private static let pages = (try? ReferencePage.all()) ?? []
    private static let examples = pages.flatMap(\.examples)

    /// The mappings of which this version reads at least one key.
    private static let shapes = Language.shapes.filter { !$0.built.isEmpty }

    /// Keys without an example under a heading that names them; there should be none.
    private static let keysWithoutExample: Set<KeyUse> = []

    @Test func `the reference has pages and examples`() {
        #expect(Self.pages.count >= 10)
        #expect(Self.examples.count >= 90)
        #expect(Self.pages.contains { $0.files[ReferencePage.directoryFile] != nil })
    }

    // MARK: Examples

    @Test(arguments: examples.filter { $0.mark == nil })
    func `an example has no problem, and its tests pass`(example: ReferencePage.Example) throws {
        let rules = try Rules(example)
        #expect(rules.problems == "", "\(example.place)")
        #expect(rules.report == "", "\(example.place)")
    }

    @Test(arguments: examples.filter { $0.mark == nil })
    func `an example shows a case that fires and one that stays silent`(example: ReferencePage.Example) throws {
        let tests = try Rules(example).tests
        if tests.isEmpty {
            // What a test could not show: how calls are made.
            let uses = KeyUse.all(in: example.text).filter { $0.subject == Language.file.subject }
            #expect(uses.map(\.key) == ["settings"], "\(example.place)")
            return
        }
        #expect(tests.contains { !$0.expected.isEmpty }, "\(example.place)")
        #expect(tests.contains { $0.expected.isEmpty }, "\(example.place)")
    }

    @Test(arguments: examples.filter { $0.mark != nil })
    func `what is wrong with a rule file is told as the page shows it`(example: ReferencePage.Example) throws {
        let rules = try Rules(example)
        #expect(rules.problems + "\n" == example.shown, "\(example.place)")
        #expect(rules.compilation.diagnostics.hasErrors == (example.mark == .refused), "\(example.place)")
    }

    // MARK: Keys

    @Test(arguments: shapes.map(\.subject))
    func `a section lists the keys of its mapping`(subject: String) throws {
        let shape = try #require(Self.shapes.first { $0.subject == subject })
        let rows = shape.built.map { key in
            let fallback = key.isRequired ? "required" : key.fallback.map { "`\($0)`" }
            return row(["`\(key.name)`", key.summary, fallback ?? ""])
        }
        try expectTable(["key", "meaning", "default"], rows, under: shape.heading)
    }

    @Test(arguments: shapes.map(\.subject))
    func `every key has a heading with an example that uses it`(subject: String) throws {
        let shape = try #require(Self.shapes.first { $0.subject == subject })
        let examples = Self.examples.filter { $0.section == shape.heading }.map { example in
            (names: Self.names(in: example.topic), uses: KeyUse.all(in: example.text))
        }
        let missing = shape.built.map { KeyUse(subject: subject, key: $0.name) }.filter { use in
            !examples.contains { $0.names.contains(use.key) && $0.uses.contains(use) }
        }
        let allowed = Self.keysWithoutExample.filter { $0.subject == subject }
        #expect(Set(missing) == allowed)
    }

    @Test func `every key stands in the alphabetical list with its page`() throws {
        let rows = Self.shapes.flatMap { shape in
            let page = Self.pages.first { $0.table(under: shape.heading) != nil }?.name ?? ""
            return shape.built.map { row(["`\($0.name)`", shape.subject, "<doc:\(page)>"]) }
        }
        try expectTable(["key", "of", "page"], rows.sorted(), under: "Alphabetical list")
    }

    @Test func `no heading names a key that does not exist`() throws {
        for page in Self.pages {
            for (section, topic) in page.topics {
                guard let shape = Self.shapes.first(where: { $0.heading == section }) else { continue }
                let unknown = Self.names(in: topic).filter { !shape.keys.contains($0) }
                #expect(unknown == [], "\(page.name): \(section), \(topic)")
            }
        }
    }

    @Test func `no sentence names a key that does not exist`() {
        let keys = Self.shapes.flatMap(\.keys) + AddCollaborator.spec.fields.map(\.name) + [AddCollaborator.spec.id]
        // Reasons look alike: `missing: fields.order`.
        let known = Set(keys + ["missing"])
        var count = 0
        for page in Self.pages {
            for line in page.prose {
                for span in line.matches(of: /`([^`]+)`/) {
                    for match in span.1.matches(of: /\b([a-z][a-z_-]+):[ ]/) {
                        count += 1
                        #expect(known.contains(String(match.1)), "\(page.name): \(line)")
                    }
                }
            }
        }
        #expect(count > 10)
    }

    // MARK: Events

    @Test func `the names of events are listed as the language tells them`() throws {
        let rows = try EventName.allCases.map { name in
            let key = try #require(Language.mappedFormat.key(name.spelling))
            return row(["`\(name.spelling)`", key.summary.replacing(" Give its path in the original.", with: "")])
        }
        try expectTable(["name", "meaning"], rows, under: "Names of an event")
    }

    @Test func `the types of events are listed with the names that they have`() throws {
        let names = EventName.allCases.filter { ![.type, .by, .fields].contains($0) }
        let rows = EventType.known.sorted().map { type in
            func having(_ presence: EventPresence) -> String {
                names.filter { EventType.presence(of: $0, in: type) == presence }.map { "`\($0.spelling)`" }
                    .joined(separator: ", ")
            }
            let isKnown = EventType.presence(of: .type, in: type) != nil
            return row(["`\(type)`", having(.always), isKnown ? having(.sometimes) : "not documented"])
        }
        try expectTable(["type", "always has", "sometimes has"], rows, under: "Types of events")
    }

    // MARK: Links

    @Test func `the index lists every page, and every link leads to one`() throws {
        let folder = ReferencePage.catalogue
        let index = try String(contentsOf: folder.appending(path: "Beckon.md"), encoding: .utf8)
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let names = paths.filter { $0.hasSuffix(".md") && $0 != "Beckon.md" }
            .map { ($0 as NSString).lastPathComponent.replacing(".md", with: "") }
        let listed = index.matches(of: /- <doc:(\w+)>/).map { String($0.1) }
        #expect(listed.sorted() == names.sorted())
        for page in Self.pages {
            let links = page.prose.flatMap { $0.matches(of: /<doc:(\w+)>/).map { String($0.1) } }
            #expect(Set(links).subtracting(names) == [], "\(page.name)")
        }
    }

    // MARK: -

    /// The keys that a heading names.
    private static func names(in heading: String) -> [String] {
        heading.matches(of: /`([a-z_]+)`/).map { String($0.1) }
    }

    private func row(_ cells: [String]) -> String {
        "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
    }

    private func expectTable(_ head: [String], _ rows: [String], under heading: String) throws {
        let table = [row(head), "|" + head.map { _ in "---|" }.joined()] + rows
        let pages = Self.pages.filter { $0.table(under: heading) != nil }
        #expect(pages.count == 1, "\(heading)")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try pages.first?.replaceTable(under: heading, with: table)
            Issue.record("recorded the table under '\(heading)'; read it")
            return
        }
        #expect(pages.first?.table(under: heading) == table)
    }

    /// An example, compiled in a folder with the files that it stands beside, and its tests.
    private struct Rules {
        let compilation: Compilation
        let tests: [RuleTest]
        let problems: String

        init(_ example: ReferencePage.Example) throws {
            let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "beckon-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            for (name, text) in example.files.merging(["rules.yml": example.text], uniquingKeysWith: { $1 }) {
                let file = folder.appending(path: name)
                let parent = file.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            let actions = ActionCatalogue([ActionCatalogue.Entry(AddCollaborator.self)])
            compilation = RuleCompiler(actions: actions).compile(try RuleFiles.read(folder.path))
            let reading = RuleTestReader(compilation, actions: actions).read()
            tests = reading.tests
            problems = TextRenderer.render(
                (compilation.diagnostics + reading.diagnostics).inReadingOrder(),
                usesColor: false
            )
            .replacing(folder.path + "/", with: "")
        }

        /// The reports on all tests that failed.
        var report: String {
            let report = RuleTestReport(directory: compilation.program.directory)
            let failed = tests.map { RuleTestRunner(compilation.program).run($0) }.filter { !$0.passed }
            return failed.flatMap { report.lines($0) }.joined(separator: "\n")
        }
    }
}

extension MappingShape {
    /// The heading under which the reference describes the mapping: `A rule`.
    fileprivate var heading: String { subject.prefix(1).uppercased() + subject.dropFirst() }
}
