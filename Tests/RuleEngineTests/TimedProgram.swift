/// Rules about time in plain words, for the reference and for people who read a case that failed.
struct TimedProgram {
    /// The rules by position.
    var rules: [TimedRule]

    /// What is remembered.
    var facts: [TimedFact] = []

    /// How long every event waits for earlier ones, in milliseconds.
    var lateness = 0

    /// How far an idle live stream follows the clock, and how far behind it a stream is live.
    static let (grace, liveLag) = (3, 60)
}

/// A rule about time.
struct TimedRule {
    var id: String

    /// The event types; empty for any.
    var on = ["a"]
    var when: TimedCondition?
    var sequence: TimedSequence?
    var count: TimedCount?
    var absence: TimedAbsence?
    var throttle: TimedThrottle?
    var isShadow = false
    var priority = 0
    var stops = false
    var group: String?

    /// Tags of the rules of which none may have taken the event, all rules where there are none; `nil` for an ordinary rule.
    var otherwise: [String]?
    var tags: [String] = []

    /// The first instant at which the rule no longer fires.
    var end: Int?

    /// What the text of its one job tells.
    var told: [TimedValue] = [.number]
}

/// Events that are meant.
struct TimedSelector: Hashable {
    /// The event types; empty for any.
    var on = ["a"]
    var when: TimedCondition?
}

/// Steps that must come in order.
struct TimedSequence {
    var steps: [TimedSelector]
    var within: Int
    var per = TimedKey.conversation
}

/// A number of events, or of different values.
struct TimedCount {
    var atLeast: Int
    var within: Int
    var per = TimedKey.conversation
    var distinct: TimedDistinct?
}

/// What is counted once.
enum TimedDistinct: CaseIterable {
    case customer
    case tag
    case order
}

/// What must not follow.
struct TimedAbsence {
    var answer: TimedSelector
    var within: Int
    var countsOpenHours = false
    var per = TimedKey.conversation
}

/// How often a rule may fire.
struct TimedThrottle {
    var atMost: Int
    var within: Int
    var per = TimedKey.conversation
}

/// What is remembered.
struct TimedFact {
    var name: String
    var per = TimedKey.conversation
    var set: TimedSelector
    var value: TimedDistinct?
    var clear: TimedSelector?
    var duration: Int?
}

/// What an event must be like.
indirect enum TimedCondition: Hashable {
    case tag([String])
    case not(TimedCondition)
    case both(TimedCondition, TimedCondition)
    case isRemembered(String)
    case remembers(String, String)
    case isOpen
}

/// What events have in common.
enum TimedKey: String, CaseIterable {
    case conversation
    case customer
    case business
    case everyone
    case order
    case customerAndOrder
}

/// A value in the text of a job.
enum TimedValue: Hashable {
    case number
    case time
    case first
    case step(Int)
    case fact(String)
}

/// One event of a stream.
struct TimedEvent: Hashable {
    /// Tells the event from every other.
    var number: Int
    var type = "a"

    /// In milliseconds since 1970.
    var time: Int?

    /// When it came, in a live stream.
    var arrival: Int?

    /// What the clock shows when nothing has come after it for a while, in a live stream.
    var idle: Int?
    var tag: String?
    var customer: String? = "1"
    var business: String? = "9"

    /// A JSON text.
    var order: String?

    /// The key that the event has in common with others; `nil` when it lacks a part.
    func key(_ per: TimedKey) -> String? {
        switch per {
        case .conversation: business.flatMap { business in customer.map { business + ":" + $0 } }
        case .customer: customer
        case .business: business
        case .everyone: ""
        case .order: order == "null" ? nil : order
        case .customerAndOrder: customer.flatMap { customer in key(.order).map { customer + " " + $0 } }
        }
    }

    /// The value that is counted or remembered.
    func value(_ which: TimedDistinct) -> String? {
        switch which {
        case .customer: customer
        case .tag: tag
        case .order: key(.order)
        }
    }
}

/// A schedule that is open every day from nine to six, in UTC.
enum TimedHours {
    static let day = 86_400_000

    /// Nine in the morning of 2026-01-07, around which events happen.
    static let nine = 20_460 * day + from
    static let (from, to) = (9 * 3_600_000, 18 * 3_600_000)

    static func isOpen(at time: Int) -> Bool { (from..<to).contains(time % day) }

    /// When it has been open for so long, hour by hour of the days.
    static func instant(after start: Int, openFor length: Int) -> Int {
        var (now, left) = (start, length)
        while true {
            let midnight = now / day * day
            if now < midnight + from { now = midnight + from }
            if now + left <= midnight + to { return now + left }
            left -= max(0, midnight + to - now)
            now = midnight + day
        }
    }
}
