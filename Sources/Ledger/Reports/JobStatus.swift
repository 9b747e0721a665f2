/// How a job stands, in the words of the output records.
public enum JobStatus: String, Sendable, CaseIterable {
    /// It is open: not attempted yet, under way, or to be attempted again.
    case waiting
    /// It is done.
    case delivered
    /// It is done for some.
    case partial
    /// It is not done and will not be tried again.
    case failed
    /// It may be done: the outcome could not be learnt.
    case unknown
    /// It was held back.
    case suppressed
}
