import ActionKit
import Events
import Ledger

/// A ledger in memory or in a folder, filled step by step as a run would fill it.
struct LedgerScript {
    let ledger: Ledger
    var now = Instant(milliseconds: 1_767_767_400_000)

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    init() throws {
        ledger = try Ledger.inMemory()
    }

    /// One event on which one rule fires, with that many jobs.
    func take(
        event: String = "m1",
        customer: String = "919999900001",
        original: String = #"{"text":"refund"}"#,
        jobs count: Int = 1,
        rule: String = "refund",
        effect: EffectClass = .idempotent,
        verdict: Settlement? = nil
    ) throws {
        let conversation = "919999900000:\(customer)"
        let jobs = (0..<count).map { index in
            NewJob(
                job: Job(id: "\(event)/\(rule)/\(index)", rule: rule, event: event, conversation: conversation),
                action: "add-collaborator",
                destination: "doubletick",
                effect: effect,
                settings: ["business": "919999900000", "customer": .string(customer), "agents": ["919999900101"]],
                verdict: verdict
            )
        }
        let version = RuleVersion(id: rule, version: "\(rule)-1", file: "r.yml", line: 1, text: "- id: \(rule)")
        var batch = IntakeBatch()
        batch.events = [
            FiredEvent(
                id: event,
                type: "message-received",
                time: now,
                customer: customer,
                conversation: conversation,
                origin: EventOrigin(line: 1),
                original: original,
                firings: [NewFiring(rule: version, lane: conversation, jobs: jobs)]
            )
        ]
        try ledger.take(batch, now: now)
    }

    /// Whom a job is for: each has an agent of its own, so that none is done with another.
    static func agent(of job: Int64) -> String { "91999990010\(job)" }

    /// The next attempt at a job begins.
    func begin(_ job: Int64, attempt: Int = 1) async throws {
        var step = DeliveryStep(now: now)
        let guarded = RepeatGuard(members: [Self.agent(of: job)], period: .seconds(86_400))
        step.beginning = [BeginningAttempt(job: job, attempt: attempt, repeatGuard: guarded, isSynced: false)]
        _ = try await ledger.take(step, guards: DeliveryGuards(loop: nil))
    }

    /// An attempt ends after a second.
    mutating func end(
        _ job: Int64,
        attempt: Int = 1,
        _ outcome: DeliveryOutcome,
        _ consequence: EndedAttempt.Consequence,
        status: Int? = 200
    ) async throws {
        now = now.advanced(by: .seconds(1))
        var step = DeliveryStep(now: now)
        let request = ActionRequest(destination: "doubletick", method: "POST", path: "/collaborators/add", json: "{}")
        step.ended = [
            EndedAttempt(
                job: job,
                attempt: attempt,
                outcome: outcome,
                exchange: ExchangeRecord(request: request, status: status, answer: "{}"),
                consequence: consequence
            )
        ]
        _ = try await ledger.take(step, guards: DeliveryGuards(loop: nil))
    }

    /// A job is attempted and settled so, and the later ones of its firing are held back if it was not done.
    mutating func settle(_ job: Int64, _ status: Settlement.Status, heldBack: [Int64] = []) async throws {
        try await begin(job)
        let outcome: DeliveryOutcome =
            switch status {
            case .delivered: .delivered(Receipt(reached: [Self.agent(of: job)], detail: "Added."))
            case .partial: .partial(Receipt(reached: [Self.agent(of: job)], detail: "Added some."))
            case .unknown: .unknown(Reason("timeout", "No answer came."))
            case .failed, .suppressed: .rejected(Reason("no-agent-matched", "Nobody was found."))
            }
        let reason: String? = status == .delivered ? nil : outcome.reasonCode
        try await end(job, outcome, .settled(Settlement(status, reason: reason, attempts: 1)))
        var step = DeliveryStep(now: now)
        step.settled = heldBack.map {
            SettledJob(job: $0, settlement: Settlement(.suppressed, reason: "earlier-failed", attempts: 0))
        }
        _ = try await ledger.take(step, guards: DeliveryGuards(loop: nil))
    }

    /// The numbers of the queue, in order.
    func queue() throws -> [Int64] {
        try ledger.waiting(behind: 0, limit: 1000).jobs.map(\.number)
    }
}

extension DeliveryOutcome {
    fileprivate var reasonCode: String {
        switch self {
        case .delivered: "delivered"
        case .partial: "partial"
        case .retry(let reason, _), .rejected(let reason), .unauthorized(let reason), .unknown(let reason): reason.code
        }
    }
}
