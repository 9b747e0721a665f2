import Foundation
import Logging
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

@testable import beckon

/// What a run is told of table files that change.
struct TableWatchTests {
    private func write(_ text: String, to path: String, changed seconds: Double) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let date = Date(timeIntervalSince1970: 1_767_000_000 + seconds)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    private func reloading(_ text: String, in folder: String) throws -> TableReloading {
        try write(text, to: "\(folder)/rules.yml", changed: 0)
        return RuleCompiler(actions: ActionCatalogue([])).compile(try RuleFiles.read(folder)).tableReloading
    }

    @Test func `new rows wait until the run asks, a broken file is told of once`() throws {
        let folder = NSTemporaryDirectory() + "beckon-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = "\(folder)/accounts.csv"
        try write("tag,manager\nVIP,asha\n", to: file, changed: 0)
        let tables = "tables: { accounts: { file: accounts.csv, key: tag, by: tag } }"
        let log = CollectedLog()
        let logger = Logger(label: "test") { _ in log }
        let watch = try #require(TableWatch(try reloading(tables, in: folder), logger: logger))
        let start = ContinuousClock.now
        var second = 0
        func check() {
            for _ in 0..<2 {
                second += 1
                watch.check(at: start + .seconds(second))
            }
        }
        check()
        #expect(watch.takeChanges().isEmpty)
        try write("tag,manager\nVIP,ravi\nnew,asha\n", to: file, changed: 1)
        check()
        #expect(watch.takeChanges().mapValues(\.rowCount) == ["accounts": 2])
        #expect(watch.takeChanges().isEmpty)
        try write("tag,manager\nVIP\n", to: file, changed: 2)
        check()
        check()
        #expect(watch.takeChanges().isEmpty)
        #expect(
            log.all == [
                "notice: table 'accounts' was read again; 2 rows",
                "warning: table 'accounts' keeps the rows it had; its file cannot be used: "
                    + "\(file):2: a row of 1 cell in a table of 2 columns",
            ]
        )
    }

    @Test func `without tables there is nothing to watch`() throws {
        let folder = NSTemporaryDirectory() + "beckon-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(TableWatch(try reloading("rules: []", in: folder), logger: Logger(label: "test")) == nil)
    }

    @Test(.timeLimit(.minutes(10))) func `a watch ends when its task is cancelled`() async throws {
        let folder = NSTemporaryDirectory() + "beckon-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write("tag\nVIP\n", to: "\(folder)/a.csv", changed: 0)
        let tables = try reloading("tables: { a: { file: a.csv, key: tag, by: tag } }", in: folder)
        let watch = try #require(TableWatch(tables, logger: Logger(label: "test")))
        await withTaskGroup { group in
            group.addTask { await watch.run() }
            group.cancelAll()
        }
    }
}
