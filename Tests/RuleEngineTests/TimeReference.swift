/// What rules about time do, worked out the slow way from what is written about them.
///
/// It keeps every event that came and everything that was ever decided, forgets nothing, and looks through all of it for each
/// new event: whether a sequence is complete, how many were counted, which timer still waits. There are no windows here that
/// something could fall out of.
struct TimeReference {
    /// What a rule saw of one event, and what came of it.
    struct Sight {
        var event: Int
        var time: Int

        /// The keys of what it is collected, counted and waited for by.
        var sequenceKey: String?
        var countKey: String?
        var timerKey: String?

        /// The customer of an event without a business number, which meets every open window of that customer.
        var customerMet: String?

        /// What is counted once.
        var value: String?

        /// Whether nothing before it kept the rule from firing on the event.
        var isFree = false

        /// Which steps of the sequence it fits.
        var fits: [Bool] = []

        /// The keys of the sequences that it completed, which uses up what came before.
        var completes: [String] = []

        /// Whether it was counted, and whether that made enough, which uses up what came before.
        var isCounted = false
        var makesEnough = false

        /// Whether it is what must not follow.
        var answers = false

        /// The timer that it started.
        var timer: Timer?
    }

    /// A wait for what must not follow.
    struct Timer {
        var due: Int
        var number: Int
        var earlier: Earlier
        var isOver = false
    }

    /// The events that a rule has waited from, by their places among all.
    struct Earlier {
        var first: Int?
        var steps: [Int] = []
    }

    /// A firing that a throttle let through.
    struct Passage {
        var key: String
        var time: Int
    }

    /// What an event set or cleared.
    struct Memory {
        var fact: Int
        var key: String
        var time: Int
        var text: String?
    }

    /// An event that waits for its turn.
    private struct Waiting {
        var event: TimedEvent
        var time: Int
    }

    /// When everything happened that came before any time was known: together, and long before all else.
    static let beforeAll = Int.min / 4

    let program: TimedProgram

    /// The positions of the rules in the order in which they are decided.
    let order: [Int]

    /// All events, in the order in which they were decided.
    var events: [TimedEvent] = []

    /// All firings so far.
    var firings: [TimedFiring] = []

    /// By rule, in the order in which events were decided.
    var sights: [[Sight]]
    var passages: [[Passage]]
    var memories: [Memory] = []
    var timersStarted = 0

    /// When events came that carry no time, by their numbers: a timer is started then.
    private(set) var stamps: [Int: Int] = [:]

    /// How many events have come.
    private(set) var arrivals = 0
    private var latest: Int?

    /// Where time was moved without an event that tells its time.
    private var moved: Int?
    private var waiting: [Waiting] = []

    init(_ program: TimedProgram) {
        self.program = program
        order = program.rules.indices.sorted { one, other in
            let (left, right) = (program.rules[one], program.rules[other])
            if (left.otherwise == nil) != (right.otherwise == nil) { return left.otherwise == nil }
            return left.priority == right.priority ? one < other : left.priority > right.priority
        }
        sights = program.rules.map { _ in [] }
        passages = program.rules.map { _ in [] }
    }

    /// Up to where everything is decided: what is older comes too late.
    private var clock: Int? { [latest.map { $0 - program.lateness }, moved].compactMap(\.self).max() }

    /// The latest time that is known of.
    private var reached: Int? { [latest, moved].compactMap(\.self).max() }

    /// Takes the next event.
    mutating func take(_ original: TimedEvent) {
        arrivals += 1
        var event = original
        let arrived = event.arrival.map { program.lateness > 0 ? $0 : $0 - TimedProgram.grace }
        guard let time = event.time ?? [reached, arrived].compactMap(\.self).max() else {
            return decide(event, at: Self.beforeAll)
        }
        if event.time != nil {
            if let clock, time < clock { return decide(event, at: clock) }
            latest = max(time, latest ?? time)
        } else {
            event.time = event.arrival ?? reached
            stamps[event.number] = event.arrival
            // Where no event has told a time, the arrivals are all that is known of it.
            if latest == nil || program.lateness == 0 { move(to: time - program.lateness) }
        }
        waiting.append(Waiting(event: event, time: time))
        // Where the clock has moved time further than the events, it moves it on, too.
        let end = program.lateness == 0 ? max(time, latest ?? time) : (latest ?? time) - program.lateness
        goOn(eventsThrough: end, timersBefore: end)
    }

    /// Lets the clock decide what is due while no event comes.
    mutating func advance(byClock now: Int) {
        let patience = max(TimedProgram.grace, program.lateness)
        let moment = now - patience
        guard let reached, let clock, moment > clock else { return }
        // Where no event has told a time, none can have shown that it is old.
        guard latest == nil || now - reached <= TimedProgram.liveLag + patience else { return }
        move(to: moment)
        goOn(eventsThrough: moment, timersBefore: moment + 1)
    }

    /// Decides what is left at the end.
    mutating func settle(_ ending: TimedCase.Ending, later: Int) {
        let lastWaiting = waiting.map(\.time).max()
        let last = [clock, lastWaiting].compactMap(\.self).max()
        let end =
            switch ending {
            case .events: lastWaiting
            case .lastEvent: last.map { $0 + 1 }
            case .later: later + 1
            case .everything: Int.max
            }
        goOn(eventsThrough: .max, timersBefore: end ?? .min)
    }

    private mutating func move(to time: Int) { moved = max(time, moved ?? time) }

    /// Decides events that no longer wait and timers that are due, in order of time; at one time events come first.
    private mutating func goOn(eventsThrough eventEnd: Int, timersBefore timerEnd: Int) {
        while true {
            let event = waiting.indices.filter { waiting[$0].time <= eventEnd }
                .min { waiting[$0].time < waiting[$1].time }
            let timer = nextTimer.flatMap { $0.due < timerEnd ? $0 : nil }
            switch (event, timer) {
            case (nil, nil): return
            case (let event?, let timer) where timer.map({ waiting[event].time <= $0.due }) ?? true:
                let next = waiting.remove(at: event)
                decide(next.event, at: next.time)
            case (_, let timer?): fire(timer)
            default: return
            }
        }
    }
}
