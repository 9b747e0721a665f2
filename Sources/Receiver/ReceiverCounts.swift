import Synchronization

/// What a receiver did so far.
public struct ReceiverCounts: Hashable, Sendable {
    /// Why a request's events were not kept.
    public enum Refusal: String, Hashable, Sendable, CaseIterable {
        /// Another path, method or secret.
        case notFound = "not-found"
        /// The body ended too early, or took too long.
        case cutOff = "cut-off"
        /// The body, or the list in it, is longer than the limit.
        case tooLong = "too-long"
        /// There is no body.
        case empty
        /// The body is not JSON.
        case notJSON = "not-json"
        /// Too many events waited already.
        case crowded
        /// The sink could not make the events durable.
        case notKept = "not-kept"
        /// The commit took too long; the events may have been kept after all.
        case late
    }

    /// The requests that came, whatever became of them.
    public var requests = 0

    /// The events that were made durable and answered with 200.
    public var kept = 0

    /// The requests that were refused, by cause.
    public var refused: [Refusal: Int] = [:]

    /// Creates counts.
    public init(requests: Int = 0, kept: Int = 0, refused: [Refusal: Int] = [:]) {
        self.requests = requests
        self.kept = kept
        self.refused = refused
    }
}

/// Counts for all requests.
final class ReceiverTally: Sendable {
    private let state = Mutex(ReceiverCounts())

    /// What was counted so far.
    var counts: ReceiverCounts { state.withLock { $0 } }

    /// Counts one request by what became of it.
    func add(_ outcome: Result<Int, Refused>) {
        state.withLock { counts in
            counts.requests += 1
            switch outcome {
            case .success(let events): counts.kept += events
            case .failure(let refused): counts.refused[refused.cause, default: 0] += 1
            }
        }
    }
}
