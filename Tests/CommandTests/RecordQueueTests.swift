import Foundation
import Synchronization
import Testing

@testable import beckon

@Suite(.timeLimit(.minutes(10)))
struct RecordQueueTests {
    private static let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1023)

    /// Runs a test with a queue that writes into a pipe.
    private func withPipe(_ body: (RecordQueue, _ reader: FileHandle) async throws -> Void) async throws {
        let pipe = Pipe()
        // A second descriptor of the same pipe, as a file at a path is opened.
        let output = try DataOutput(path: "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)")
        try await body(RecordQueue(output, signals: nil), pipe.fileHandleForReading)
        withExtendedLifetime(pipe) {}
    }

    @Test func `whoever adds never waits, and is told when half of a full queue is written`() async throws {
        try await withPipe { queue, reader in
            var added = 0
            while queue.hasRoom {
                queue.add(Self.line)
                queue.flush()
                added += Self.line.count + 1
            }
            #expect(queue.output.waitingBytes >= RecordQueue.bytesMax)
            #expect(!queue.hasRoom)
            await withCheckedContinuation { continuation in
                queue.listen(room: { continuation.resume() }, end: {})
                Thread.detachNewThread { [added] in
                    var left = added
                    while left > 0 { left -= reader.readData(ofLength: min(left, 1 << 16)).count }
                }
            }
            #expect(queue.hasRoom)
            #expect(queue.output.waitingBytes <= RecordQueue.bytesMax / 2)
            await queue.wait(until: 0)
            #expect(queue.output.waitingBytes == 0)
        }
    }

    @Test func `what was added comes out whole and in order`() async throws {
        try await withPipe { queue, reader in
            for number in 0..<1000 { queue.add(Array("\(number)".utf8)) }
            await queue.wait(until: 0)
            #expect(queue.output.waitingBytes == 0)
            let expected = (0..<1000).map { "\($0)\n" }.joined()
            #expect(reader.readData(ofLength: expected.utf8.count) == Data(expected.utf8))
        }
    }

    @Test func `a disk that is full is told of, and nobody waits for it`() async throws {
        let queue = RecordQueue(try DataOutput(path: "/dev/full"), signals: nil)
        queue.add(Self.line)
        await queue.wait(until: 0)
        // It is told to who begins to listen, too.
        let ended = Mutex(false)
        queue.listen(room: {}, end: { ended.withLock { $0 = true } })
        #expect(ended.withLock { $0 })
        #expect(queue.output.problem == "cannot write to '/dev/full': No space left on device")
        #expect(queue.hasRoom)
    }
}
