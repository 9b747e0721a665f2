import DequeModule
import Events

/// What is remembered under one slot and one key.
///
/// The large ones stand behind a reference: a million counts should not take the room of a million timers.
enum Window: Hashable, Sendable {
    /// The events counted so far.
    case count(CountWindow)
    /// The beginnings of a sequence.
    case sequence(SequenceWindow)
    /// A timer that waits.
    indirect case timer(WaitingTimer)
    /// The firings let through.
    case throttle(ThrottleWindow)
    /// The value of a fact.
    case fact(RememberedFact)
    /// An event that waits until earlier ones can no longer come.
    indirect case held(HeldEvent)
}

/// The events counted so far, from the oldest.
struct CountWindow: Hashable, Sendable {
    /// One that was counted.
    struct Entry: Hashable, Sendable {
        /// When it happened.
        var time: Instant
        /// The value by which it is counted, where different values are.
        var value: String?
        /// What is kept of it.
        var kept: EarlierValues.Kept?
    }

    /// The entries; of one value only the latest.
    var entries: Deque<Entry> = []

    /// Forgets what lies outside the time that ends now.
    mutating func forget(before start: Instant) {
        while let first = entries.first, first.time < start { entries.removeFirst() }
    }

    /// Counts one more, and no more than are needed.
    ///
    /// - Complexity: O(n) where different values are counted, else O(1).
    mutating func add(_ entry: Entry, countMax: Int) {
        if let value = entry.value,
            let place = entries.firstIndex(where: { $0.value.map { $0.utf8.elementsEqual(value.utf8) } ?? false })
        {
            entries.remove(at: place)
        }
        entries.append(entry)
        if entries.count > countMax { entries.removeFirst() }
    }
}

/// The beginnings of a sequence.
struct SequenceWindow: Hashable, Sendable {
    /// Steps that were done, one after the other.
    struct Run: Hashable, Sendable {
        /// When their events happened.
        var times: [Instant]
        /// What is kept of each.
        var kept: [EarlierValues.Kept]

        /// When it began.
        var start: Instant? { times.first }
    }

    /// By the number of steps done, less one: the run that began last.
    var runs: [Run?]

    /// Whether nothing has begun.
    var isEmpty: Bool { runs.allSatisfy { $0 == nil } }

    /// When the last of the runs began.
    var lastStart: Instant? { runs.compactMap { $0?.start }.max() }

    /// Forgets what began too long ago.
    mutating func forget(before start: Instant) {
        for index in runs.indices {
            if let begun = runs[index]?.start, begun < start { runs[index] = nil }
        }
    }
}

/// A timer that waits.
struct WaitingTimer: Hashable, Sendable {
    /// When it fires.
    var due: Instant
    /// When it was started.
    var begun: Instant
    /// Timers of one time fire in the order of these.
    var number: UInt64
    /// The event that started it, as JSON text: a million of them take far less room than as events.
    var event: String
    /// Where that came from.
    var place: EventPlace
    /// What is kept of the events before it.
    var earlier: EarlierValues
}

/// The firings that a throttle has let through.
struct ThrottleWindow: Hashable, Sendable {
    /// Their times, from the oldest.
    var times: Deque<Instant> = []
}

/// The value of a fact.
struct RememberedFact: Hashable, Sendable {
    /// The value.
    var value: FactValue
    /// Since when it is remembered.
    var since: Instant
    /// The customer of whom a text tells: who forgets the customer finds it by the number.
    var customer: String?
}

/// An event that waits until earlier ones can no longer come.
struct HeldEvent: Hashable, Sendable {
    /// When it happened.
    var moment: Instant
    /// Events of one time are decided in the order of these.
    var number: UInt64
    /// The event as JSON text.
    var event: String
    /// Where it came from.
    var place: EventPlace
}
