import Events
import Ledger

/// What an earlier run has left in the ledger's inbox, and then the input of this one.
///
/// `--spool` and `listen` fill the inbox; whichever run comes next empties it first, so that nothing that was taken over
/// waits for the same command to come again.
final class BacklogSource: LineSource {
    private let inbox: InboxSource
    private let input: any LineSource
    private var isInInbox = true
    private var isTold = false
    private(set) var inboxEnd: Int64?

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - ledger: Where the inbox is.
    ///   - input: What comes behind it.
    ///   - origin: What names lines of the inbox without an id.
    init(_ ledger: Ledger, before input: any LineSource, origin: String) {
        inbox = InboxSource(ledger, refill: NoRefill(), origin: origin)
        self.input = input
    }

    /// While the inbox is read, no step waits.
    var isLineBuffered: Bool { isInInbox || input.isLineBuffered }

    var progress: (read: Int, size: Int)? { isInInbox ? nil : input.progress }

    func next(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> SourceStep {
        guard isInInbox else {
            let step = try input.next(until: deadline)
            inboxEnd = input.inboxEnd
            return step
        }
        if !isTold, try inbox.isFilled() {
            isTold = true
            return .notice("events that an earlier run took over and did not decide come first")
        }
        let step = try inbox.next()
        inboxEnd = inbox.inboxEnd
        guard case .end = step else { return step }
        isInInbox = false
        // What came of the inbox is written down before the input is waited for.
        return .idle
    }

    func leaveUnendedLine() -> Bool { !isInInbox && input.leaveUnendedLine() }

    func marks() throws(SourceProblem) -> [InputMark] { isInInbox ? [] : try input.marks() }
}

/// Puts nothing into the inbox.
private final class NoRefill: InboxSource.Refill {
    func more(until deadline: ContinuousClock.Instant?) -> InboxSupply { .end }
}
