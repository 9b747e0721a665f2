import ArgumentParser
import Delivery
import Events
import Foundation
import Ledger
import Logging
import Receiver
import RuleCompiler
import ServiceLifecycle

/// Receives DoubleTick's webhooks and feeds the rules with them.
struct Listen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Receive DoubleTick's webhooks, decide by the rules, and perform the jobs.",
        discussion: """
            Receives POST /hooks/SECRET/[BUSINESS/][EVENT], answers 200 once the event \
            is safe on disk, and 404 to whoever does not know the secret. It speaks plain \
            HTTP on this machine alone: put it behind a proxy that speaks TLS. With --to \
            it decides nothing and only writes the stream, for 'beckon run --follow'.

            EXAMPLES
              export BECKON_LISTEN_SECRET=$(openssl rand -hex 24)
              beckon listen
              beckon listen --port 9000 --to events.jsonl
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(help: "The address to listen on; 127.0.0.1 is this machine alone.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes any that is free.")
    var port = 8788

    @Option(help: ArgumentHelp("Where the secret part of the address is: env:NAME or file:PATH.", valueName: "place"))
    var secret = "env:BECKON_LISTEN_SECRET"

    @Option(help: ArgumentHelp("Only append the events to this file.", valueName: "file"))
    var to: String?

    @Option(help: ArgumentHelp("Append events that cannot be read to this file, as they came.", valueName: "file"))
    var rejects: String?

    @Option(help: ArgumentHelp("Where to write the records; - is stdout.", valueName: "file"))
    var output = "-"

    @OptionGroup var state: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let secret = try hookSecret()
        if let to {
            guard rejects == nil, output == "-", state.state == nil else {
                throw CannotStart(
                    "--rejects, --output and --state belong to the run that reads '\(to)'; leave them out with --to"
                )
            }
            try await receive(secret, into: streamFile(to))
        } else {
            try await decide(secret)
        }
    }

    private func hookSecret() throws -> HookSecret {
        guard let source = SecretSource(written: secret) else {
            throw CannotStart("--secret takes the place of the secret, not the secret itself: env:NAME or file:PATH")
        }
        let environment = ProcessInfo.processInfo.environment
        if case .environment(let name) = source, environment[name]?.isEmpty ?? true {
            throw CannotStart(
                "no secret for the webhooks: set \(name), for which 'openssl rand -hex 24' makes a good one"
            )
        }
        let text = try source.text(environment: environment, what: "secret for the webhooks")
        do throws(HookSecret.Problem) {
            return try HookSecret(text)
        } catch {
            throw CannotStart("the secret in \(source.place) cannot be used: \(error)")
        }
    }

    private func streamFile(_ path: String) throws -> StreamFile {
        guard path != "-" else { throw CannotStart("--to needs a file: what is answered with 200 must be on disk") }
        do throws(StreamFileProblem) { return try StreamFile(at: path) } catch { throw CannotStart("\(error)") }
    }

    private func receiver(_ secret: HookSecret, into sink: any EventSink) throws -> Receiver {
        do throws(ReceiverProblem) {
            return try Receiver(
                ReceiverConfiguration(secret: secret, host: host, port: port),
                sink: sink,
                logger: common.logger
            )
        } catch {
            throw CannotStart(error.description)
        }
    }

    // MARK: - Only writing the stream

    private func receive(_ secret: HookSecret, into sink: any EventSink) async throws {
        let receiver = try receiver(secret, into: sink)
        try await listening(receiver)
        tell(receiver.counts())
        if let status = StopSignals.shared.status { throw status }
    }

    // MARK: - Deciding

    private func decide(_ secret: HookSecret) async throws {
        let set = try RuleSet.loadToRun(rules, common)
        let ledger = try LiveRun.openLedger(state.folder)
        let destination = try Destinations.doubletick(
            set.compilation.settings,
            needsKey: set.compilation.program.performsAnything || ledger.openCount > 0,
            environment: ProcessInfo.processInfo.environment
        )
        let bell = InboxBell()
        let run = try LiveRun(
            set.compilation,
            ledger: ledger,
            options: RunOptions(
                inputs: [],
                reading: .inbox(bell),
                format: set.compilation.settings.format,
                lineBytesMax: LineReader.lineBytesMaxDefault,
                state: state.folder,
                drain: .zero
            ),
            output: RecordWriter(queue: RecordQueue(DataOutput(path: output, appending: true))),
            rejects: rejects.map { try DataOutput(path: $0, appending: true) },
            logger: common.logger,
            progress: ProgressLine(isShown: false)
        )
        let receiver = try receiver(secret, into: InboxSink(ledger, bell: bell))
        let transport = HTTPTransport([destination.name: destination]) { Date() }
        var status = ExitStatus.problems
        do {
            try await listening(receiver, endWork: bell.end) { status = await run.run(over: transport) }
        } catch {
            await transport.shutdown()
            throw error
        }
        await transport.shutdown()
        // Requests under way when the run ended were still written down.
        try? ledger.close()
        tell(receiver.counts())
        if status != .success { throw status }
    }

    /// Runs the receiver until a signal comes or `work` returns, whose absence means that there is none.
    ///
    /// A receiver that breaks ends the work too.
    private func listening(
        _ receiver: Receiver,
        endWork: (@Sendable () -> Void)? = nil,
        _ work: (() async -> Void)? = nil
    ) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [receiver], logger: common.logger)
        )
        StopSignals.shared.onStop { Task { await group.triggerGracefulShutdown() } }
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                defer { endWork?() }
                do {
                    try await group.run()
                } catch let problem as ReceiverProblem {
                    throw CannotStart(problem.description)
                }
            }
            if let address = try? await receiver.address() {
                announce("\(address)")
                if let work {
                    await work()
                    await group.triggerGracefulShutdown()
                }
            }
            try await tasks.waitForAll()
        }
    }

    private func announce(_ address: String) {
        common.logger.notice("listening at \(address)/hooks/SECRET/[BUSINESS/][EVENT]")
    }

    private func tell(_ counts: ReceiverCounts) {
        let refused = ReceiverCounts.Refusal.allCases.compactMap { cause in
            counts.refused[cause].map { "\($0) \(cause.rawValue)" }
        }
        let text = refused.isEmpty ? "" : "; refused: \(refused.joined(separator: ", "))"
        common.logger.info(
            "received \(counts.requests.counted("request")), kept \(counts.kept.counted("event"))\(text)"
        )
    }
}

/// Keeps events in the ledger's inbox.
private struct InboxSink: EventSink {
    private let ledger: Ledger
    private let bell: InboxBell

    init(_ ledger: Ledger, bell: InboxBell) {
        self.ledger = ledger
        self.bell = bell
    }

    func keep(_ events: [ReceivedEvent]) async throws(SinkProblem) {
        do throws(LedgerProblem) {
            try await ledger.receive(events.map { NewInboxLine(bytes: $0.line) }, now: .now)
        } catch {
            throw SinkProblem(error.description)
        }
        bell.ring()
    }
}
