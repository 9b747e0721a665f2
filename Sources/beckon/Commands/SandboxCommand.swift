import ArgumentParser
import Directory
import Foundation
import Listening
import Logging
import RuleCompiler
import RuleEngine
import Sandbox
import ServiceLifecycle

/// Runs a local stand-in for the DoubleTick API.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run a local stand-in for the DoubleTick API, with a page that shows who joined which chat.",
        discussion: """
            Answers the Collaborators API as documented: key, validation, unknown \
            chats, partial success. Keeps everything in memory and listens on this \
            machine only.

            Without a seed file it takes the agents and business numbers of the rules, \
            and a chat appears when a call first names it.

            With --faults calls go wrong on purpose, each fault as often as its \
            percentage says:
              400 to 599  answered with that status, not performed
              reset       connection broken, half of them before the call is performed
              hang        never answered, half of them performed
              slow        performed, answered two seconds late
              partial     only the first half of the agents added, the others in 'failed'
              truncate    performed, the connection closed in the middle of the answer
            With the same --fault-seed the n-th call meets the same fault again.

            EXAMPLES
              beckon sandbox
              beckon sandbox --seed team.json --messages messages.jsonl
              beckon sandbox --faults 500:5%,429:3%,reset:5% --fault-seed 7
            """
    )

    @Option(help: "The port; 0 takes any that is free.")
    var port = 8787

    @Option(help: ArgumentHelp("A JSON file with businesses, team and chats.", valueName: "file"))
    var seed: String?

    @Option(help: ArgumentHelp("Recorded messages to show in their chats, one JSON object a line.", valueName: "file"))
    var messages: String?

    @Flag(help: "Let a chat appear when a call first names it, also with a seed file.")
    var createChats = false

    @Option(help: ArgumentHelp("What the Authorization header must hold. No real key belongs here.", valueName: "key"))
    var key = "key_sandbox"

    @Option(help: ArgumentHelp("A folder or file of rules, whose agents are the team.", valueName: "rules"))
    var rules = "rules"

    @Option(help: ArgumentHelp("What goes wrong with calls, and how often: '500:5%,reset:0.5%'.", valueName: "plan"))
    var faults: String?

    @Option(
        help: ArgumentHelp(
            "The number that decides which call meets which fault; drawn and shown if not given.",
            valueName: "number"
        )
    )
    var faultSeed: UInt64?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let plan = try plannedFaults()
        let faultSeed = faultSeed ?? .random(in: 1...Self.drawnSeedMax)
        let sandbox = try makeSandbox(plan, faultSeed)
        if let messages { try receive(messages, into: sandbox) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [sandbox],
                logger: common.logger
            )
        )
        StopSignals.shared.onStop { Task { await group.triggerGracefulShutdown() } }
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                do {
                    try await group.run()
                } catch let problem as SandboxProblem {
                    throw CannotStart(problem.description)
                }
            }
            if let address = try? await sandbox.address() {
                announce(address)
                if !plan.shares.isEmpty { announce(plan, faultSeed) }
            }
            try await tasks.waitForAll()
        }
        if let status = StopSignals.shared.status { throw status }
    }

    /// A seed that is drawn is short enough to be typed again.
    private static let drawnSeedMax: UInt64 = 999_999

    private func plannedFaults() throws -> FaultPlan {
        guard let faults else {
            guard faultSeed == nil else { throw CannotStart("'--fault-seed' needs '--faults' to decide about") }
            return FaultPlan()
        }
        do throws(FaultPlanProblem) {
            return try FaultPlan(written: faults)
        } catch {
            throw CannotStart("'--faults': \(error)")
        }
    }

    private func makeSandbox(_ plan: FaultPlan, _ faultSeed: UInt64) throws -> Sandbox {
        do {
            let configuration = SandboxConfiguration(
                port: port,
                apiKey: key,
                seed: try startingPoint(),
                createsChats: createChats || seed == nil,
                faults: plan,
                faultSeed: faultSeed
            )
            return try Sandbox(configuration, logger: common.logger)
        } catch let problem as SandboxProblem {
            throw CannotStart(problem.description)
        }
    }

    private func startingPoint() throws -> SandboxSeed {
        if let seed { return try SandboxSeed(at: seed) }
        guard rules != "rules" || FileManager.default.fileExists(atPath: rules) else { return SandboxSeed() }
        return SandboxSeed(try RuleSet.loadToRun(rules, common).compilation.program.directory)
    }

    private func receive(_ path: String, into sandbox: Sandbox) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CannotStart("cannot read '\(path)'")
        }
        let intake = sandbox.receive(lines: data)
        for problem in intake.problems { common.logger.warning("\(path):\(problem.line): \(problem.reason)") }
    }

    private func announce(_ address: ListeningAddress) {
        StandardError.write(
            """
            The sandbox runs at \(address) - open it in a browser to see the chats. Ctrl-C ends it.

            To use it from another terminal:
              export BECKON_DOUBLETICK_BASE_URL=\(address) DOUBLETICK_API_KEY=\(key)


            """
        )
    }

    private func announce(_ plan: FaultPlan, _ faultSeed: UInt64) {
        StandardError.write(
            """
            Calls go wrong on purpose. The same again: --faults \(plan) --fault-seed \(faultSeed)


            """
        )
    }
}

extension SandboxSeed {
    /// Reads a seed file, named in problems as the user named it.
    init(at path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CannotStart("cannot read '\(path)'")
        }
        do throws(SandboxSeedProblem) {
            try self.init(json: data, file: path)
        } catch {
            throw CannotStart(error.description)
        }
    }

    /// The people and numbers that rules know.
    init(_ directory: Directory) {
        self.init(
            businesses: directory.businessNumbers.map(\.phone.digits),
            team: directory.agents.values.sorted { $0.id < $1.id }.map {
                Member(name: $0.name ?? $0.id, phone: $0.phone.digits)
            },
            chats: []
        )
    }
}
