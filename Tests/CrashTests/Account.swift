import Sandbox

/// What the destination and the ledger hold in the end, beside what they should hold.
struct Account: CustomStringConvertible {
    /// What is not as it should be.
    private(set) var problems: [String]

    /// The calls that were performed more than once.
    let twice: Set<Workload.Ask>

    /// The calls with an attempt whose outcome nobody could learn.
    let unknown: Set<Workload.Ask>

    /// The calls with an attempt that was under way at a kill.
    let unknownAtKills: Set<Workload.Ask>

    private let jobCount: Int
    private let missing: Int
    private let sentAgain: Int
    private let lives: Int
    private let killed: Int
    private let lost: Int

    /// Draws up the account.
    ///
    /// - Parameters:
    ///   - story: What was done.
    ///   - settled: The jobs before any was sent again, which changes their order.
    ///   - chats: What the destination holds.
    /// - Throws: When the ledger cannot be read.
    init(_ story: Story, settled: [LedgerFile.Entry], chats: [SandboxChat]) throws {
        let jobs = try story.ledger().jobs()
        let asks = Dictionary(uniqueKeysWithValues: jobs.map { ($0.number, Workload.Ask($0)) })
        let expected = Set(story.taken.flatMap(\.asks))
        let chats = Dictionary(uniqueKeysWithValues: chats.map { ($0.customer, $0) })
        unknown = Set(story.unknown.compactMap { asks[$0] })
        unknownAtKills = Set(story.unknownAtKills.compactMap { asks[$0] })
        twice = expected.filter { ask in
            ask.agents.contains { (chats[ask.customer]?.additions[$0] ?? 0) > 1 }
        }
        let wanted = story.taken.flatMap { event in event.asks.map { Wish(event: event.id, ask: $0) } }
        let found = jobs.map { Wish(event: $0.event, ask: Workload.Ask($0)) }
        missing = Set(wanted).subtracting(found).count
        jobCount = jobs.count
        lives = story.lives
        killed = story.killed
        lost = story.workload.events.count - story.taken.count
        let bad = settled.filter { !["delivered", "suppressed"].contains($0.status) }
        sentAgain = bad.count
        problems = story.problems
        if missing > 0 { problems.append("\(missing) jobs are missing from the ledger") }
        if found.count != Set(found).count { problems.append("an event was decided twice") }
        if !Set(found).isSubset(of: wanted) { problems.append("a job was not asked for") }
        for ask in expected where !ask.isDone(in: chats[ask.customer]) { problems.append("\(ask) is not done") }
        for job in jobs where !["delivered", "suppressed"].contains(job.status) {
            problems.append("job \(job.number) is \(job.status ?? "open")")
        }
        checkOrder(story.taken, chats, leavingOut: Set(bad.map(Workload.Ask.init)))
    }

    /// In each chat, agents joined in the order of the events; those whose job was sent again came later than they should.
    private mutating func checkOrder(
        _ events: [Workload.Event],
        _ chats: [String: SandboxChat],
        leavingOut bad: Set<Workload.Ask>
    ) {
        var wanted: [String: [String]] = [:]
        for ask in events.flatMap(\.asks) where !bad.contains(ask) {
            let agent = ask.agents[0]
            if wanted[ask.customer]?.contains(agent) != true { wanted[ask.customer, default: []].append(agent) }
        }
        for (customer, agents) in wanted {
            let joined = chats[customer]?.collaborators.map(\.agent.number).filter { agents.contains($0) }
            if joined != agents { problems.append("\(customer): joined \(joined ?? []) instead of \(agents)") }
        }
    }

    /// The numbers, for whoever reads the output of the tests.
    var description: String {
        """
        \(jobCount) jobs, \(missing) missing from the ledger; \(killed) kills in \(lives) lives, \(lost) events never taken \
        over; \(sentAgain) jobs sent again; \(twice.count) performed more than once, \(unknown.count) had an attempt of \
        unknown outcome, \(unknownAtKills.count) of them at a kill
        """
    }

    /// A job as an event asks for it.
    private struct Wish: Hashable {
        var event: String
        var ask: Workload.Ask
    }
}

extension Workload.Ask {
    /// Whom the call adds.
    var agents: [String] { Workload.agents[rule] }

    /// The call of a job in the ledger.
    init(_ job: LedgerFile.Entry) {
        self.init(customer: job.customer, rule: job.rule.last?.wholeNumberValue ?? -1)
    }

    fileprivate func isDone(in chat: SandboxChat?) -> Bool {
        let there = Set(chat?.collaborators.map(\.agent.number) ?? [])
        return there.isSuperset(of: agents)
    }
}
