import ActionKit
import Events
import Foundation
import Ledger

/// A state folder with a job of every status, as runs would have left it.
struct SampleState {
    private let ledger: Ledger
    private var now = Instant(milliseconds: 1_767_767_400_000)

    private static let agents = ["919999900101", "919999900102"]

    /// Fills `.beckon` in a folder.
    static func fill(_ folder: URL) async throws {
        // Without the lock of a run: a process that another test starts at this moment would hold on to it for a while.
        let folder = StateFolder(folder.appendingPathComponent(".beckon").path)
        var state = SampleState(ledger: try Ledger.openBeside(folder, creates: true))
        try await state.fill()
    }

    /// Puts one job into `.beckon` that a timer asked for.
    static func fillTimer(_ folder: URL) async throws {
        let folder = StateFolder(folder.appendingPathComponent(".beckon").path)
        let state = SampleState(ledger: try Ledger.openBeside(folder, creates: true))
        try state.take(1, firedAt: state.now.advanced(by: .seconds(899)))
    }

    /// Puts something of every kind that is remembered into `.beckon`.
    static func remember(_ folder: URL) throws {
        let folder = StateFolder(folder.appendingPathComponent(".beckon").path)
        let state = SampleState(ledger: try Ledger.openBeside(folder, creates: true))
        try state.remember()
    }

    private init(ledger: Ledger) {
        self.ledger = ledger
    }

    /// Writes a batch some minutes later.
    func take(_ batch: IntakeBatch, minute: Int) throws {
        try ledger.take(batch, now: now.advanced(by: .seconds(60 * minute)))
    }

    private mutating func fill() async throws {
        let shadow = Settlement(.suppressed, reason: "shadow", detail: "The rule is in the shadow.", attempts: 0)
        let missing = Settlement(.failed, reason: "missing: order", detail: "The event has no 'order'.", attempts: 0)
        for number in 1...4 { try take(number) }
        try take(5, rule: "watch-vips", verdicts: [shadow])
        try take(6, rule: "late-order", verdicts: [missing])
        try take(7)
        try take(8, verdicts: [nil, nil])
        try await deliver()
        try await leaveOpen(settling: [5: shadow, 6: missing])
    }

    /// Jobs 1 to 4 end.
    private mutating func deliver() async throws {
        try await attempt(
            1,
            .delivered(Receipt(reached: Self.agents, detail: "Added 2.")),
            200,
            Settlement(.delivered, attempts: 1)
        )
        try await attempt(
            2,
            .partial(Receipt(reached: [Self.agents[0]], detail: "Not added: 919999900102.")),
            200,
            Settlement(.partial, reason: "partial", detail: "Not added: 919999900102.", attempts: 1)
        )
        let refused = Reason("no-agent-matched", "DoubleTick knows none of the agents.")
        try await attempt(
            3,
            .rejected(refused),
            200,
            Settlement(.failed, reason: refused.code, detail: refused.detail, attempts: 1)
        )
        let lost = Reason("timeout", "No answer came within 10 s.")
        try await attempt(
            4,
            .unknown(lost),
            nil,
            Settlement(.unknown, reason: lost.code, detail: lost.detail, attempts: 1)
        )
    }

    /// Job 7 is to be attempted again, and job 8 is under way.
    private mutating func leaveOpen(settling verdicts: [Int64: Settlement]) async throws {
        let due = now.advanced(by: .seconds(30))
        try await attempt(7, .retry(Reason("http-503", "The server is down."), after: nil), 503, nil, due: due)
        var step = DeliveryStep(now: now)
        step.settled = verdicts.sorted { $0.key < $1.key }.map { SettledJob(job: $0.key, settlement: $0.value) }
        step.beginning = [beginning(8)]
        _ = try await ledger.take(step, guards: DeliveryGuards(loop: nil))
    }

    private func take(
        _ number: Int,
        rule: String = "refund",
        verdicts: [Settlement?] = [nil],
        firedAt: Instant? = nil
    ) throws {
        let customer = "91999990000\(number)"
        let conversation = "919999900000:\(customer)"
        let jobs = verdicts.enumerated().map { index, verdict in
            NewJob(
                job: Job(
                    id: "m\(number)/\(rule)/\(index)",
                    rule: rule,
                    event: "m\(number)",
                    conversation: conversation
                ),
                action: "add-collaborator",
                destination: "doubletick",
                effect: .idempotent,
                settings: [
                    "business": "919999900000", "customer": .string(customer),
                    "agents": .list(Self.agents.map { .string($0) }),
                ],
                verdict: verdict
            )
        }
        let text = "- id: \(rule)\n  when:\n    text: { contains: refund }"
        let version = RuleVersion(id: rule, version: "\(rule)-1", file: "rules/support.yml", line: 8, text: text)
        var batch = IntakeBatch()
        batch.seen = [EventDigest(id: "m\(number)")]
        batch.events = [
            FiredEvent(
                id: "m\(number)",
                type: "message-received",
                time: now.advanced(by: .seconds(-1)),
                customer: customer,
                conversation: conversation,
                origin: EventOrigin(input: "mon.jsonl", line: number),
                original: "{\"customer\":\"\(customer)\",\"text\":\"refund\"}",
                firedAt: firedAt,
                firings: [NewFiring(rule: version, lane: conversation, jobs: jobs)]
            )
        ]
        try ledger.take(batch, now: now)
    }

    private func beginning(_ job: Int64) -> BeginningAttempt {
        let members = RepeatGuard(members: Self.agents, period: .seconds(86_400))
        return BeginningAttempt(job: job, attempt: 1, repeatGuard: members, isSynced: false)
    }

    private mutating func attempt(
        _ job: Int64,
        _ outcome: DeliveryOutcome,
        _ status: Int?,
        _ settlement: Settlement?,
        due: Instant? = nil
    ) async throws {
        var begin = DeliveryStep(now: now)
        begin.beginning = [beginning(job)]
        _ = try await ledger.take(begin, guards: DeliveryGuards(loop: nil))
        now = now.advanced(by: .milliseconds(250))
        var end = DeliveryStep(now: now)
        let body = #"{"from":"919999900000","to":"91999990000\#(job)","agentNumbers":["919999900101","919999900102"]}"#
        let request = ActionRequest(destination: "doubletick", method: "POST", path: "/collaborators/add", json: body)
        end.ended = [
            EndedAttempt(
                job: job,
                attempt: 1,
                outcome: outcome,
                exchange: ExchangeRecord(request: request, status: status, answer: status.map { "{\"code\":\($0)}" }),
                consequence: settlement.map { .settled($0) } ?? .again(due: due ?? now)
            )
        ]
        _ = try await ledger.take(end, guards: DeliveryGuards(loop: nil))
    }
}
