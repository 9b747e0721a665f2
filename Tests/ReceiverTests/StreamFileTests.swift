import Events
import Foundation
import Synchronization
import Testing

@testable import Receiver

struct StreamFileTests {
    private func lines(_ names: String...) -> [ReceivedEvent] {
        names.map { ReceivedEvent($0.utf8, hook: Hook(), received: Instant(milliseconds: 0)) }
    }

    private func line(_ name: String) -> String {
        #"{"beckon":1,"received":"1970-01-01T00:00:00Z","event":\#(name)}"# + "\n"
    }

    /// Runs with the path of a file that is not there, in a folder of its own.
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appendingPathComponent("events.jsonl").path)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func `events are appended in order, with one sync a commit`() async throws {
        try await inFolder { path in
            let syncs = Mutex(0)
            var calls = FileCalls()
            calls.synchronize = { descriptor in
                syncs.withLock { $0 += 1 }
                return FileCalls().synchronize(descriptor)
            }
            let file = try StreamFile(at: path, calls: calls)
            try await file.keep(lines("1", "2"))
            try await file.keep(lines("3"))
            #expect(try text(path) == line("1") + line("2") + line("3"))
            #expect(syncs.withLock { $0 } == 2)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? Int) == 0o600)
        }
    }

    @Test func `half a line that was left is completed before anything follows it`() async throws {
        try await inFolder { path in
            try (line("1") + #"{"beckon":1,"rec"#).write(toFile: path, atomically: false, encoding: .utf8)
            try await StreamFile(at: path).keep(lines("2"))
            #expect(try text(path) == line("1") + #"{"beckon":1,"rec"# + "\n" + line("2"))
        }
    }

    @Test(arguments: ["renamed", "deleted"])
    func `a file that was moved away is opened anew`(fate: String) async throws {
        try await inFolder { path in
            let file = try StreamFile(at: path)
            try await file.keep(lines("1"))
            if fate == "renamed" {
                try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
            try await file.keep(lines("2"))
            #expect(try text(path) == line("2"))
            if fate == "renamed" { #expect(try text(path + ".1") == line("1")) }
        }
    }

    @Test func `what a full disk cut off is taken back, and the next commit goes on`() async throws {
        try await inFolder { path in
            let room = Mutex(80)
            var calls = FileCalls()
            calls.write = { descriptor, bytes in
                let count = room.withLock { room in
                    let count = min(room, bytes.count)
                    room -= count
                    return count
                }
                return count == 0 ? (-1, ENOSPC) : FileCalls().write(descriptor, bytes.prefix(count))
            }
            let file = try StreamFile(at: path, calls: calls)
            try await file.keep(lines("1"))
            await #expect(throws: SinkProblem("cannot write to '\(path)': No space left on device")) {
                try await file.keep(lines("2"))
            }
            #expect(try text(path) == line("1"))
            room.withLock { $0 = 1_000 }
            try await file.keep(lines("3"))
            #expect(try text(path) == line("1") + line("3"))
        }
    }

    @Test func `what could not be synced is taken back`() async throws {
        try await inFolder { path in
            let code = Mutex<Int32>(EIO)
            var calls = FileCalls()
            calls.synchronize = { _ in code.withLock { $0 } }
            let file = try StreamFile(at: path, calls: calls)
            await #expect(throws: SinkProblem("cannot sync '\(path)': Input/output error")) {
                try await file.keep(lines("1"))
            }
            #expect(try text(path) == "")
            code.withLock { $0 = 0 }
            try await file.keep(lines("2"))
            #expect(try text(path) == line("2"))
        }
    }

    @Test func `a second writer is refused while the first one writes`() async throws {
        try await inFolder { path in
            do {
                let first = try StreamFile(at: path)
                let problem = #expect(throws: StreamFileProblem.self) { try StreamFile(at: path) }
                #expect(
                    problem?.description
                        == "cannot append to '\(path)': another process writes to it; end that one or name another file"
                )
                try await first.keep(lines("1"))
            }
            try await onceFree(path).keep(lines("2"))
            #expect(try text(path) == line("1") + line("2"))
        }
    }

    /// Opens a file that was let go of: a process that another test is starting has its lock too, until it is another program.
    private func onceFree(_ path: String) async throws -> StreamFile {
        while true {
            do throws(StreamFileProblem) {
                return try StreamFile(at: path)
            } catch {
                guard error.cause == .inUse else { throw error }
                await Task.yield()
            }
        }
    }

    @Test func `what cannot be appended to is refused at once`() async throws {
        try await inFolder { path in
            let folder = (path as NSString).deletingLastPathComponent
            #expect(throws: StreamFileProblem(path: folder, cause: .notAFile)) { try StreamFile(at: folder) }
            #expect(throws: StreamFileProblem(path: "/dev/null", cause: .notAFile)) { try StreamFile(at: "/dev/null") }
            let missing = "\(path)/events.jsonl"
            #expect(throws: StreamFileProblem(path: missing, cause: .open(ENOENT))) { try StreamFile(at: missing) }
        }
    }
}
