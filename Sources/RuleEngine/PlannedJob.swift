public import ActionKit

/// One job of a firing with its settings rendered, and what is to become of it.
public struct PlannedJob: Hashable, Sendable {
    /// What is to become of a job as far as the rules decide it.
    public enum Plan: Hashable, Sendable {
        /// It is to be performed.
        case perform
        /// It is held back.
        case suppressed(Reason)
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
