internal import ActionKit
internal import DequeModule
internal import Ledger

/// The firings of one conversation on their way, the first of them in hand.
struct Lane {
    /// An attempt at the job in hand.
    struct AttemptUnderWay: Hashable {
        /// Whether its circuit let it through to see how the destination is.
        var isProbe: Bool
        /// Which key of its destination it goes out with.
        var keyVersion: Int
    }

    /// The attempt that is being made; `nil` when none is.
    var underWay: AttemptUnderWay?

    /// What is known of the job in hand; `nil` when nobody has looked yet.
    var progress: JobProgress?

    /// How many jobs it has.
    private(set) var count: Int

    private var firings: Deque<FiringDelivery>
    private var index = 0

    init(_ firing: FiringDelivery) {
        firings = [firing]
        count = firing.tasks.count
    }

    /// The job in hand; `nil` when all are settled.
    var task: FiringDelivery.Task? { firings.first?.tasks[index] }

    /// Puts a firing behind the others.
    mutating func append(_ firing: FiringDelivery) {
        firings.append(firing)
        count += firing.tasks.count
    }

    /// Takes the next job in hand, whatever became of the present one.
    mutating func advance() {
        guard let firing = firings.first else { preconditionFailure("a lane went on that had no job") }
        index += 1
        count -= 1
        progress = nil
        if index == firing.tasks.count { dropFiring() }
    }

    /// Gives up the firing of the job in hand behind a job of it that was not done; the jobs that are left of it.
    mutating func abandonFiring() -> [QueuedJob] {
        guard let firing = firings.first, index > 0 else { return [] }
        defer { dropFiring() }
        let left = firing.tasks[index...].map(\.queued)
        count -= left.count
        return left
    }

    private mutating func dropFiring() {
        firings.removeFirst()
        index = 0
        progress = nil
    }

    // MARK: - Leaving

    /// Drops all firings but the one of the job in hand; the numbers of their jobs.
    mutating func leaveBehindFirst() -> [Int64] {
        leave(from: min(1, firings.count))
    }

    /// Drops the firings that wait for a destination and those behind them; the numbers of their jobs.
    ///
    /// A firing that has something else to do first stays whole, so that what becomes of that decides about the rest of it.
    mutating func leave(for destination: String) -> [Int64] {
        let place = firings.indices.first { place in
            remaining(place).contains { $0.queued.destination == destination }
        }
        guard let place else { return [] }
        let isFirst = remaining(place).first?.queued.destination == destination
        let isBegun = place == firings.startIndex && underWay != nil
        return leave(from: isFirst && !isBegun ? place : place + 1)
    }

    /// Drops everything; the numbers of the jobs.
    mutating func leaveAll() -> [Int64] {
        leave(from: firings.startIndex)
    }

    private mutating func leave(from place: Int) -> [Int64] {
        let numbers = (place..<firings.endIndex).flatMap { remaining($0).map(\.queued.number) }
        firings.removeLast(firings.endIndex - place)
        count -= numbers.count
        return numbers
    }

    private func remaining(_ place: Int) -> ArraySlice<FiringDelivery.Task> {
        firings[place].tasks[(place == firings.startIndex ? index : 0)...]
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

    /// Takes out all such lanes.
    mutating func removeAll(where isMeant: (String) -> Bool) {
        entries.removeAll { isMeant($0.lane) }
    }
}
