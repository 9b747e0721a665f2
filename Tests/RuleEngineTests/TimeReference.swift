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

        /// What is counted once.
        var value: String?

        /// Whether nothing before it kept the rule from firing on the event.
        var isFree = false

        /// Which steps of the sequence it fits.
        var fits: [Bool] = []

        /// Whether it completed a sequence, which uses up what came before.
        var completes = false

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
        var key: String?
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

    /// How many events have come.
    private(set) var arrivals = 0
    private(set) var latest: Int?
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
    private var clock: Int? { latest.map { $0 - program.lateness } }

    /// Takes the next event.
    mutating func take(_ original: TimedEvent) {
        arrivals += 1
        var event = original
        event.time = event.time ?? latest
        guard let time = event.time else { return decide(event, at: Self.beforeAll) }
        if let clock, time < clock { return decide(event, at: clock) }
        let now = max(time, latest ?? time)
        latest = now
        waiting.append(Waiting(event: event, time: time))
        let clock = now - program.lateness
        goOn {
            $0 <= clock
        } timersWhile: {
            $0 < clock
        }
    }

    /// Decides what is left, as if time had come to that instant; all timers without one.
    mutating func settle(until end: Int? = nil) {
        goOn { _ in
            true
        } timersWhile: { due in
            end.map { due <= $0 } ?? true
        }
    }

    /// Decides events that no longer wait and timers that are due, in order of time; at one time events come first.
    private mutating func goOn(eventsWhile isTurn: (Int) -> Bool, timersWhile isDue: (Int) -> Bool) {
        while true {
            let event = waiting.indices.filter { isTurn(waiting[$0].time) }.min { waiting[$0].time < waiting[$1].time }
            let timer = nextTimer.flatMap { isDue($0.due) ? $0 : nil }
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
