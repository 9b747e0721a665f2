/// The events that wait for the next commit, and those of the one under way.
///
/// A request's events stay together. Everything is counted until its commit has ended, so that a sink that hangs holds no
/// more than the limits say.
struct CommitQueue<Waiter> {
    private struct Entry {
        let id: UInt64
        let events: [ReceivedEvent]
        var waiter: Waiter?
    }

    private let eventsMax: Int
    private let bytesMax: Int
    private var waiting: [Entry] = []
    private var underWay: [Entry] = []
    private var bytes = 0

    /// How many events wait for a commit or are in one.
    private(set) var events = 0

    /// Whether there is something to commit.
    var isWaiting: Bool { !waiting.isEmpty }

    /// Creates an empty queue.
    init(eventsMax: Int, bytesMax: Int) {
        self.eventsMax = eventsMax
        self.bytesMax = bytesMax
    }

    /// Lines up; returns whether there was room.
    mutating func enter(_ id: UInt64, _ entered: [ReceivedEvent], _ waiter: Waiter) -> Bool {
        let size = Self.bytes(of: entered)
        guard events + entered.count <= eventsMax, bytes + size <= bytesMax else { return false }
        events += entered.count
        bytes += size
        waiting.append(Entry(id: id, events: entered, waiter: waiter))
        return true
    }

    /// Returns the waiter that leaves early, unless its commit has ended; its events go with it if theirs has not begun.
    mutating func leave(_ id: UInt64) -> Waiter? {
        if let place = waiting.firstIndex(where: { $0.id == id }) {
            let entry = waiting.remove(at: place)
            release([entry])
            return entry.waiter
        }
        guard let place = underWay.firstIndex(where: { $0.id == id }) else { return nil }
        return underWay[place].waiter.take()
    }

    /// Begins a commit of everything that waits, in order; of nothing, if nothing does.
    mutating func begin() -> [ReceivedEvent] {
        precondition(underWay.isEmpty, "a commit began before the last had ended")
        swap(&waiting, &underWay)
        return underWay.flatMap(\.events)
    }

    /// Ends the commit; returns those who still wait for it.
    mutating func finish() -> [Waiter] {
        defer { underWay.removeAll() }
        release(underWay)
        return underWay.compactMap(\.waiter)
    }

    private mutating func release(_ entries: [Entry]) {
        for entry in entries {
            events -= entry.events.count
            bytes -= Self.bytes(of: entry.events)
        }
    }

    private static func bytes(of events: [ReceivedEvent]) -> Int {
        events.reduce(0) { $0 + $1.line.count }
    }
}
