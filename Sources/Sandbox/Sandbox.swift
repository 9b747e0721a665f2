import Foundation
import Hummingbird
import HummingbirdCore
public import Listening
public import Logging
import NIOCore
public import ServiceLifecycle

/// A local stand-in for the DoubleTick API.
///
/// It answers the two calls of the Collaborators API as DoubleTick does, partial success and error bodies included,
/// remembers chats and collaborators in memory, and shows them on a page. It listens on loopback only and sends nothing.
/// Calls meet the faults of a ``FaultPlan``; the page and the sandbox's own doors never do.
///
/// ```swift
/// let sandbox = try Sandbox(SandboxConfiguration(seed: SandboxSeed(contentsOf: file)))
/// try await withThrowingTaskGroup { group in
///     group.addTask { try await sandbox.run() }
///     let address = try await sandbox.address()  // http://127.0.0.1:49152
///     …
///     group.cancelAll()
/// }
/// ```
public final class Sandbox: Service {
    private let configuration: SandboxConfiguration
    private let store: SandboxStore
    private let intake: MessageIntake
    private let logger: Logger
    private let readiness = Readiness(ended: SandboxProblem.ended)

    /// Checks the configuration and fills the memory from the seed.
    ///
    /// - Throws: The first thing that the sandbox cannot run with.
    public init(
        _ configuration: SandboxConfiguration,
        logger: Logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
    ) throws(SandboxProblem) {
        guard LoopbackGuard.isLoopback(host: configuration.host) else {
            throw .hostIsNotLoopback(configuration.host)
        }
        guard (0...65_535).contains(configuration.port) else { throw .portOutOfRange(configuration.port) }
        guard !configuration.apiKey.isEmpty else { throw .keyIsEmpty }
        do {
            try configuration.seed.check(limits: configuration.limits)
        } catch {
            throw .seed(error)
        }
        self.configuration = configuration
        self.logger = logger
        store = SandboxStore(
            SandboxState(seed: configuration.seed, limits: configuration.limits),
            pagesMax: configuration.limits.pagesMax
        )
        intake = MessageIntake(
            store: store,
            limits: configuration.limits,
            nowMilliseconds: configuration.nowMilliseconds
        )
    }

    /// Listens and answers until the task is cancelled or its service group shuts down gracefully.
    ///
    /// Runs once. Returns in both cases; what the sandbox remembers stays readable.
    ///
    /// - Throws: ``SandboxProblem/cannotListen(host:port:reason:)``, or what broke the server.
    public func run() async throws {
        var outcome = SandboxProblem.ended
        defer { readiness.settle(.failure(outcome)) }
        do {
            try await application().run()
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

    /// Where the sandbox listens; waits until it does.
    ///
    /// - Throws: Why it does not, if it never will; ``SandboxProblem/ended`` also when the waiting task is cancelled.
    public func address() async throws(SandboxProblem) -> ListeningAddress {
        try await readiness.address()
    }

    /// What the sandbox holds now.
    public func snapshot() -> SandboxSnapshot {
        store.read { $0.snapshot() }
    }

    /// Writes recorded messages into their chats, one JSON object a line.
    ///
    /// Reads the lines as a run with the format `auto` does, takes the customers' messages among the events, and creates the
    /// chats that they name.
    @discardableResult
    public func receive(lines: some Collection<UInt8>) -> SandboxIntake {
        intake.receive(lines: lines)
    }

    /// The server's own messages matter only when something is wrong; where it listens is told by ``address()``.
    private var serverLogger: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    private func application() -> Application<SandboxResponder> {
        let limits = configuration.limits
        // The name could lead elsewhere; the address cannot.
        let host = configuration.host.lowercased() == "localhost" ? "127.0.0.1" : configuration.host
        let responder = SandboxResponder(
            door: APIDoor(
                api: CollaboratorsAPI(
                    key: KeyCheck(configuration.apiKey),
                    createsChats: configuration.createsChats
                ),
                dice: FaultDice(plan: configuration.faults, seed: configuration.faultSeed),
                store: store,
                limits: limits,
                logger: logger
            ),
            intake: intake,
            store: store,
            templates: PageTemplates(),
            writer: PageWriter(
                clock: PageClock(timeZone: configuration.timeZone),
                limits: limits,
                faults: configuration.faults,
                faultSeed: configuration.faultSeed
            ),
            limits: limits,
            slowDelay: configuration.slowDelay,
            clock: configuration.clock,
            run: String(configuration.nowMilliseconds()),
            nowMilliseconds: configuration.nowMilliseconds
        )
        return Application(
            responder: responder,
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port),
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
