import CZlib
import Events
import Foundation
import SeededRandom
import Testing

struct LineReaderTests {
    @Test(
        arguments: [
            ("", []), ("a", ["1:a"]), ("a\n", ["1:a"]), ("a\nb", ["1:a", "2:b"]), ("\n\n", ["1:", "2:"]),
            ("a\r\nb\r\n", ["1:a", "2:b"]), ("a\r\r\n\r", ["1:a\r", "2:"]), ("a\rb\n", ["1:a\rb"]), ("\n", ["1:"]),
        ]
    )
    func `lines end with a line feed, with or without a carriage return`(text: String, expected: [String]) throws {
        let file = try TemporaryFile(Array(text.utf8))
        #expect(try Self.lines(of: LineReader(.file(file.path))) == expected)
    }

    @Test func `many lines over many reads come out whole`() throws {
        var random = SeededGenerator(seed: 7)
        let lines = (0..<20_000).map {
            "\($0) " + String(repeating: "x", count: Int.random(in: 0...300, using: &random))
        }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let expected = lines.enumerated().map { "\($0 + 1):\($1)" }
        let plain = try TemporaryFile(bytes)
        let packed = try TemporaryFile(Gzip.packed(bytes))
        let reader = try LineReader(.file(plain.path))
        #expect(reader.size == bytes.count)
        #expect(try Self.lines(of: reader) == expected)
        #expect(reader.bytesRead == bytes.count)
        #expect(reader.position == InputPosition(line: 20_000, offset: bytes.count))
        #expect(try Self.lines(of: LineReader(.file(packed.path))) == expected)
    }

    @Test func `reading goes on where it stopped, in plain and in gzip files`() throws {
        let bytes = Array((0..<30_000).map { "line \($0)\n" }.joined().utf8)
        for content in [bytes, try Gzip.packed(bytes)] {
            let file = try TemporaryFile(content)
            let first = try LineReader(.file(file.path))
            for _ in 0..<12_345 { _ = try first.next() }
            let second = try LineReader(.file(file.path), from: first.position)
            #expect(try Self.lines(of: second, limit: 2) == ["12346:line 12345", "12347:line 12346"])
            #expect(second.position.offset > first.position.offset)
            let end = InputPosition(line: 30_000, offset: bytes.count)
            #expect(try Self.lines(of: LineReader(.file(file.path), from: end)) == [])
            let beyond = InputPosition(line: 30_001, offset: bytes.count + 1)
            let problem = InputProblem(input: file.path, operation: .read, cause: .endsBefore(offset: bytes.count + 1))
            #expect(throws: problem) { try LineReader(.file(file.path), from: beyond).next() }
        }
    }

    @Test func `a line that is too long is skipped and its head is kept`() throws {
        let long = String(repeating: "y", count: 500_000)
        let file = try TemporaryFile(Array("12345\n123456\n12345\r\n1234567\r\n\(long)\nabc\n\(long)".utf8))
        let reader = try LineReader(.file(file.path), lineBytesMax: 5)
        #expect(
            try Self.lines(of: reader) == [
                "1:12345", "2!12345", "3:12345", "4!12345", "5!yyyyy", "6:abc", "7!yyyyy",
            ]
        )
        #expect(reader.position.offset == reader.bytesRead)
    }

    @Test func `a line that is too long is rejected with the limit`() throws {
        let file = try TemporaryFile(Array(#"{"text":"abc"}"#.utf8))
        let reader = try LineReader(.file(file.path), lineBytesMax: 10)
        let line = try #require(try reader.next())
        var decoder = EventDecoder(format: .auto)
        #expect(summary(of: decoder.decode(line)) == "too-long: the line is longer than 10 bytes")
    }

    @Test func `a line of the default limit is read`() throws {
        let limit = LineReader.lineBytesMaxDefault
        let file = try TemporaryFile(
            Array((String(repeating: "z", count: limit) + "\n" + String(repeating: "z", count: limit + 1)).utf8)
        )
        let reader = try LineReader(.file(file.path))
        #expect(try reader.next()?.isTooLong == false)
        #expect(try reader.next()?.isTooLong == true)
        #expect(try reader.next() == nil)
    }

    @Test func `a line on a pipe comes out before the pipe is closed`() throws {
        let pipe = try TestPipe()
        let reader = try LineReader(.descriptor(pipe.readEnd, name: "pipe"))
        pipe.write("first\nsec")
        #expect(try Self.lines(of: reader, limit: 1) == ["1:first"])
        #expect(!reader.isLineBuffered)
        pipe.write("ond\nthird\nrest")
        #expect(try Self.lines(of: reader, limit: 1) == ["2:second"])
        #expect(reader.isLineBuffered)
        pipe.closeWriteEnd()
        #expect(try Self.lines(of: reader) == ["3:third", "4:rest"])
        #expect(reader.size == nil)
    }

    @Test func `gzip on a pipe is recognised even if its first byte comes alone`() throws {
        let pipe = try TestPipe()
        let packed = try Gzip.packed(Array("a\nb\n".utf8))
        pipe.write(bytes: [packed[0]])
        let reader = try LineReader(.descriptor(pipe.readEnd, name: "pipe"))
        let writer = Thread {
            pipe.write(bytes: Array(packed.dropFirst()))
            pipe.closeWriteEnd()
        }
        writer.start()
        #expect(try Self.lines(of: reader) == ["1:a", "2:b"])
    }

    @Test func `an interrupt from another thread ends a blocked read`() throws {
        let pipe = try TestPipe()
        let interrupt = try InputInterrupt()
        let reader = try LineReader(.descriptor(pipe.readEnd, name: "pipe"), interrupt: interrupt)
        #expect(!interrupt.isInterrupted)
        let thread = Thread { interrupt.interrupt() }
        thread.start()
        #expect(try reader.next() == nil)
        #expect(reader.wasInterrupted)
        for _ in 0..<100_000 { interrupt.interrupt() }
        #expect(try reader.next() == nil)
        #expect(interrupt.wait(upTo: .seconds(3600)))
    }

    @Test(arguments: [false, true])
    func `a line that does not come in time is read on where it was`(isPacked: Bool) throws {
        let pipe = try TestPipe()
        let plain = Array("one\ntwo\n".utf8)
        let bytes = isPacked ? try Gzip.packed(plain) : plain
        let reader = try LineReader(.descriptor(pipe.readEnd, name: "pipe"), interrupt: try InputInterrupt())
        // The deadline has passed already: nothing is waited for, and what is there comes out all the same.
        var found: [String] = []
        for byte in bytes {
            while let line = try reader.next(until: .now) {
                found.append(unsafe String(decoding: line.bytes, as: UTF8.self))
            }
            #expect(reader.wasIdle)
            pipe.write(bytes: [byte])
        }
        pipe.closeWriteEnd()
        while let line = try reader.next(until: .now) {
            found.append(unsafe String(decoding: line.bytes, as: UTF8.self))
        }
        #expect(!reader.wasIdle)
        #expect(found == ["one", "two"])
    }

    @Test func `a pipe that is closed is not taken for interrupted`() throws {
        let pipe = try TestPipe()
        let reader = try LineReader(.descriptor(pipe.readEnd, name: "pipe"), interrupt: try InputInterrupt())
        pipe.closeWriteEnd()
        #expect(try reader.next() == nil)
        #expect(!reader.wasInterrupted)
    }

    @Test func `a file that grows holds its last line back until it is whole`() throws {
        let file = try TemporaryFile(Array("a\nb".utf8))
        let reader = try LineReader(.file(file.path), isFollowing: true)
        #expect(try Self.lines(of: reader) == ["1:a"])
        try file.append("c\nd")
        #expect(try Self.lines(of: reader) == ["2:bc"])
        #expect(reader.position == InputPosition(line: 2, offset: 5))
    }

    @Test(
        arguments: [
            ("\nc\n", ["3:c"], 3), ("\r\nc\n", ["3:c"], 3), ("\n\nc\n", ["3:", "4:c"], 4), ("", [], 2),
            ("x\nc\n", ["2:x", "3:c"], 3), (" \nc\n", ["2: ", "3:c"], 3), ("x", ["2:x"], 2),
        ] as [(String, [String], Int)]
    )
    func `what is written behind a last line without a line feed belongs to it`(
        text: String,
        expected: [String],
        lineCount: Int
    ) throws {
        let file = try TemporaryFile(Array("a\nb".utf8))
        let first = try LineReader(.file(file.path))
        #expect(try Self.lines(of: first) == ["1:a", "2:b"])
        #expect(first.position == InputPosition(line: 2, offset: 3))
        try file.append(text)
        let second = try LineReader(.file(file.path), from: first.position)
        #expect(try Self.lines(of: second) == expected)
        #expect(second.position == InputPosition(line: lineCount, offset: 3 + text.utf8.count))
        let whole = try FileHandle(forReadingFrom: URL(fileURLWithPath: file.path)).readToEnd() ?? Data()
        let packed = try TemporaryFile(Gzip.packed(Array(whole)))
        #expect(try Self.lines(of: LineReader(.file(packed.path), from: first.position)) == expected)
    }

    @Test func `a last line without a line feed can be taken back, and is whole for a later reader`() throws {
        let file = try TemporaryFile(Array("a\nb".utf8))
        let first = try LineReader(.file(file.path))
        #expect(try first.next()?.isEnded == true)
        #expect(!first.takeBackUnendedLine())
        #expect(try first.next()?.isEnded == false)
        #expect(first.takeBackUnendedLine())
        #expect(!first.takeBackUnendedLine())
        #expect(first.position == InputPosition(line: 1, offset: 2))
        let mark = try #require(try first.mark())
        try file.append("c\nd\n")
        let second = try LineReader(.file(file.path))
        #expect(try second.resume(among: [mark]) == mark)
        #expect(try Self.lines(of: second) == ["2:bc", "3:d"])
    }

    @Test func `nothing is taken back of what cannot be written on`() throws {
        let packed = try TemporaryFile(Gzip.packed(Array("a".utf8)))
        let reader = try LineReader(.file(packed.path))
        #expect(try reader.next()?.isEnded == false)
        #expect(!reader.takeBackUnendedLine())
        let pipe = try TestPipe()
        pipe.write("a")
        pipe.closeWriteEnd()
        let piped = try LineReader(.descriptor(pipe.readEnd, name: "pipe"))
        #expect(try piped.next()?.isEnded == false)
        #expect(!piped.takeBackUnendedLine())
    }

    @Test func `gzip members in a row and the zero bytes behind them are one input`() throws {
        let bytes =
            try Gzip.packed(Array("a\nb".utf8)) + Gzip.packed(Array("c\n".utf8)) + [0, 0, 0]
            + Gzip.packed(Array("d".utf8)) + [0]
        let file = try TemporaryFile(bytes)
        #expect(try Self.lines(of: LineReader(.file(file.path))) == ["1:a", "2:bc", "3:d"])
    }

    @Test func `gzip data that are cut or damaged are a problem that names the file`() throws {
        let packed = try Gzip.packed(Array((0..<5000).map { "line \($0)\n" }.joined().utf8))
        let cut = try TemporaryFile(Array(packed.dropLast(9)))
        let header = try TemporaryFile(Array(packed.prefix(4)))
        let followed = try TemporaryFile(packed + Array("garbage".utf8))
        var flipped = packed
        flipped[flipped.count - 6] ^= 0xFF
        let damaged = try TemporaryFile(flipped)
        #expect(Self.problem(cut) == "cannot read '\(cut.path)': the gzip data end too early")
        #expect(Self.problem(header) == "cannot read '\(header.path)': the gzip data end too early")
        #expect(
            Self.problem(followed)
                == "cannot read '\(followed.path)': the gzip data are damaged (incorrect header check)"
        )
        #expect(
            Self.problem(damaged) == "cannot read '\(damaged.path)': the gzip data are damaged (incorrect data check)"
        )
    }

    @Test func `an input that cannot be opened says why at once`() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let missing = "\(folder)/no-such-\(UUID().uuidString)"
        #expect(throws: InputProblem(input: missing, operation: .open, cause: .system(ENOENT))) {
            try LineReader(.file(missing))
        }
        #expect(throws: InputProblem(input: folder, operation: .open, cause: .directory)) {
            try LineReader(.file(folder))
        }
        #expect(throws: InputProblem(input: "gone", operation: .open, cause: .system(EBADF))) {
            try LineReader(.descriptor(99_999, name: "gone"))
        }
        let problem = InputProblem(input: "x.jsonl", operation: .open, cause: .system(ENOENT))
        #expect(problem.description == "cannot open 'x.jsonl': No such file or directory")
        #expect(
            InputProblem(input: "x", operation: .open, cause: .directory).description
                == "cannot open 'x': it is a folder"
        )
    }

    @Test func `an argument of one hyphen is the standard input`() {
        #expect(InputSource(argument: "-") == .standardInput)
        #expect(InputSource(argument: "-").name == "standard input")
        #expect(InputSource(argument: "a.jsonl") == .file("a.jsonl"))
    }

    /// Lines with their numbers, behind an exclamation mark where they are too long.
    private static func lines(of reader: LineReader, limit: Int = .max) throws -> [String] {
        var lines: [String] = []
        while lines.count < limit, let line = try reader.next() {
            let text = unsafe String(decoding: line.bytes, as: UTF8.self)
            lines.append("\(line.number)\(line.isTooLong ? "!" : ":")\(text)")
        }
        return lines
    }

    private static func problem(_ file: TemporaryFile) -> String {
        do {
            _ = try lines(of: LineReader(.file(file.path)))
            return "no problem"
        } catch {
            return String(describing: error)
        }
    }
}
