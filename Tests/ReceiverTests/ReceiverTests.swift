import Events
import Foundation
import ServiceLifecycle
import Testing

@testable import Receiver

/// What a sender sees, over real sockets.
@Suite(.timeLimit(.minutes(10)))
struct ReceiverTests {
    private static let hooks = LiveReceiver.hooks

    private static func line(_ event: String, _ address: String = "") -> String {
        #"{"beckon":1,\#(address)"received":"2026-07-21T06:14:09.123Z","event":\#(event)}"#
    }

    @Test func `the address says what the original does not`() async throws {
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            for (method, rest) in [
                ("POST", "/919999900000/MESSAGE_RECEIVED"), ("PUT", "/%2B919999900000/"), ("PATCH", "/add-tag?x=/y"),
                ("POST", ""),
            ] {
                #expect(await live.exchange(method, Self.hooks + rest, "{\"a\":\r\n1}") == .ok(1))
            }
        }
        #expect(
            sink.lines == [
                Self.line(#"{"a":  1}"#, #""type":"message-received","business":"919999900000","#),
                Self.line(#"{"a":  1}"#, #""business":"919999900000","#),
                Self.line(#"{"a":  1}"#, #""type":"add-tag","#), Self.line(#"{"a":  1}"#),
            ]
        )
    }

    @Test func `each element of a list is an event, and an empty list is none`() async throws {
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            #expect(await live.exchange("POST", Self.hooks, "[{\"a\":1},\n {\"a\":2}, 3]") == .ok(3))
            #expect(await live.exchange("POST", Self.hooks, "[]") == .ok(0))
            #expect(live.receiver.counts() == ReceiverCounts(requests: 2, kept: 3))
        }
        #expect(sink.commits == [[Self.line(#"{"a":1}"#), Self.line(#"{"a":2}"#), Self.line("3")]])
    }

    @Test func `every documented payload decodes from its line as from itself`() async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("EventsTests/Fixtures")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        #expect(names.count > 50)
        var expected: [String] = []
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            var decoder = EventDecoder(format: .auto)
            for name in names.sorted() {
                let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                let flat = text.replacing("\r", with: " ").replacing("\n", with: " ")
                guard case .events(let events) = decoder.decode(flat) else { continue }
                expected += events.map { Self.summary(of: $0, received: "2026-07-21T06:14:09.123Z") }
                let type = events[0].type.uppercased().replacing("-", with: "_")
                #expect(await live.exchange("POST", "\(Self.hooks)/\(type)", text) == .ok(1), "\(name)")
            }
        }
        var decoder = EventDecoder(format: .auto)
        let found = sink.lines.flatMap { line -> [String] in
            guard case .events(let events) = decoder.decode(line) else { return ["\(line) is no event"] }
            return events.map { Self.summary(of: $0, received: "") }
        }
        #expect(found == expected)
    }

    private static func summary(of event: Event, received: String) -> String {
        let parts = [event.type, event.business, event.customer, event.text, event.id, event.agent, event.tag]
        let time = event.time?.iso8601 ?? received
        return parts.map { $0 ?? "-" }.joined(separator: " ") + " \(time) \(event.fields.serialized())"
    }

    @Test func `everything but the right address is answered alike`() async throws {
        let sink = TestSink()
        let wrong = String(LiveReceiver.secret.dropLast()) + "x"
        try await LiveReceiver.running(sink) { live in
            for (method, path) in [
                ("GET", Self.hooks), ("HEAD", Self.hooks), ("DELETE", Self.hooks), ("OPTIONS", "*"), ("GET", "/"),
                ("POST", "/"), ("GET", "/health"), ("POST", "/hooks/\(wrong)"), ("POST", "/hooks/\(wrong)/ADD_TAG"),
                ("POST", "\(Self.hooks)/Nonsense"), ("POST", "\(Self.hooks)x"), ("POST", "/hooks"),
            ] {
                #expect(await live.exchange(method, path, "{}") == .notFound, "\(method) \(path)")
            }
            #expect(live.receiver.counts() == ReceiverCounts(requests: 12, refused: [.notFound: 12]))
        }
        #expect(sink.lines == [])
    }

    @Test func `a body that is no event is refused with a reason and nothing of the body`() async throws {
        let sink = TestSink()
        let log = LogRecord()
        try await LiveReceiver.running(sink, logger: log.logger) { live in
            let empty = #"{"refused":"empty","detail":"the body is empty"}"#
            #expect(await live.exchange("POST", Self.hooks) == .json(400, empty))
            #expect(await live.exchange("POST", Self.hooks, " \n") == .json(400, empty))
            let reason = "not JSON: expected a value at byte 1"
            let refusal = #"{"refused":"not-json","detail":"\#(reason)"}"#
            #expect(await live.exchange("POST", Self.hooks, "personal=data") == .json(400, refusal))
            #expect(live.receiver.counts() == ReceiverCounts(requests: 3, refused: [.empty: 2, .notJSON: 1]))
        }
        #expect(sink.lines == [])
        #expect(!log.lines.isEmpty)
        #expect(log.lines.filter { $0.contains("personal") || $0.contains(LiveReceiver.secret) } == [])
    }

    @Test func `a body up to the limit is kept and one beyond it is not, announced or not`() async throws {
        let sink = TestSink()
        let limits = ReceiverLimits()
        let longest = "\"" + String(repeating: "a", count: limits.bodyBytesMax - 2) + "\""
        let tooLong = WireClient.Answer.json(
            413,
            #"{"refused":"too-long","detail":"the body has more than \#(limits.bodyBytesMax) bytes"}"#,
            ["connection: close"]
        )
        try await LiveReceiver.running(sink) { live in
            let path = "\(Self.hooks)/919999900000/UPDATE_CUSTOMER_CUSTOM_FIELD"
            #expect(await live.exchange("POST", path, longest) == .ok(1))
            #expect(await live.exchange("POST", path, longest + " ") == tooLong)
            #expect(await live.exchange("POST", "/hooks/0123456789abcdef", longest + " ") == .notFound)
            try await WireClient.connected(to: live.address) { client in
                try await client.send("POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                try await client.send(String(longest.utf8.count + 1, radix: 16) + "\r\n" + longest + " \r\n0\r\n\r\n")
                #expect(await client.answer() == tooLong)
            }
            #expect(live.receiver.counts().refused == [.tooLong: 2, .notFound: 1])
        }
        #expect(sink.commits.map(\.count) == [1])
        #expect(sink.lines[0].utf8.count <= LineReader.lineBytesMaxDefault)
    }

    @Test func `a list beyond the limit is refused whole`() async throws {
        let sink = TestSink()
        var limits = ReceiverLimits()
        limits.eventsPerRequestMax = 2
        try await LiveReceiver.running(sink, limits: limits) { live in
            let refusal = #"{"refused":"too-long","detail":"the list has more than 2 elements"}"#
            #expect(await live.exchange("POST", Self.hooks, "[1,2,3]") == .json(413, refusal))
            #expect(await live.exchange("POST", Self.hooks, "[1,2]") == .ok(2))
        }
    }

    @Test func `requests on one connection are answered in turn, also when they come at once`() async throws {
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            try await WireClient.connected(to: live.address) { client in
                for number in 1...5 { try await client.request("POST", Self.hooks, "\(number)") }
                for _ in 1...5 { #expect(await client.answer() == .ok(1)) }
                #expect(await client.exchange("POST", Self.hooks, "") != nil)
                #expect(await client.exchange("POST", Self.hooks, "6") == .ok(1))
            }
        }
        #expect(sink.lines == (1...6).map { Self.line("\($0)") })
    }

    @Test func `a thousand parallel posts are all kept, each once`() async throws {
        let sink = TestSink()
        try await LiveReceiver.running(sink) { live in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<100 {
                    group.addTask {
                        try await WireClient.connected(to: live.address) { wire in
                            for number in 0..<10 {
                                let name = "\(client * 10 + number)"
                                #expect(await wire.exchange("POST", Self.hooks, name) == .ok(1))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(live.receiver.counts() == ReceiverCounts(requests: 1_000, kept: 1_000))
        }
        #expect(sink.lines.sorted() == (0..<1_000).map { Self.line("\($0)") }.sorted())
    }
}
