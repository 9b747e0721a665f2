import ActionKit
import ArgumentParser
import Delivery
import Events
import Foundation
import RuleCompiler
import RuleEngine
import Sandbox
import Synchronization

/// Shows the whole of Beckon at work on recorded messages, against a sandbox of its own.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send recorded messages through the rules, against a sandbox, and show who joined which chat.",
        discussion: """
            Starts a sandbox on this machine, runs the rules over the messages in \
            RULES/samples/messages.jsonl with real HTTP calls to it, and shows what \
            came of it. Needs no key and no network.

            EXAMPLES
              beckon demo
              beckon demo --keep        leave the page of the sandbox open until Ctrl-C
            """
    )

    @Argument(help: "A folder of rules that holds 'samples'.")
    var rules = "rules"

    @Flag(help: "Leave the sandbox and its page open until Ctrl-C.")
    var keep = false

    @Option(help: "The sandbox's port; 0 takes any that is free.")
    var port = 0

    @OptionGroup var common: CommonOptions

    /// The calls a second: the sandbox needs none of the politeness that DoubleTick deserves.
    private static let rate = Rate(count: 500, per: .seconds(1))

    func run() async throws {
        let set = try RuleSet.loadToRun(rules, common)
        let samples = "\(rules)/samples"
        let messages = "\(samples)/messages.jsonl"
        guard let lines = FileManager.default.contents(atPath: messages) else {
            throw CannotStart("no recorded messages at '\(messages)'")
        }
        let sandbox = try makeSandbox(seed: "\(samples)/sandbox.json")
        let intake = sandbox.receive(lines: lines)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await sandbox.run() }
            let address = try await sandbox.address()
            let report = DemoReport(rules: set)
            StandardError.write(report.heading(sandbox: "\(address)", messages: intake.messages, sandbox.snapshot()))
            let tally = Tally()
            try await deliver(set, from: messages, to: "\(address)", tally: tally)
            StandardError.write("\n" + report.text(tally.firings, sandbox.snapshot()) + "\n")
            if keep, StopSignals.shared.status == nil {
                StandardError.write("\nThe page is at \(address) - Ctrl-C ends it.\n")
                await StopSignals.shared.wait()
            }
            tasks.cancelAll()
            if let status = StopSignals.shared.status { throw status }
            if tally.hasFailures { throw ExitStatus.problems }
        }
    }

    private func makeSandbox(seed: String) throws -> Sandbox {
        do {
            return try Sandbox(SandboxConfiguration(port: port, seed: SandboxSeed(at: seed)))
        } catch let problem as SandboxProblem {
            throw CannotStart(problem.description)
        }
    }

    private func deliver(_ set: RuleSet, from messages: String, to address: String, tally: Tally) async throws {
        var settings = set.compilation.settings
        settings.doubletick = DestinationSettings(baseURL: address, apiKey: .environment("KEY"))
        settings.delivery.rate = Self.rate
        let destination = try Destinations.doubletick(settings, needsKey: true, environment: ["KEY": "key_sandbox"])
        let run = try LiveRun(
            set.compilation,
            ledger: try LiveRun.openLedger(nil),
            options: RunOptions(
                inputs: [.file(messages)],
                format: settings.format,
                lineBytesMax: LineReader.lineBytesMaxDefault,
                state: nil,
                drain: .seconds(60)
            ),
            settings: settings,
            output: RecordWriter { tally.count($0) },
            rejects: nil,
            logger: common.logger,
            progress: ProgressLine(isShown: false)
        )
        let transport = HTTPTransport([destination.name: destination]) { Date() }
        _ = await run.run(over: transport)
        await transport.shutdown()
    }

    /// Counts what the demo reports.
    private final class Tally: Sendable {
        private let state = Mutex<(firings: [String: Int], hasFailures: Bool)>(([:], false))

        var firings: [String: Int] { state.withLock { $0.firings } }

        /// Whether a job failed, which none does in the demo but for one agent, who is unknown to the sandbox on purpose.
        var hasFailures: Bool { state.withLock { $0.hasFailures } }

        func count(_ record: JobRecord) {
            state.withLock { state in
                state.firings[record.job.rule, default: 0] += 1
                let isMeant = record.reason == "no-agent-matched"
                if record.status == .unknown || (record.status == .failed && !isMeant) { state.hasFailures = true }
            }
        }
    }
}
