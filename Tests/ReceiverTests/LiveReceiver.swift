import Events
import Listening
import Logging
import Synchronization

@testable import Receiver

/// A receiver that listens on a loopback socket.
struct LiveReceiver {
    static let secret = "0123456789abcdef-secret"
    static let hooks = "/hooks/\(secret)"

    let receiver: Receiver
    let address: ListeningAddress

    /// Runs a receiver for as long as the body does.
    static func running<Result: Sendable>(
        _ sink: any EventSink,
        limits: ReceiverLimits = .patient,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (LiveReceiver) async throws -> Result
    ) async throws -> Result {
        let receiver = try make(sink, limits: limits, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await receiver.run() }
            let result = try await body(LiveReceiver(receiver: receiver, address: try await receiver.address()))
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }

    /// A receiver at 2026-07-21T06:14:09.123Z.
    static func make(
        _ sink: any EventSink,
        limits: ReceiverLimits = .patient,
        host: String = "127.0.0.1",
        port: Int = 0,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) throws -> Receiver {
        let configuration = ReceiverConfiguration(
            secret: try HookSecret(secret),
            host: host,
            port: port,
            limits: limits,
            now: { Instant(milliseconds: 1_784_614_449_123) }
        )
        return try Receiver(configuration, sink: sink, logger: logger)
    }

    /// Sends one request on a connection of its own.
    func exchange(_ method: String, _ path: String, _ body: String = "") async -> WireClient.Answer? {
        try? await WireClient.connected(to: address) { await $0.exchange(method, path, body) }
    }
}

extension ReceiverLimits {
    /// Waits as long as a busy machine may need; tests of what comes too late set their own.
    static var patient: ReceiverLimits {
        var limits = ReceiverLimits()
        (limits.bodyDurationMax, limits.commitDurationMax) = (.seconds(600), .seconds(600))
        return limits
    }
}

extension WireClient.Answer {
    /// What everybody without the secret is told.
    static let notFound = Self(404, ["connection: close", "content-length: 0"])

    static func ok(_ kept: Int) -> Self { json(200, #"{"kept":\#(kept)}"#) }

    static func json(_ status: Int, _ body: String, _ headers: [String] = []) -> Self {
        Self(
            status,
            (headers + ["content-type: application/json", "content-length: \(body.utf8.count)"]).sorted(),
            body
        )
    }

    static func unavailable(_ cause: String) -> Self {
        json(503, #"{"refused":"\#(cause)"}"#, ["retry-after: 10"])
    }
}

/// Keeps what is logged.
final class LogRecord: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Recorder(record: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Recorder: LogHandler {
        let record: LogRecord
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            record.state.withLock { $0.append("\(event.level): \(event.message)\(pairs)") }
        }
    }
}
