public import ActionKit
import Events

/// One job of a firing with its settings rendered, and what is to become of it.
public struct PlannedJob: Hashable, Sendable {
    /// What is to become of a job as far as the rules decide it.
    public enum Plan: Hashable, Sendable {
        /// It is to be performed.
        case perform
        /// It is held back; the reason's code.
        case suppressed(String)
        /// It cannot be performed.
        case failed(Reason)
    }

    /// The job as its action receives it.
    public var job: Job

    /// The action's id.
    public var action: String

    /// The settings that could be rendered.
    public var settings: Settings

    /// What is to become of it.
    public var plan: Plan
}

extension Firing {
    /// The jobs that the firing asks for, in order, with their settings rendered.
    ///
    /// A setting whose value the event lacks makes its job fail; the later jobs of the firing are then held back.
    ///
    /// - Parameter origin: Names the event where it has no id of its own, such as `stdin:12`; part of the jobs' ids.
    /// - Returns: One job for each item of `then`.
    public func jobs(origin: String) -> [PlannedJob] {
        var jobs: [PlannedJob] = []
        var hasFailed = false
        for (index, call) in rule.then.enumerated() {
            var planned = render(call, id: "\(event.id ?? origin)/\(rule.id)/\(index)")
            if rule.mode == .shadow {
                planned.plan = .suppressed("shadow")
            } else if hasFailed {
                planned.plan = .suppressed("earlier-failed")
            } else if case .failed = planned.plan {
                hasFailed = true
            }
            jobs.append(planned)
        }
        return jobs
    }

    private func render(_ call: ActionCall, id: String) -> PlannedJob {
        let job = Job(id: id, rule: rule.id, event: event.id, conversation: event.conversation)
        var planned = PlannedJob(job: job, action: call.action, settings: Settings(), plan: .perform)
        for setting in call.settings {
            switch setting.source {
            case .constant(let value): planned.settings[setting.name] = value
            case .event(let name):
                if let value = name.value(in: event) {
                    planned.settings[setting.name] = .string(value)
                } else if planned.plan == .perform {
                    planned.plan = .failed(missing(name))
                }
            }
        }
        if planned.plan == .perform, let problem = call.problem(planned.settings) {
            planned.plan = .failed(Reason("refused-setting", "The action refuses \(problem.description)."))
        }
        return planned
    }

    private func missing(_ name: EventName) -> Reason {
        guard name == .business else {
            return Reason("missing: \(name.spelling)", "The event has no \(name.spelling).")
        }
        let detail =
            event.isInGroup
            ? "The event happened in a group, where there is no conversation with one customer."
            : "The event carries no business number; name one in 'settings.business' or in the action."
        return Reason("no-business-number", detail)
    }
}
