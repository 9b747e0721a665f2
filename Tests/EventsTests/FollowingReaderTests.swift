import Events
import Foundation
import Testing

struct FollowingReaderTests {
    @Test func `appended lines come out once they are whole`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2\n3")
        #expect(try follower.read() == ["1:1", "2:2"])
        try follower.folder.append("a", "3\n4\n")
        #expect(try follower.read() == ["3:33", "4:4"])
        #expect(try follower.read() == [])
    }

    @Test func `a reader with a deadline says again that there is nothing, after it has looked`() throws {
        let folder = try TemporaryFolder()
        try folder.create("a", "1\n")
        var polls = 0
        let reader = FollowingReader([folder["a"]], interrupt: try InputInterrupt()) { _ in
            polls += 1
            return false
        }
        func isIdle() throws -> Bool {
            guard case .idle = try reader.next(until: .now) else { return false }
            return true
        }
        #expect(try !isIdle())
        #expect(try isIdle())
        #expect(polls == 0)
        #expect(try isIdle())
        #expect(polls == 1)
        try folder.append("a", "2\n")
        #expect(try !isIdle())
        #expect(polls == 2)
    }

    @Test func `a renamed file is read to its end before the new one is begun`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n")
        #expect(try follower.read() == ["1:1"])
        try follower.folder.append("a", "2\n")
        try follower.folder.rename("a", "a.1")
        #expect(try follower.read() == ["2:2", "gone"])
        try follower.folder.append("a.1", "3\n4")
        #expect(try follower.read() == ["3:3"])
        try follower.folder.create("a", "")
        try follower.folder.append("a.1", "4\n5")
        #expect(try follower.read() == ["4:44"])
        try follower.folder.append("a", "new\n")
        #expect(try follower.read() == ["5:5", "rotated after 5", "1:new"])
    }

    @Test func `a deleted file is complete after a grace in which nothing came`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2")
        #expect(try follower.read() == ["1:1"])
        try follower.folder.delete("a")
        #expect(try follower.read() == ["gone"])
        #expect(try follower.read(polls: FollowingReader.gracePolls - 1) == [])
        #expect(try follower.read() == ["2:2"])
        try follower.folder.create("a", "3\n")
        #expect(try follower.read() == ["appeared", "1:3"])
    }

    @Test func `a file is waited for, and so is its folder`() throws {
        let follower = try Follower("later/a")
        #expect(try follower.read() == ["awaited"])
        #expect(try follower.read() == [])
        try FileManager.default.createDirectory(atPath: follower.folder["later"], withIntermediateDirectories: true)
        #expect(try follower.read() == [])
        try follower.folder.create("later/a", "1\n")
        #expect(try follower.read() == ["appeared", "1:1"])
    }

    @Test(
        arguments: [
            ("", ["cut after 2", "rest unknown after 2"], ["1:n"]),
            ("x\n", ["cut after 2", "rest unknown after 2", "1:x"], ["2:n"]),
            ("x\ny\n", ["cut after 2", "rest unknown after 2", "1:x", "2:y"], ["3:n"]),
            ("x\ny\nz\n", ["cut after 2", "rest unknown after 2", "1:x", "2:y", "3:z"], ["4:n"]),
            ("1\n2\n", [], ["3:n"]),
        ]
    )
    func `content that was replaced in place is read from its start`(
        content: String,
        expected: [String],
        then: [String]
    ) throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2\n")
        #expect(try follower.read() == ["1:1", "2:2"])
        try follower.folder.overwrite("a", content)
        #expect(try follower.read() == expected)
        try follower.folder.append("a", "n\n")
        #expect(try follower.read() == then)
    }

    @Test func `what was copied before it was cut is finished from the copy`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2\n")
        #expect(try follower.read() == ["1:1", "2:2"])
        try follower.folder.append("a", "3\n4\n")
        try follower.folder.copy("a", "a.1")
        try follower.folder.overwrite("a", "new\n")
        #expect(
            try follower.read() == ["cut after 2", "rest in a.1 behind 2", "3:3", "4:4", "rotated after 4", "1:new"]
        )
    }

    @Test func `a line that was begun, taken back and written anew is read as it is now`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2\nhal")
        #expect(try follower.read() == ["1:1", "2:2"])
        try follower.folder.cut("a", to: 4)
        #expect(try follower.read() == [])
        try follower.folder.append("a", "whole\n")
        #expect(try follower.read() == ["3:whole"])
        try follower.folder.append("a", "hal")
        #expect(try follower.read() == [])
        try follower.folder.cut("a", to: 10)
        try follower.folder.append("a", "another line\n")
        #expect(try follower.read() == ["4:another line"])
    }

    @Test func `a file that was written anew with more lines and renamed over the old one is read on`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n2\nhal")
        #expect(try follower.read() == ["1:1", "2:2"])
        try follower.folder.create("b", "1\n2\nhalf\n4\n")
        try follower.folder.rename("b", "a")
        #expect(try follower.read() == ["on after 2", "3:half", "4:4"])
        // One that only looks alike, while the old one is still there, is another file.
        try follower.folder.rename("a", "a.1")
        try follower.folder.create("a", "1\n2\nhalf\n4\n5\n")
        #expect(try follower.read() == ["rotated after 4", "1:1", "2:2", "3:half", "4:4", "5:5"])
    }

    @Test func `a link that is switched is followed`() throws {
        let follower = try Follower()
        try follower.folder.create("x", "1\n")
        try follower.folder.create("y", "2\n")
        try follower.folder.link("a", to: "x")
        #expect(try follower.read() == ["1:1"])
        try follower.folder.append("x", "3\n")
        try follower.folder.link("a", to: "y")
        #expect(try follower.read() == ["2:3", "rotated after 2", "1:2"])
    }

    @Test func `several rotations between two ends lose nothing that was seen`() throws {
        let follower = try Follower()
        try follower.folder.create("a", "1\n")
        #expect(try follower.read() == ["1:1"])
        for name in ["a.1", "a.2", "a.3"] {
            try follower.folder.rename("a", name)
            try follower.folder.create("a", "")
            #expect(try follower.read().filter { !$0.hasPrefix("rotated") } == [])
        }
        try follower.folder.append("a", "2\n")
        #expect(try follower.read().last == "1:2")
    }

    @Test func `what cannot be followed is a problem that says so`() throws {
        let follower = try Follower()
        try follower.folder.create("a", try Gzip.packed(Array("1\n".utf8)))
        let path = follower.folder["a"]
        #expect(throws: InputProblem(input: path, operation: .follow, cause: .gzipFollowed)) { try follower.read() }
        let folder = FollowingReader([follower.folder.path], interrupt: follower.interrupt)
        #expect(throws: InputProblem(input: follower.folder.path, operation: .follow, cause: .directory)) {
            try folder.next()
        }
        let device = FollowingReader(["/dev/null"], interrupt: follower.interrupt)
        let problem = InputProblem(input: "/dev/null", operation: .follow, cause: .notRegular)
        #expect(throws: problem) { try device.next() }
        #expect(
            problem.description == "cannot follow '/dev/null': only files are followed; read it without '--follow'"
        )
    }

    @Test func `what cannot be read is told once and tried again`() throws {
        let follower = try Follower()
        try follower.folder.link("a", to: "a")
        #expect(try follower.read() == ["unreadable"])
        #expect(try follower.read() == [])
        try follower.folder.create("a", "1\n")
        #expect(try follower.read() == ["appeared", "1:1"])
    }

    @Test func `no file keeps the others waiting`() throws {
        let folder = try TemporaryFolder()
        try folder.create("a", String(repeating: "a\n", count: 5000))
        try folder.create("b", "b\n")
        let reader = FollowingReader([folder["a"], folder["b"]], interrupt: try InputInterrupt(), wait: { _ in true })
        var files: [Int] = []
        while case .line(_, let file) = try reader.next() { files.append(file) }
        #expect(files.count == 5001)
        #expect(files.firstIndex(of: 1) == FollowingReader.linesPerTurnMax)
    }

    @Test func `an interrupt ends the wait and every step behind it`() throws {
        let folder = try TemporaryFolder()
        try folder.create("a", "1\n")
        let interrupt = try InputInterrupt()
        let reader = FollowingReader([folder["a"]], pollInterval: .seconds(3600), interrupt: interrupt)
        guard case .line = try reader.next(), case .idle = try reader.next() else {
            Issue.record("the line and the end were expected")
            return
        }
        Thread { interrupt.interrupt() }.start()
        guard case .interrupted = try reader.next(), case .interrupted = try reader.next() else {
            Issue.record("the interrupt was expected")
            return
        }
    }

    @Test func `changes are sentences`() {
        let position = InputPosition(line: 12, offset: 340)
        let kinds: [FollowedChange.Kind] = [
            .awaited, .gone, .rotated(finished: position), .truncated(was: position), .unreadable(EACCES),
            .resumed(at: position, knownAs: "b"), .restFound(sibling: "a.1", from: position),
        ]
        #expect(
            kinds.map { FollowedChange(path: "a", kind: $0).description } == [
                "'a' is not there yet; waiting for it",
                "'a' is gone; waiting for it to come back",
                "'a' was rotated; the old file was read to its end, line 12",
                "'a' was cut or replaced in place after line 12 had been read; it is read from its start",
                "'a' cannot be read (Permission denied); it is tried again until it can",
                "'a' is known as 'b'; reading goes on behind line 12",
                "'a' was rotated; its rest is read first, from 'a.1' behind line 12",
            ]
        )
    }
}
