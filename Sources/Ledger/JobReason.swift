/// The reasons, in the words of records, that delivery and corrections give; receivers have their own beside them.
public enum JobReason {
    /// It is done for some only.
    public static let partial = "partial"
    /// It was done before, for everybody whom it is for.
    public static let alreadyDone = "already-done"
    /// Its event is too old.
    public static let stale = "stale"
    /// Its conversation got too many jobs in a short time.
    public static let loopGuard = "loop-guard"
    /// An earlier job of the same firing was not done.
    public static let earlierFailed = "earlier-failed"
    /// The process ended in the middle of an attempt.
    public static let killed = "killed"
    /// A person dropped it.
    public static let dropped = "dropped"
}

extension Settlement {
    /// What becomes of a job behind one of the same firing that was not done.
    public static let earlierFailed = Settlement(
        .suppressed,
        reason: JobReason.earlierFailed,
        detail: "An earlier job of the same firing was not done.",
        attempts: 0
    )
}
