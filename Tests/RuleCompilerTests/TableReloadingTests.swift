import Diagnostics
import Events
import Foundation
import RuleEngine
import RuleSyntax
import Testing

@testable import RuleCompiler

/// Tables whose files change while rules run.
struct TableReloadingTests {
    /// A table in a folder, the rules that name it, and a clock that stands until it is moved.
    private final class Rig {
        let folder: TemporaryFolder
        var reloading: TableReloading
        private let start = ContinuousClock.now
        private var elapsed = Duration.zero

        init() throws {
            folder = try TemporaryFolder()
            try folder.write("tag,manager\nVIP,asha\n", to: "accounts.csv")
            let text = "tables: { accounts: { file: accounts.csv, key: tag, by: tag } }"
            let files = RuleFiles.reading([SourceFile(path: "rules.yml", text: text)])
            let compiler = RuleCompiler(actions: RuleSource.actions, namedFiles: NamedFiles(relativeTo: folder.path))
            reloading = compiler.compile(files).tableReloading
        }

        /// What a check finds after a while, as one text.
        func check(after pause: Duration = .seconds(1)) -> [String] {
            elapsed += pause
            return reloading.check(at: start + elapsed).map { change in
                switch change {
                case .replaced(let table):
                    "\(table.name): \(table.rowCount), VIP is \(manager(in: table) ?? "-")"
                case .kept(let table, let reason): "\(table) kept: \(reason)"
                }
            }
        }

        private func manager(in table: LookupTable) -> String? {
            var decoder = EventDecoder(format: .plain)
            guard case .events(let events) = decoder.decode(#"{"type":"add-tag","tag":"VIP"}"#) else { return nil }
            return events.first.flatMap { table.value(column: "manager", for: $0) }
        }

        func write(_ text: String, changed seconds: Int) throws {
            try folder.write(text, to: "accounts.csv", changed: seconds)
        }
    }

    @Test func `a file that does not change is never read again`() throws {
        let rig = try Rig()
        for _ in 0..<5 { #expect(rig.check() == []) }
    }

    @Test func `a changed file is read once it looks the same for a second`() throws {
        let rig = try Rig()
        try rig.write("tag,manager\nVIP,ravi\n", changed: 1)
        #expect(rig.check() == [])
        #expect(rig.check() == ["accounts: 1, VIP is ravi"])
        #expect(rig.check() == [])
    }

    @Test func `checks that follow too soon look at nothing`() throws {
        let rig = try Rig()
        try rig.write("tag,manager\nVIP,ravi\n", changed: 1)
        #expect(rig.check() == [])
        for _ in 0..<9 { #expect(rig.check(after: .milliseconds(100)) == []) }
        #expect(rig.check(after: .milliseconds(100)) == ["accounts: 1, VIP is ravi"])
    }

    @Test func `a file is not read while it is being written`() throws {
        let rig = try Rig()
        let steps = ["", "tag,man", "tag,manager\nVIP,r", "tag,manager\nVIP,ravi\nnew,asha\n"]
        for (second, step) in steps.enumerated() {
            try rig.write(step, changed: second + 1)
            #expect(rig.check() == [])
        }
        #expect(rig.check() == ["accounts: 2, VIP is ravi"])
    }

    @Test func `a change that leaves the size is noticed by the time, one that leaves the time by the size`() throws {
        let rig = try Rig()
        try rig.write("tag,manager\nVIP,ravi\n", changed: 1)
        #expect(rig.check() + rig.check() == ["accounts: 1, VIP is ravi"])
        try rig.write("tag,manager\nVIP,meera\n", changed: 1)
        #expect(rig.check() + rig.check() == ["accounts: 1, VIP is meera"])
    }

    @Test func `another file moved to the path is noticed though size and time are the same`() throws {
        let rig = try Rig()
        try rig.folder.write("tag,manager\nVIP,ravi\n", to: "new.csv")
        let manager = FileManager.default
        try manager.moveItem(atPath: "\(rig.folder.path)/accounts.csv", toPath: "\(rig.folder.path)/old.csv")
        try manager.moveItem(atPath: "\(rig.folder.path)/new.csv", toPath: "\(rig.folder.path)/accounts.csv")
        #expect(rig.check() + rig.check() == ["accounts: 1, VIP is ravi"])
    }

    @Test(
        arguments: [
            ("", "rules.yml:1: 'accounts.csv' is empty"),
            ("tag,manager\nVIP\n", "accounts.csv:2: a row of 1 cell in a table of 2 columns"),
            ("tag,manager\nVIP,a\nVIP,b\nVIP,c\n", "accounts.csv:3: 'VIP' has two rows (and 1 more)"),
            ("tags,manager\nVIP,a\n", "rules.yml:1: 'accounts.csv' has no column 'tag'"),
            ("tag,owner\nVIP,a\n", "'accounts.csv' has lost its column 'manager'"),
            ("tag;manager\nVIP;a\n", "accounts.csv:1: 'accounts.csv' separates its cells by ';', not by commas"),
        ]
    )
    func `a broken file keeps the rows, is told of once, and is read when it is whole`(
        text: String,
        reason: String
    ) throws {
        let rig = try Rig()
        try rig.write(text, changed: 1)
        #expect(rig.check() == [])
        #expect(rig.check() == ["accounts kept: \(reason)"])
        for _ in 0..<3 { #expect(rig.check() == []) }
        try rig.write("owner,manager,tag\n,ravi,VIP\n", changed: 2)
        #expect(rig.check() + rig.check() == ["accounts: 1, VIP is ravi"])
    }

    @Test func `a file that has gone keeps the rows, is told of once, and is read when it is back`() throws {
        let rig = try Rig()
        try rig.folder.remove("accounts.csv")
        #expect(rig.check() == [])
        #expect(rig.check() == ["accounts kept: rules.yml:1: no file 'accounts.csv'"])
        #expect(rig.check() == [])
        try rig.write("tag,manager\nVIP,ravi\n", changed: 3)
        #expect(rig.check() + rig.check() == ["accounts: 1, VIP is ravi"])
    }

    @Test func `a file that is gone for a moment only is nothing to tell`() throws {
        let rig = try Rig()
        let manager = FileManager.default
        try manager.moveItem(atPath: "\(rig.folder.path)/accounts.csv", toPath: "\(rig.folder.path)/old.csv")
        #expect(rig.check() == [])
        try manager.moveItem(atPath: "\(rig.folder.path)/old.csv", toPath: "\(rig.folder.path)/accounts.csv")
        for _ in 0..<3 { #expect(rig.check() == []) }
    }

    @Test func `a folder or a pipe in place of the file keeps the rows`() throws {
        let rig = try Rig()
        try rig.folder.remove("accounts.csv")
        try rig.folder.makePipe("accounts.csv")
        #expect(rig.check() + rig.check() == ["accounts kept: rules.yml:1: 'accounts.csv' is a pipe or a device"])
    }

    @Test func `a table without rows is a table`() throws {
        let rig = try Rig()
        try rig.write("tag,manager\n", changed: 1)
        #expect(rig.check() + rig.check() == ["accounts: 0, VIP is -"])
    }
}
