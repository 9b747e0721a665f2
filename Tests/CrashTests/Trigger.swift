import Foundation
import SeededRandom
import Synchronization

/// Kills a process, or sends it another signal, at a moment of its work that was drawn beforehand.
///
/// Calls are counted while the sandbox has them in its hand and has not answered, records as they come out of the pipe: both
/// are places in the work, and the same seed draws the same ones. What the process has done elsewhere by then, and what a
/// short time brings it to, depends on the machine; a seed that failed fails again often, not always.
final class Trigger: Sendable {
    /// When the process dies.
    enum Moment: Hashable, Sendable {
        /// While so many calls of its have reached the sandbox, the last one not answered.
        case call(Int)
        /// When so many of its records have been read.
        case record(Int)
        /// After a time, as when it is still starting.
        case time(Duration)
        /// Not at all.
        case never

        /// Draws a moment, at most so many calls or records away.
        static func random(countMax: Int, using random: inout SeededGenerator) -> Moment {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: return .call(Int.random(in: 1...countMax, using: &random))
            case 2, 3: return .record(Int.random(in: 1...countMax, using: &random))
            default: return .time(.milliseconds(Int.random(in: 0...600, using: &random)))
            }
        }
    }

    private struct State {
        var moment = Moment.never
        var process: pid_t?
        var signal = SIGKILL
        var count = 0
        var hasFired = false
    }

    private let state = Mutex(State())

    /// Aims at a process that has just begun.
    func arm(_ moment: Moment, process: pid_t, signal: Int32 = SIGKILL) {
        state.withLock { $0 = State(moment: moment, process: process, signal: signal) }
    }

    /// Aims at nobody any more, since the number of a process that has ended may become that of another; whether it has
    /// fired.
    @discardableResult
    func disarm() -> Bool {
        state.withLock { state in
            state.process = nil
            return state.hasFired
        }
    }

    /// Notes a call that has reached the sandbox.
    func noteCall() { note { if case .call(let count) = $0 { count } else { nil } } }

    /// Notes a record that has been read.
    func noteRecord() { note { if case .record(let count) = $0 { count } else { nil } } }

    /// Fires now.
    func fire() {
        state.withLock { state in
            guard let process = state.process, !state.hasFired else { return }
            state.hasFired = true
            kill(process, state.signal)
        }
    }

    private func note(_ limit: (Moment) -> Int?) {
        let isDue = state.withLock { state in
            guard let limit = limit(state.moment) else { return false }
            state.count += 1
            return state.count >= limit
        }
        if isDue { fire() }
    }
}
