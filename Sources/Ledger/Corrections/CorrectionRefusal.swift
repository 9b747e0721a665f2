/// Why a job is left as it is, though a person asked for a change.
public enum CorrectionRefusal: Hashable, Sendable {
    /// There is no such job.
    case missing
    /// It is open, and will be attempted anyway.
    case open
    /// It is settled, and nothing is left to be dropped.
    case settled(JobStatus)
    /// It is done.
    case delivered
    /// It was held back, for that reason: nothing has failed.
    case suppressed(String?)
    /// The rules could not make a call of it, for that reason: sending cannot help.
    case neverRendered(String?)
    /// It may be done, and a second attempt might do it twice.
    case mightBeDoneTwice
}
