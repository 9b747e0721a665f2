import BuiltBeckon
import Foundation
import Sandbox
import SeededRandom
import Testing

/// Runs are killed again and again, against a destination that fails in every way, and lose nothing.
///
/// `make test` kills a few times, `make torture` hundreds of times; the same code, told apart by the environment.
@Suite(.serialized)
struct CrashTests {
    /// How events reach a run.
    enum Input: CaseIterable, Sendable {
        /// A file, which each run reads on where the last one stopped.
        case file
        /// A pipe whose producer begins anew each time.
        case repeated
        /// A pipe whose producer does not repeat itself.
        case spooled
    }

    /// What one test does a share of.
    struct Torture: Sendable {
        /// How many jobs there are in all tests together.
        var jobCount = 320
        /// How many processes are killed in all tests together.
        var killCount = 16
        /// What everything is drawn from.
        var seed = UInt64.random(in: 0 ... .max)
        /// The faults that calls meet.
        var faults = "500:5%,429:3%,reset:5%,hang:2%,slow:10%,partial:3%,truncate:1%"

        /// The torture that the environment asks for.
        init(environment: [String: String] = ProcessInfo.processInfo.environment) {
            jobCount = environment["BECKON_TORTURE_JOBS"].flatMap { Int($0) } ?? jobCount
            killCount = environment["BECKON_TORTURE_KILLS"].flatMap { Int($0) } ?? killCount
            seed = environment["BECKON_TORTURE_SEED"].flatMap { UInt64($0) } ?? seed
            faults = environment["BECKON_TORTURE_FAULTS"] ?? faults
        }
    }

    private static let torture = Torture()

    init() {
        // A process that is killed leaves a pipe without a reader.
        signal(SIGPIPE, SIG_IGN)
    }

    @Test(
        .timeLimit(.minutes(120)),
        arguments: [(.file, true), (.file, false), (.repeated, true), (.spooled, true)] as [(Input, Bool)]
    )
    func `however often a run is killed, every job is done, and twice only if nobody could know`(
        input: Input,
        isFaulty: Bool
    ) async throws {
        let torture = Self.torture
        let trigger = Trigger()
        let sandbox = try sandbox(faults: isFaulty ? torture.faults : nil, trigger)
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await sandbox.run() }
            let environment = [
                "BECKON_DOUBLETICK_BASE_URL": "\(try await sandbox.address())", "DOUBLETICK_API_KEY": "key_sandbox",
            ]
            var story = try Story(
                Workload(jobCount: torture.jobCount / 4, seed: torture.seed),
                input: input,
                kills: torture.killCount / 4,
                trigger: trigger,
                environment: environment,
                seed: torture.seed
            )
            try await story.killAndRestart()
            let settled = try story.settled()
            try await story.sendAgainUntilDone()
            let account = try Account(story, settled: settled, chats: sandbox.snapshot().chats)
            print(
                "crash test (\(input), faults \(isFaulty ? torture.faults : "none"), seed \(torture.seed)): \(account)"
            )
            #expect(account.problems == [], "seed \(torture.seed)")
            #expect(account.twice.isSubset(of: account.unknown), "seed \(torture.seed)")
            if !isFaulty {
                #expect(account.twice.isSubset(of: account.unknownAtKills), "seed \(torture.seed)")
            }
        }
    }

    private func sandbox(faults: String?, _ trigger: Trigger) throws -> Sandbox {
        var limits = SandboxLimits()
        limits.chatsMax = .max
        limits.connectionsMax = 4_096
        let agents = Workload.agents.joined().map { SandboxSeed.Member(name: nil, phone: $0) }
        return try Sandbox(
            SandboxConfiguration(
                seed: SandboxSeed(businesses: [Workload.business], team: agents),
                createsChats: true,
                limits: limits,
                faults: FaultPlan(written: faults ?? "500:0%"),
                faultSeed: Self.torture.seed,
                slowDelay: .milliseconds(300),
                // The sandbox looks at the clock for each call that it has read and not answered.
                nowMilliseconds: {
                    trigger.noteCall()
                    return 0
                }
            )
        )
    }
}
