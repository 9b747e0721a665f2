import Foundation
import Hummingbird
import HummingbirdCore
public import Listening
public import Logging
import NIOCore
public import ServiceLifecycle

/// Receives DoubleTick's webhooks and answers 200 only when their events are durable.
///
/// `POST /hooks/SECRET/[BUSINESS/][EVENT]` (or `PUT`, or `PATCH`) brings events; everything else is answered with the same
/// 404, so that whoever lacks the secret learns nothing. It speaks plain HTTP: TLS is the business of a proxy in front.
///
/// ```swift
/// let receiver = try Receiver(ReceiverConfiguration(secret: secret, port: 8788), sink: try StreamFile(at: path))
/// try await withThrowingTaskGroup { group in
///     group.addTask { try await receiver.run() }
///     let address = try await receiver.address()  // http://127.0.0.1:8788
///     …
/// }
/// ```
///
/// Nothing logs the secret, a path or a body.
public final class Receiver: Service {
    private let configuration: ReceiverConfiguration
    private let commits: GroupCommit
    private let logger: Logger
    private let tally = ReceiverTally()
    private let readiness = Readiness(ended: ReceiverProblem.ended)

    /// Checks the configuration.
    ///
    /// - Throws: The first thing that the receiver cannot run with.
    public init(
        _ configuration: ReceiverConfiguration,
        sink: any EventSink,
        logger: Logger = Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
    ) throws(ReceiverProblem) {
        guard !configuration.host.isEmpty else { throw .hostIsEmpty }
        guard (0...65_535).contains(configuration.port) else { throw .portOutOfRange(configuration.port) }
        self.configuration = configuration
        self.logger = logger
        commits = GroupCommit(sink: sink, limits: configuration.limits, logger: logger)
    }

    /// Listens and answers until its service group shuts down gracefully or the task is cancelled.
    ///
    /// Runs once. A graceful shutdown finishes the requests under way, their commits included. A cancellation cancels
    /// the sink's commit too: its events are answered with 503 or not at all.
    ///
    /// - Throws: ``ReceiverProblem/cannotListen(host:port:reason:)``, or what broke the server.
    public func run() async throws {
        var outcome = ReceiverProblem.ended
        defer { readiness.settle(.failure(outcome)) }
        do {
            try await withThrowingTaskGroup(of: Void.self) { [commits] group in
                group.addTask { await commits.run() }
                defer { commits.close() }
                try await application().run()
            }
        } catch is CancellationError {
            return
        } catch let error as IOError {
            outcome = .cannotListen(
                host: configuration.host,
                port: configuration.port,
                reason: error.errnoCode == EADDRINUSE ? "something else listens there" : error.localizedDescription
            )
            throw outcome
        }
    }

    /// Where the receiver listens; waits until it does.
    ///
    /// - Throws: Why it does not, if it never will; ``ReceiverProblem/ended`` also when the waiting task is cancelled.
    public func address() async throws(ReceiverProblem) -> ListeningAddress {
        try await readiness.address()
    }

    /// What the receiver did so far.
    public func counts() -> ReceiverCounts {
        tally.counts
    }

    private func application() -> Application<HookResponder> {
        let limits = configuration.limits
        let host = configuration.host.lowercased() == "localhost" ? "127.0.0.1" : configuration.host
        var serverLogger = logger
        serverLogger.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: HookResponder(configuration: configuration, commits: commits, tally: tally, logger: logger),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: TimeAmount(limits.idleDurationMax),
                    httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                        maxHeaderFieldSize: limits.headerBytesMax,
                        maxHeaderListSize: 4 * limits.headerBytesMax,
                        maxHeaderFieldCount: limits.headersMax
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port),
                backlog: limits.backlogMax,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionsMax, logger: serverLogger)
            ),
            onServerRunning: { [readiness] channel in
                let bound = channel.localAddress
                readiness.settle(.success(ListeningAddress(host: bound?.ipAddress ?? host, port: bound?.port ?? 0)))
            },
            logger: serverLogger
        )
    }
}
