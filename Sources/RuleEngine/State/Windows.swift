import Events

/// Everything that is remembered, by slot and key.
///
/// What has ended is forgotten when time goes past it and costs nothing after that; nothing here takes longer for there being
/// more windows, but for a logarithm.
struct Windows: Sendable {
    /// A window with the last instant at which it means something.
    struct Entry: Sendable {
        var window: Window
        /// Tells it from others that stood in its place before.
        var serial: UInt64
        private var end: Instant

        init(window: Window, endsAt: Instant?, serial: UInt64) {
            (self.window, self.serial) = (window, serial)
            end = endsAt ?? .afterAll
        }

        /// The last instant at which it means something; `nil` for ever.
        var endsAt: Instant? {
            get { end == .afterAll ? nil : end }
            set { end = newValue ?? .afterAll }
        }
    }

    private typealias Slots = [[WindowKey: Entry]]

    private(set) var count = 0
    private(set) var forgottenCount = 0
    private let limits: StateLimits
    private let tracksChanges: Bool
    private var slots: Slots = []
    private var changed: Set<WindowPlace> = []
    private var ends = MarkQueue()
    private var timers = MarkQueue()
    private var held = MarkQueue()
    private(set) var heldCount = 0
    private var lastSerial: UInt64 = 0

    init(limits: StateLimits, tracksChanges: Bool) {
        self.limits = limits
        self.tracksChanges = tracksChanges
    }

    // MARK: - Reading

    subscript(place: WindowPlace) -> Window? {
        slots.indices.contains(place.slot) ? slots[place.slot][place.key]?.window : nil
    }

    /// Shows every window, in no order.
    func visit(_ body: (WindowPlace, Entry) -> Void) {
        for (slot, windows) in slots.enumerated() {
            for (key, entry) in windows { body(WindowPlace(slot: slot, key: key), entry) }
        }
    }

    /// When the next timer is due; `nil` if none waits.
    mutating func nextTimer() -> Instant? { Self.first(&timers, in: slots)?.time }

    /// When the first of the events that wait happened; `nil` if none waits.
    mutating func nextHeld() -> Instant? { Self.first(&held, in: slots)?.time }

    // MARK: - Changing

    /// Remembers a window in place of the one that was there.
    mutating func put(_ window: Window, endsAt: Instant?, at place: WindowPlace) {
        while slots.count <= place.slot { slots.append([:]) }
        note(place)
        let isNew = slots[place.slot][place.key] == nil
        if isNew || window.due != nil {
            insert(window, endsAt: endsAt, at: place)
            mark(window, endsAt: endsAt, at: place)
        } else if let old = slots[place.slot][place.key] {
            slots[place.slot][place.key] = Entry(window: window, endsAt: endsAt, serial: old.serial)
            // The mark that is there comes too late for a window that ends earlier than it did.
            if let endsAt, old.endsAt.map({ endsAt < $0 }) ?? true {
                ends.insert(MarkQueue.Mark(time: endsAt, number: old.serial, serial: old.serial, place: place))
            }
        }
        if count > limits.windowsMax { forgetSome() }
    }

    /// Forgets a window and returns it.
    @discardableResult
    mutating func remove(_ place: WindowPlace) -> Window? {
        guard slots.indices.contains(place.slot), let entry = slots[place.slot].removeValue(forKey: place.key) else {
            return nil
        }
        count -= 1
        if entry.window.isHeld { heldCount -= 1 }
        note(place)
        return entry.window
    }

    /// Takes the timer that is due first.
    mutating func takeTimer() -> (timer: WaitingTimer, place: WindowPlace)? {
        guard let mark = Self.first(&timers, in: slots), case .timer(let timer) = remove(mark.place) else { return nil }
        return (timer, mark.place)
    }

    /// Takes the first of the events that wait.
    mutating func takeHeld() -> HeldEvent? {
        guard let mark = Self.first(&held, in: slots), case .held(let event) = remove(mark.place) else { return nil }
        return event
    }

    /// Forgets what meant something only before a time.
    mutating func forget(endedBefore time: Instant) {
        while let mark = Self.first(&ends, in: slots), mark.time < time {
            ends.removeFirst()
            guard let endsAt = entry(at: mark.place)?.endsAt else { continue }
            if endsAt < time {
                remove(mark.place)
            } else {
                ends.insert(MarkQueue.Mark(time: endsAt, number: mark.number, serial: mark.serial, place: mark.place))
            }
        }
    }

    /// Forgets what was opened at times that turned out to be wrong, facts apart; events that wait happened at this one.
    mutating func restart(at time: Instant) {
        var wrong: [(place: WindowPlace, window: Window)] = []
        visit { place, entry in
            if case .fact = entry.window { return }
            wrong.append((place, entry.window))
        }
        for (place, window) in wrong {
            remove(place)
            guard case .held(var event) = window else { continue }
            event.moment = time
            put(.held(event), endsAt: nil, at: place)
        }
    }

    /// Notes that what is written down under a place is not remembered, so that it is removed.
    mutating func noteAbsence(at place: WindowPlace) { note(place) }

    /// The places that changed since this was last taken.
    mutating func takeChanged() -> Set<WindowPlace> {
        defer { changed = [] }
        return changed
    }

    /// The window at a place with when it ends.
    func entry(at place: WindowPlace) -> Entry? {
        slots.indices.contains(place.slot) ? slots[place.slot][place.key] : nil
    }

    private mutating func insert(_ window: Window, endsAt: Instant?, at place: WindowPlace) {
        lastSerial &+= 1
        let old = slots[place.slot].updateValue(
            Entry(window: window, endsAt: endsAt, serial: lastSerial),
            forKey: place.key
        )
        if old == nil { count += 1 }
        if old?.window.isHeld != true, window.isHeld { heldCount += 1 }
    }

    /// Notes when a window is to be looked at again.
    private mutating func mark(_ window: Window, endsAt: Instant?, at place: WindowPlace) {
        func mark(_ time: Instant, _ number: UInt64) -> MarkQueue.Mark {
            MarkQueue.Mark(time: time, number: number, serial: lastSerial, place: place)
        }
        switch window {
        case .timer(let timer): timers.insert(mark(timer.due, timer.number))
        case .held(let event): held.insert(mark(event.moment, event.number))
        case .count, .sequence, .throttle, .fact:
            if let endsAt { ends.insert(mark(endsAt, lastSerial)) }
        }
        let countMax = 2 * count + Self.marksSpare
        if ends.count > countMax { Self.drop(&ends, in: slots) }
        if timers.count > countMax { Self.drop(&timers, in: slots) }
        if held.count > countMax { Self.drop(&held, in: slots) }
    }

    private mutating func note(_ place: WindowPlace) {
        if tracksChanges { changed.insert(place) }
    }

    // Static, since a method that is handed on would hold a second copy of everything, and the next change would copy it all.

    private static func first(_ queue: inout MarkQueue, in slots: Slots) -> MarkQueue.Mark? {
        queue.next { isCurrent($0, in: slots) }
    }

    private static func drop(_ queue: inout MarkQueue, in slots: Slots) {
        queue.drop { isCurrent($0, in: slots) }
    }

    private static func isCurrent(_ mark: MarkQueue.Mark, in slots: Slots) -> Bool {
        slots[mark.place.slot][mark.place.key]?.serial == mark.serial
    }

    private static let marksSpare = 64

    // MARK: - The bound

    /// Makes room: the slot with most windows forgets the tenth part of the bound, of those that end soonest.
    ///
    /// So many at once, since finding them takes as long as looking at all of the slot. Held events are never forgotten; they have a bound of their own.
    private mutating func forgetSome() {
        let sizes = slots.indices.map { slot in
            slots[slot].values.first?.window.isHeld == true ? 0 : slots[slot].count
        }
        guard let slot = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[slot] > 0 else { return }
        let soonest = slots[slot].sorted { one, other in
            let (left, right) = (one.value.lastInstant, other.value.lastInstant)
            return left == right ? one.value.serial < other.value.serial : left < right
        }
        for (key, _) in soonest.prefix(max(1, limits.windowsMax / 10)) {
            remove(WindowPlace(slot: slot, key: key))
            forgottenCount += 1
        }
    }
}

extension Window {
    /// When a timer is due, or when an event that waits happened.
    fileprivate var due: Instant? {
        switch self {
        case .timer(let timer): timer.due
        case .held(let held): held.moment
        case .count, .sequence, .throttle, .fact: nil
        }
    }

    fileprivate var isHeld: Bool {
        guard case .held = self else { return false }
        return true
    }
}

extension Windows.Entry {
    /// When it ends; for ever is later than everything.
    fileprivate var lastInstant: Instant {
        window.due ?? endsAt ?? .afterAll
    }
}
