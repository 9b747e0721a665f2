import DequeModule

/// The firings of one conversation on their way, the first of them in hand.
struct Lane {
    /// Whether an attempt at the job in hand is being made.
    var isUnderWay = false

    /// What is known of the job in hand.
    var progress = JobProgress()

    private var firings: Deque<FiringDelivery>
    private var index = 0

    init(_ firing: FiringDelivery) {
        firings = [firing]
        skipEmpty()
    }

    /// The job in hand; `nil` when all are settled.
    var task: FiringDelivery.Task? { firings.first?.tasks[index] }

    /// Puts a firing behind the others.
    mutating func append(_ firing: FiringDelivery) {
        firings.append(firing)
        skipEmpty()
    }

    /// Settles the job in hand and, if it was not done, those behind it in its firing; takes the next one in hand.
    mutating func settle(_ settlement: Settlement) -> [DispatchState.Report] {
        guard let firing = firings.first else { preconditionFailure("a lane settled a job that it did not have") }
        var reports = [DispatchState.Report(firing: firing, index: index, settlement: settlement)]
        index += 1
        if settlement.status == .failed || settlement.status == .unknown {
            reports += (index..<firing.tasks.count).map {
                DispatchState.Report(firing: firing, index: $0, settlement: .earlierFailed)
            }
            index = firing.tasks.count
        }
        progress = JobProgress()
        if index == firing.tasks.count {
            firings.removeFirst()
            index = 0
            skipEmpty()
        }
        return reports
    }

    /// A firing without jobs has nothing to wait for.
    private mutating func skipEmpty() {
        while let first = firings.first, first.tasks.isEmpty { firings.removeFirst() }
    }
}

/// Lanes that wait for another attempt, and until when.
struct WaitingLanes {
    /// The soonest last; of two that are due at once, the one that has waited longer.
    private var entries: [(due: Duration, lane: String)] = []

    /// When the next one is due.
    var firstDue: Duration? { entries.last?.due }

    /// Takes a lane in.
    mutating func insert(_ lane: String, due: Duration) {
        // Moving the entries behind it costs less than keeping a heap, up to many thousands of them.
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].due > due { low = middle + 1 } else { high = middle }
        }
        entries.insert((due, lane), at: low)
    }

    /// Takes out the next lane that is due.
    mutating func popFirst(dueBy now: Duration) -> String? {
        guard let last = entries.last, last.due <= now else { return nil }
        return entries.removeLast().lane
    }

    /// Takes out all such lanes, in the order in which they were due.
    mutating func removeAll(where isMeant: (String) -> Bool) -> [String] {
        let removed = entries.filter { isMeant($0.lane) }
        entries.removeAll { isMeant($0.lane) }
        return removed.reversed().map(\.lane)
    }
}

extension Settlement {
    fileprivate static let earlierFailed = Settlement(
        .suppressed,
        reason: "earlier-failed",
        detail: "An earlier job of the same firing was not done.",
        attempts: 0
    )
}
