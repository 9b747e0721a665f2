import ActionKit
import Events
import Ledger

@testable import Delivery

/// A job in the words of these tests.
///
/// `"a1 a2"` is a firing with two jobs in lane `a`, the first letter of its first job. A job goes to `doubletick` unless it
/// names another destination, `a1@mail`, or none, `a1@`; `a1!` is done at most once; `a1+x+y` is for two members, who need it
/// once a day; `a1=failed` is settled already.
struct WrittenJob {
    let id: String
    let kind: String
    var destination: String?
    var effect = EffectClass.idempotent
    var settings = Settings()
    var verdict: Settlement?

    init(_ text: Substring) {
        id = String(text.prefix { $0.isLetter || $0.isNumber })
        let rest = text.dropFirst(id.count)
        kind = ["!", "@mail", "@"].first { $0 == rest } ?? ""
        destination = ["@mail": "mail", "@": nil][kind] ?? "doubletick"
        effect = ["!": .atMostOnce, "@mail": .keyed][kind] ?? .idempotent
        if rest.first == "+" { settings["to"] = .list(rest.split(separator: "+").map { .string(String($0)) }) }
        if rest.first == "=" {
            verdict = Settlement.Status(rawValue: String(rest.dropFirst())).map {
                Settlement($0, reason: "planned", attempts: 0)
            }
            destination = nil
        }
    }

    static func firing(_ text: String) -> [WrittenJob] {
        text.split(separator: " ").map { WrittenJob($0) }
    }

    /// The job as its rule asked for it.
    func entry(lane: String) -> NewJob {
        NewJob(
            job: Job(id: id, rule: "rule", conversation: lane),
            action: kind,
            destination: destination,
            effect: effect,
            settings: settings,
            verdict: verdict
        )
    }

    /// The job as it stands in the queue.
    func queued(_ number: Int64, firing: Int64, lane: String) -> QueuedJob {
        QueuedJob(
            number: number,
            position: number,
            firing: firing,
            job: Job(id: id, rule: "rule", conversation: lane),
            action: kind,
            destination: destination,
            settings: settings,
            lane: lane,
            verdict: verdict
        )
    }
}

extension IntakeBatch {
    /// The firings, all on one event.
    init(_ firings: [String]) {
        self.init()
        let rule = RuleVersion(id: "rule", version: "1", file: "rules.yml", line: 1, text: "id: rule")
        events = [
            FiredEvent(
                id: nil,
                type: "message",
                time: nil,
                customer: nil,
                conversation: nil,
                origin: EventOrigin(line: 1),
                original: "{}",
                firings: firings.map { text in
                    let lane = String(text.prefix(1))
                    return NewFiring(rule: rule, lane: lane, jobs: WrittenJob.firing(text).map { $0.entry(lane: lane) })
                }
            )
        ]
    }
}

extension QueuedJob {
    /// What is to be done about a job in these words.
    func work(on stage: Stage = Stage()) -> FiringDelivery.Work {
        if let verdict { return .settled(verdict) }
        var members: [String] = []
        if case .list(let items)? = settings["to"] {
            members = items.map { if case .string(let name) = $0 { name } else { "" } }
        }
        return switch action {
        case "!": .perform(StagedAction<DoubleTickOnce>(stage: stage, members: members))
        case "@mail": .perform(StagedAction<Mail>(stage: stage, members: members))
        case "@": .perform(StagedAction<Nowhere>(stage: stage, members: members))
        default: .perform(StagedAction<DoubleTick>(stage: stage, members: members))
        }
    }
}

extension Settlement {
    /// `failed:timeout x3`.
    var text: String { "\(status.rawValue)\(reason.map { ":\($0)" } ?? "") x\(attempts)" }
}

extension DeliveryNotice {
    var text: String {
        switch self {
        case .paused(let destination, let reason): "\(destination) paused: \(reason.code)"
        case .resumed(let destination): "\(destination) resumed"
        case .circuitOpened(let destination, let reason): "\(destination) opened: \(reason.code)"
        case .circuitClosed(let destination): "\(destination) closed"
        case .loopStopped(let conversation, let settlement): "loop in \(conversation): \(settlement.reason ?? "")"
        case .ledgerFailed(let problem): "ledger failed: \(problem)"
        }
    }
}

extension DeliveryOutcome {
    static let done = Self.delivered(Receipt(reached: [], detail: "Done."))
    static let half = Self.partial(Receipt(reached: [], detail: "Half done."))
    static let busy = Self.retry(Reason("http-503", "The service is busy."))
    static let lost = Self.unknown(Reason("timeout", "No answer came."))
    static let refused = Self.rejected(Reason("bad-request", "The chat does not exist."))
    static let locked = Self.unauthorized(Reason("unauthorized", "The key is wrong."))

    static func busy(for duration: Duration) -> Self { .retry(Reason("http-429", "Too many calls."), after: duration) }
}

// MARK: - Actions

/// An action that says what its stage tells it to.
struct StagedAction<Kind: StagedKind>: Action {
    static var spec: ActionSpec {
        ActionSpec(
            id: "staged",
            summary: "Says what its stage tells it to.",
            destination: Kind.destination,
            effect: Kind.effect,
            fields: [],
            examples: []
        )
    }

    private let stage: Stage
    private let members: [String]

    init(stage: Stage, members: [String] = []) {
        self.stage = stage
        self.members = members
    }

    init(_: Settings) throws(SettingsProblem) {
        self.init(stage: Stage())
    }

    func request(for _: Job) -> ActionRequest? { nil }

    var repeatGuard: RepeatGuard? {
        members.isEmpty ? nil : RepeatGuard(members: members, period: .seconds(86_400))
    }

    func narrowed(to members: [String]) -> Self {
        Self(stage: stage, members: self.members.filter { members.contains($0) })
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        let request = ActionRequest(destination: "stage", method: "POST", path: "/\(job.id)")
        _ = await transport.send(request)
        let outcome = await stage.perform(job, for: members)
        guard case .delivered(let receipt) = outcome else { return outcome }
        return .delivered(Receipt(reached: members, detail: receipt.detail))
    }
}

/// What the types of staged actions differ in.
protocol StagedKind: Sendable {
    static var destination: String? { get }
    static var effect: EffectClass { get }
}

private enum DoubleTick: StagedKind {
    static let destination: String? = "doubletick"
    static let effect = EffectClass.idempotent
}

private enum DoubleTickOnce: StagedKind {
    static let destination: String? = "doubletick"
    static let effect = EffectClass.atMostOnce
}

private enum Mail: StagedKind {
    static let destination: String? = "mail"
    static let effect = EffectClass.keyed
}

private enum Nowhere: StagedKind {
    static let destination: String? = nil
    static let effect = EffectClass.idempotent
}
