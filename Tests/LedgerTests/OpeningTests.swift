import Events
import Foundation
import GRDB
import Testing

@testable import Ledger

/// What is found in a state folder is used, refused or put aside, and never lost.
struct OpeningTests {
    private let state = TemporaryState()

    private func problem(_ open: (StateFolder) throws -> Ledger = { try Ledger.open($0) }) -> LedgerProblem.Cause? {
        do {
            _ = try open(state.folder)
            return nil
        } catch {
            guard var cause = (error as? LedgerProblem)?.cause else { return nil }
            if case .damaged(let words, let aside?) = cause {
                cause = .damaged(words, putAside: aside.replacing(/-[0-9TZ-]+Z/, with: ""))
            }
            return cause
        }
    }

    private var aside: String { state.folder.ledgerPath + ".damaged" }

    /// Fills a ledger with so many jobs and leaves it in good order.
    private func fill(_ count: Int = 400) throws {
        let ledger = try Ledger.open(state.folder)
        for number in 0..<count { try ledger.take(.oneJob(event: "m\(number)"), now: .noon) }
    }

    @Test func `what it makes is for its owner only`() throws {
        let mask = umask(0)
        defer { umask(mask) }
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        let names = ["", "/lock", "/ledger.sqlite", "/ledger.sqlite-wal", "/ledger.sqlite-shm"]
        #expect(try names.map { try state.permissions($0) } == [0o700, 0o600, 0o600, 0o600, 0o600])
        #expect(try state.files() == [".gitignore", "ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal", "lock"])
    }

    @Test func `a second run is told who has it, and others may read and write beside it`() throws {
        let ledger = try Ledger.open(state.folder)
        #expect(problem() == .inUse(process: ProcessInfo.processInfo.processIdentifier))
        #expect(state.folder.holder == ProcessInfo.processInfo.processIdentifier)
        try Ledger.openBeside(state.folder).take(.oneJob(), now: .noon)
        #expect(try Ledger.openForReading(state.folder).lines("SELECT id FROM job") == ["m1/refund/0"])
        #expect(ledger.openCount == 0)
        try ledger.recount()
        #expect(ledger.openCount == 1)
    }

    @Test func `when a run has ended, the next one gets the folder`() throws {
        do { _ = try Ledger.open(state.folder) }
        #expect(state.folder.holder == nil)
        #expect(problem() == nil)
    }

    @Test func `an empty file becomes a ledger`() throws {
        try state.write(Data())
        #expect(problem() == nil)
    }

    @Test func `a folder that is a file is refused`() throws {
        let parent = URL(fileURLWithPath: state.path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: state.path))
        #expect(problem() == .system("it is a file, and must be a folder"))
    }

    @Test func `where there is none, nothing is made for those who only look`() {
        #expect(problem { try Ledger.openForReading($0) } == .missing)
        #expect(problem { try Ledger.openBeside($0) } == .missing)
        #expect(!FileManager.default.fileExists(atPath: state.path))
    }

    @Test func `a database of others is refused and left as it is`() throws {
        try FileManager.default.createDirectory(atPath: state.path, withIntermediateDirectories: true)
        do {
            let other = try DatabaseQueue(path: state.folder.ledgerPath)
            try other.write { try $0.execute(sql: "CREATE TABLE note(text)") }
        }
        let bytes = try state.read()
        #expect(problem() == .foreign)
        #expect(problem { try Ledger.openForReading($0) } == .foreign)
        #expect(try state.read() == bytes)
    }

    @Test func `a newer ledger is refused`() throws {
        try fill(1)
        try Ledger.openBeside(state.folder).change("PRAGMA user_version = 7")
        #expect(problem() == .newer(version: 7, known: Schema.version))
        #expect(
            LedgerProblem(path: "s", cause: .newer(version: 7, known: 1)).description == """
                the state in 's' was written by a newer Beckon (its version is 7, this one knows 1); \
                use that one, or name another folder with --state
                """
        )
    }

    @Test(arguments: ["\0", "note to myself, not a database\n"])
    func `a file that is no database is put aside`(piece: String) throws {
        let bytes = Data(String(repeating: piece, count: 300).utf8)
        try state.write(bytes)
        #expect(problem() == .damaged("the file is not a database", putAside: aside))
        #expect(try state.files() == [".gitignore", "ledger.sqlite.damaged", "lock"].filter { $0 != ".gitignore" })
        #expect(problem() == nil)
    }

    @Test func `a truncated file is put aside`() throws {
        try fill()
        let bytes = try state.read()
        try state.write(bytes.prefix(bytes.count / 2))
        #expect(problem() == .damaged("database disk image is malformed", putAside: aside))
        #expect(try state.files().contains("ledger.sqlite.damaged"))
    }

    @Test func `a file with a page of rubbish is put aside, and its log with it`() throws {
        try fill()
        let running = try Ledger.open(state.folder)
        try running.take(.oneJob(event: "late"), now: .noon)
        let killed = try state.copy()
        var bytes = try killed.read()
        let log = try killed.read("-wal")
        for place in bytes.indices where place >= 3 * 4096 && place < 40 * 4096 { bytes[place] = 0xA5 }
        try killed.write(bytes)
        let error = #expect(throws: LedgerProblem.self) { try Ledger.open(killed.folder) }
        guard case .damaged(_, let aside?)? = error?.cause else {
            Issue.record("it was not put aside: \(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: aside + "-wal")) == log)
        #expect(!killed.folder.holdsLedger)
    }

    @Test func `a log without its file is put aside, since SQLite would delete it`() throws {
        let running = try Ledger.open(state.folder)
        try running.take(.oneJob(), now: .noon)
        let killed = try state.copy()
        try killed.write(Data())
        let log = try killed.read("-wal")
        #expect(throws: LedgerProblem.self) { try Ledger.openForReading(killed.folder) }
        #expect(try killed.read("-wal") == log)
        #expect(throws: LedgerProblem.self) { try Ledger.openBeside(killed.folder) }
        #expect(try killed.read("-wal") == log)
    }

    @Test func `what a killed process left in its log is there`() throws {
        let running = try Ledger.open(state.folder)
        try running.take(.oneJob(), now: .noon)
        let killed = try state.copy()
        #expect(try Ledger.open(killed.folder).openCount == 1)
    }

    @Test func `damage that shows later is reported, and nothing is put aside under those who work with it`() throws {
        try fill()
        let ledger = try Ledger.open(state.folder)
        var bytes = try state.read()
        for place in bytes.indices where place >= 3 * 4096 { bytes[place] = 0xA5 }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: state.folder.ledgerPath))
        try handle.write(contentsOf: bytes)
        try ledger.change("PRAGMA shrink_memory")
        let error = #expect(throws: LedgerProblem.self) { try ledger.take(.oneJob(event: "late"), now: .noon) }
        #expect(error?.cause == .damaged("database disk image is malformed", putAside: nil))
        #expect(state.folder.holdsLedger)
    }

    @Test(arguments: [false, true])
    func `what would be written into a file that was deleted or replaced is refused`(isReplaced: Bool) throws {
        let ledger = try Ledger.open(state.folder)
        try ledger.take(.oneJob(), now: .noon)
        try FileManager.default.removeItem(atPath: state.folder.ledgerPath)
        if isReplaced { try state.write(Data()) }
        #expect(throws: LedgerProblem(path: state.path, cause: .gone)) {
            try ledger.take(.oneJob(event: "m2"), now: .noon)
        }
    }

    @Test func `somebody who keeps it locked is waited for, and then reported`() throws {
        #expect(
            LedgerProblem(path: "s", error: DatabaseError(resultCode: .SQLITE_BUSY)).description
                == "the state in 's' has been locked by another process for too long"
        )
    }

    @Test(.enabled(if: geteuid() != 0, "for the superuser nothing is read-only"))
    func `a folder that may not be written to is reported`() throws {
        try fill(1)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: state.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: state.path) }
        #expect(problem() == .readOnly)
    }
}
