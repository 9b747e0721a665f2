import ActionKit
import Testing

@testable import Delivery

/// Firings in the words of these tests.
///
/// `"a1 a2"` is a firing with two jobs in lane `a`, the first letter of its first job. A job goes to `doubletick` unless it
/// names another destination, `a1@mail`, or none, `a1@`; `a1!` is done at most once; `a1=failed` is settled already.
extension FiringDelivery {
    init(_ text: String, number: Int = 0, on stage: Stage = Stage()) {
        let tasks = text.split(separator: " ").map { Task($0, on: stage) }
        self.init(number: number, lane: String(text.prefix(1)), tasks: tasks)
    }
}

extension FiringDelivery.Task {
    fileprivate init(_ text: Substring, on stage: Stage) {
        let id = String(text.prefix { $0.isLetter || $0.isNumber })
        let job = Job(id: id, rule: "rule")
        switch text.dropFirst(id.count) {
        case "": self.init(job: job, .perform(StagedAction<DoubleTick>(stage: stage)))
        case "!": self.init(job: job, .perform(StagedAction<DoubleTickOnce>(stage: stage)))
        case "@mail": self.init(job: job, .perform(StagedAction<Mail>(stage: stage)))
        case "@": self.init(job: job, .perform(StagedAction<Nowhere>(stage: stage)))
        case let rest:
            guard rest.first == "=", let status = Settlement.Status(rawValue: String(rest.dropFirst())) else {
                preconditionFailure("'\(text)' is no job in the words of these tests")
            }
            self.init(job: job, .settled(Settlement(status, reason: "planned", attempts: 0)))
        }
    }
}

extension Settlement {
    /// `failed:timeout x3`.
    var text: String { "\(status.rawValue)\(reason.map { ":\($0)" } ?? "") x\(attempts)" }
}

extension DispatchState.Report {
    var text: String { "\(firing.tasks[index].job.id) \(settlement.text)" }
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

    init(stage: Stage) {
        self.stage = stage
    }

    init(_: Settings) throws(SettingsProblem) {
        self.init(stage: Stage())
    }

    func request(for _: Job) -> ActionRequest? { nil }

    func deliver(_ job: Job, over _: any Transport) async -> DeliveryOutcome {
        await stage.perform(job)
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
