import ActionKit
import SeededRandom

@testable import Delivery

/// A random world around a dispatch state, and a second, simple-minded account of what may happen in it.
///
/// Time jumps from one occurrence to the next. Every answer of the state is held against the account; what does not fit is a
/// violation.
struct Simulation {
    private struct Ending {
        var time: Duration
        var lane: String
        var outcome: DeliveryOutcome
    }

    private var random: SeededGenerator
    private let policy: DeliveryPolicy
    private var state: DispatchState
    private var account: Account

    private var now = Duration.zero
    private var arrivals: [(time: Duration, firing: FiringDelivery)] = []
    private var endings: [Ending] = []
    private var alarms: [Duration] = []
    private var closing: (time: Duration, drain: Duration)?
    private var stop: Duration?

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var policy = DeliveryPolicy(
            concurrency: Int.random(in: 1...5, using: &random),
            rateCount: Int.random(in: 1...5, using: &random),
            ratePeriod: .milliseconds(Int.random(in: 1...8_000, using: &random))
        )
        policy.retry.attemptsMax = Int.random(in: 1...5, using: &random)
        policy.retry.giveUpAfter = .seconds(Int.random(in: 5...200, using: &random))
        self.policy = policy
        state = DispatchState(policy: policy)
        account = Account(policy: policy)
        var time = Duration.zero
        for number in 0..<Int.random(in: 0...60, using: &random) {
            if Bool.random(using: &random) { time += .milliseconds(Int.random(in: 0...4_000, using: &random)) }
            let text = Self.firing(number, using: &random)
            arrivals.append((time, FiringDelivery(text, number: number)))
        }
        closing = (time, .seconds(Int.random(in: 0...300, using: &random)))
        if Int.random(in: 0..<4, using: &random) == 0 {
            stop = .milliseconds(Int.random(in: 0...60_000, using: &random))
        }
        self.random = random
    }

    private static func firing(_ number: Int, using random: inout SeededGenerator) -> String {
        let lane = ["a", "b", "c", "d", "e", "f"].randomElement(using: &random) ?? "a"
        let kinds = ["", "", "", "", "!", "@mail", "@mail", "@", "=failed", "=suppressed"]
        return (0..<Int.random(in: 0...4, using: &random)).map { index in
            "\(lane)\(number)x\(index)" + (kinds.randomElement(using: &random) ?? "")
        }.joined(separator: " ")
    }

    /// Runs the world to its end; what went wrong in it.
    mutating func violations() -> [String] {
        var stepsLeft = 10_000
        while let time = nextTime {
            stepsLeft -= 1
            guard stepsLeft > 0 else { return account.violations + ["the world does not end"] }
            account.noteSilence(from: now, until: time)
            now = time
            step()
        }
        account.noteEnd()
        return account.violations
    }

    private var nextTime: Duration? {
        let times = [arrivals.first?.time, endings.map(\.time).min(), alarms.min(), closing?.time, stop]
        return times.compactMap(\.self).min()
    }

    /// Does the one thing that is next; of several at the same time, any.
    private mutating func step() {
        if stop == now {
            stop = nil
            account.stop()
            take(state.end(because: Reason("stopped", "The run was stopped.")))
        } else if let index = endings.firstIndex(where: { $0.time == now }), Bool.random(using: &random) {
            end(endings.remove(at: index))
        } else if arrivals.first?.time == now {
            let firing = arrivals.removeFirst().firing
            account.submit(firing)
            take(state.submit(firing))
        } else if let closing, closing.time == now {
            self.closing = nil
            account.close(at: now + closing.drain, now: now)
            take(state.close(drain: closing.drain, now: now))
        } else if let index = alarms.firstIndex(of: now) {
            alarms.remove(at: index)
            account.wake(now: now)
            take(state.woke(now: now))
        } else if let index = endings.firstIndex(where: { $0.time == now }) {
            end(endings.remove(at: index))
        }
        begin()
    }

    private mutating func end(_ ending: Ending) {
        let jitter = Double.random(in: 0..<1, using: &random)
        account.end(ending.lane, ending.outcome, jitter: jitter, now: now)
        take(state.attempted(lane: ending.lane, ending.outcome, jitter: jitter, now: now))
    }

    private mutating func take(_ reports: [DispatchState.Report]) {
        for report in reports { account.note(report) }
        account.noteReported()
    }

    private mutating func begin() {
        for attempt in state.begin(now: now) {
            account.note(attempt, now: now)
            let time = now + .milliseconds(Int.random(in: 0...5_000, using: &random))
            endings.append(Ending(time: time, lane: attempt.lane, outcome: outcome()))
        }
        account.noteBegun(now: now)
        if let due = state.alarm(now: now) {
            account.require(due >= now, "an alarm lies in the past")
            account.require(
                alarms.allSatisfy { $0 <= now || due < $0 },
                "an alarm is later than one that was asked for"
            )
            alarms.append(due)
        }
    }

    private mutating func outcome() -> DeliveryOutcome {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<45: .done
        case ..<50: .half
        case ..<70: .busy
        case ..<80: .busy(for: .seconds(Int.random(in: 0...40, using: &random)))
        case ..<90: .lost
        case ..<97: .refused
        default: .locked
        }
    }
}
