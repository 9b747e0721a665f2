import Events
import Foundation
import Listening
import Logging
import ServiceLifecycle
import Testing

@testable import Receiver

/// Senders that go away or dawdle, sinks that fail or hang, and the end.
@Suite(.timeLimit(.minutes(10)))
struct ReceiverTroubleTests {
    private static let hooks = LiveReceiver.hooks
    private static let line = #"{"beckon":1,"received":"2026-07-21T06:14:09.123Z","event":1}"#

    @Test func `a sink that fails is answered with 503, and the next request tries again`() async throws {
        let sink = TestSink(isStaged: true)
        try await LiveReceiver.running(sink) { live in
            sink.end(with: SinkProblem("the disk is full"))
            #expect(await live.exchange("POST", Self.hooks, "1") == .unavailable("not-kept"))
            sink.end()
            #expect(await live.exchange("POST", Self.hooks, "1") == .ok(1))
            #expect(live.receiver.counts() == ReceiverCounts(requests: 2, kept: 1, refused: [.notKept: 1]))
        }
        #expect(sink.lines == [Self.line])
    }

    @Test func `a sink that hangs is answered with 503 in time, and beyond the limit at once`() async throws {
        let sink = TestSink(isStaged: true)
        var limits = ReceiverLimits.patient
        limits.commitDurationMax = .milliseconds(50)
        limits.uncommittedEventsMax = 1
        try await LiveReceiver.running(sink, limits: limits) { live in
            #expect(await live.exchange("POST", Self.hooks, "1") == .unavailable("late"))
            #expect(await live.exchange("POST", Self.hooks, "2") == .unavailable("crowded"))
            #expect(live.receiver.counts() == ReceiverCounts(requests: 2, refused: [.late: 1, .crowded: 1]))
            sink.end()
        }
    }

    @Test func `who goes away before the answer changes nothing for the others`() async throws {
        let sink = TestSink(isStaged: true)
        try await LiveReceiver.running(sink) { live in
            try await WireClient.connected(to: live.address) { client in
                try await client.request("POST", Self.hooks, "1")
                #expect(await sink.nextCommit() == 1)
            }
            try await WireClient.connected(to: live.address) { client in
                try await client.request("POST", Self.hooks, "1")
                sink.end()
                #expect(await sink.nextCommit() == 1)
                sink.end()
                #expect(await client.answer() == .ok(1))
            }
        }
        #expect(sink.lines == [Self.line, Self.line])
    }

    @Test(arguments: ["Content-Length: 10\r\n\r\n1", "Transfer-Encoding: chunked\r\n\r\n1\r\n1\r\n"])
    func `a body that never ends is cut off and not kept`(rest: String) async throws {
        let sink = TestSink()
        var limits = ReceiverLimits.patient
        limits.bodyDurationMax = .seconds(2)  // a busy machine reads the second body within this
        limits.lingerDuration = .milliseconds(10)
        try await LiveReceiver.running(sink, limits: limits) { live in
            try await WireClient.connected(to: live.address) { client in
                try await client.send("POST \(Self.hooks) HTTP/1.1\r\nHost: x\r\n\(rest)")
                _ = await client.rest()
            }
            #expect(await live.exchange("POST", Self.hooks, "1") == .ok(1))
            #expect(live.receiver.counts() == ReceiverCounts(requests: 2, kept: 1, refused: [.cutOff: 1]))
        }
        #expect(sink.lines == [Self.line])
    }

    @Test(arguments: ["Content-Length: 10\r\n\r\n1", "Transfer-Encoding: chunked\r\n\r\n1\r\n1\r\n"])
    func `half a body is not taken for a whole one when its sender goes away`(rest: String) async throws {
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            try await WireClient.connected(to: live.address) { client in
                try await client.send("POST \(Self.hooks) HTTP/1.1\r\nHost: x\r\n\(rest)")
            }
            while live.receiver.counts().refused != [.cutOff: 1] { await Task.yield() }
        }
        #expect(sink.lines == [])
    }

    @Test func `a head that never ends and a connection without requests are closed`() async throws {
        var limits = ReceiverLimits.patient
        limits.idleDurationMax = .milliseconds(50)
        try await LiveReceiver.running(TestSink(), limits: limits) { live in
            for text in ["POST \(Self.hooks) HTTP/1.1\r\nHost:", ""] {
                try await WireClient.connected(to: live.address) { client in
                    // On a slow machine it is closed before the client has come to its first word.
                    try? await client.send(text)
                    #expect(await client.rest() == "")
                }
            }
        }
    }

    @Test func `headers beyond the limits are refused`() async throws {
        try await LiveReceiver.running(TestSink()) { live in
            let long = "POST \(Self.hooks) HTTP/1.1\r\nHost: \(String(repeating: "x", count: 10_000))\r\n\r\n"
            let many = "POST / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n"
            for text in [long, many] {
                try await WireClient.connected(to: live.address) { client in
                    try await client.send(text)
                    #expect(await client.answer()?.status == 400)
                }
            }
        }
    }

    @Test func `the rest of a refused request is not read for long`() async throws {
        var limits = ReceiverLimits.patient
        limits.lingerDuration = .milliseconds(500)
        try await LiveReceiver.running(TestSink(), limits: limits) { live in
            try await WireClient.connected(to: live.address) { client in
                try await client.send("POST /hooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n1")
                #expect(await client.answer() == .notFound)
                #expect(await client.rest() == "")
            }
        }
    }

    @Test func `a stop in the middle of a commit finishes it and answers`() async throws {
        let sink = TestSink(isStaged: true)
        let receiver = try LiveReceiver.make(sink)
        let services = ServiceGroup(
            services: [receiver],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let address = try await receiver.address()
            try await WireClient.connected(to: address) { client in
                try await client.request("POST", Self.hooks, "1")
                #expect(await sink.nextCommit() == 1)
                await services.triggerGracefulShutdown()
                // Nobody is let in any more before the commit ends.
                while (try? await WireClient.connected(to: address, { _ in })) != nil { await Task.yield() }
                sink.end()
                #expect(await client.answer() == .ok(1))
                #expect(await client.rest() == "")
            }
            try await group.waitForAll()
        }
        #expect(sink.lines == [Self.line])
        await #expect(throws: ReceiverProblem.ended) { try await receiver.address() }
    }

    @Test func `no log holds the secret, a path or a body`() async throws {
        let log = LogRecord()
        try await LiveReceiver.running(TestSink(), logger: log.logger) { live in
            _ = await live.exchange("POST", "\(Self.hooks)/919999900000/ADD_TAG", #"{"a":"personal"}"#)
            _ = await live.exchange("POST", "\(Self.hooks)/Nonsense", "{}")
            _ = await live.exchange("GET", "/hooks/wrong-secret-0123")
            #expect(log.lines == ["debug: received business=919999900000 bytes=16 events=1 type=add-tag"])
        }
    }

    @Test func `a configuration that cannot run is refused`() async throws {
        let sink = TestSink()
        #expect(throws: ReceiverProblem.hostIsEmpty) { try LiveReceiver.make(sink, host: "") }
        #expect(throws: ReceiverProblem.portOutOfRange(65_536)) { try LiveReceiver.make(sink, port: 65_536) }
        try await LiveReceiver.running(sink) { live in
            let port = live.address.port
            let second = try LiveReceiver.make(sink, port: port)
            let problem = ReceiverProblem.cannotListen(
                host: "127.0.0.1",
                port: port,
                reason: "something else listens there"
            )
            await #expect(throws: problem) { try await second.run() }
            await #expect(throws: problem) { try await second.address() }
        }
    }
}
