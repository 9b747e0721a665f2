public import ActionKit
public import Ledger

/// What a person is told while jobs are delivered, once each.
public enum DeliveryNotice: Hashable, Sendable {
    /// A destination does not accept the key: its jobs wait until somebody changes it.
    case paused(destination: String, Reason)

    /// A destination has another key, and its jobs go on.
    case resumed(destination: String)

    /// A destination failed so many times in a row that it is only tried now and then; the reason is the last one.
    case circuitOpened(destination: String, Reason)

    /// A destination works again.
    case circuitClosed(destination: String)

    /// A conversation got so many jobs that it is taken for a loop; what was settled instead says why.
    case loopStopped(conversation: String, Settlement)

    /// The ledger cannot be written: nothing begins any more.
    case ledgerFailed(LedgerProblem)
}
