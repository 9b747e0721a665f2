import Events
import Foundation
import Patterns
import RuleEngine
import SeededRandom
import Testing

/// Rules about time against a reference that keeps all events and looks through all of them again for each.
@Suite(.timeLimit(.minutes(10)))
struct TimePropertyTests {
    /// How many programs each run of a test makes, and how many streams it puts through each.
    private static let (programs, streams) = (625, 10)

    /// The seed of a run: the same each time, so that a failure tells of a change; `BECKON_SEED` tries others.
    private static func seed(_ run: Int) -> UInt64 {
        let base = ProcessInfo.processInfo.environment["BECKON_SEED"].flatMap { UInt64($0) } ?? 2026
        return base &* 1000 &+ UInt64(run)
    }

    @Test(arguments: 1...8)
    func `engine and reference agree on rules and streams`(run: Int) throws {
        let seed = Self.seed(run)
        var generator = TimedCaseGenerator(seed: seed)
        let scratch = EngineScratch()
        var seen = Seen()
        for round in 0..<Self.programs {
            let program = generator.program()
            let compiled = try program.compiled()
            for _ in 0..<Self.streams {
                let example = TimedCase(
                    program: program,
                    stream: generator.stream(),
                    ending: TimedCase.Ending.allCases[round % 4]
                )
                let expected = example.expected()
                seen.note(expected)
                guard try example.decided(by: compiled, scratch: scratch) != expected else { continue }
                let smallest = try example.shrunk { try $0.decided(scratch: scratch) != $0.expected() }
                Issue.record("seed \(seed): \(try smallest.report(scratch: scratch))")
                return
            }
        }
        // A generator that makes nothing but misses would prove nothing.
        #expect(seen.isVaried, "seed \(seed): \(seen)")
    }

    @Test(arguments: 1...2)
    func `state that is written down and read back after each event decides as if nothing had happened`(
        run: Int
    ) throws {
        try check(programs: 150) { example, scratch in
            var store = StateStore()
            return try example.decided(scratch: scratch) { store.exchanged($0, for: $1) }
        }
    }

    @Test func `a stream twice gives the same firings twice`() throws {
        try check(programs: 60) { example, _ in try example.decided(scratch: EngineScratch()) }
    }

    @Test func `a stream in disorder within lateness gives the firings that it gives in order`() throws {
        let seed = Self.seed(0)
        var generator = TimedCaseGenerator(seed: seed)
        var random = SeededGenerator(seed: ~seed)
        let scratch = EngineScratch()
        for _ in 0..<600 {
            var ordered = TimedCase(program: generator.program(), stream: generator.stream())
            if ordered.program.lateness == 0 { ordered.program.lateness = 5 }
            ordered.stream.removeAll { $0.time == nil }
            for index in ordered.stream.indices { ordered.stream[index].idle = nil }
            ordered.stream.sort { ($0.time ?? 0, $0.number) < ($1.time ?? 0, $1.number) }
            var shuffled = ordered
            shuffled.shuffle(using: &random)
            let (one, other) = (try ordered.decided(scratch: scratch), try shuffled.decided(scratch: scratch))
            guard one.map(\.withoutArrivals) != other.map(\.withoutArrivals) else { continue }
            Issue.record(
                "seed \(seed): \(shuffled.program)\n\(shuffled.stream)\nin order: \(one)\nin disorder: \(other)"
            )
            return
        }
    }

    /// Holds a way of deciding against the plain one.
    private func check(
        programs: Int,
        _ decided: (TimedCase, EngineScratch) throws -> [TimedFiring]
    ) throws {
        let seed = Self.seed(0)
        var generator = TimedCaseGenerator(seed: seed)
        let scratch = EngineScratch()
        for _ in 0..<programs {
            let program = generator.program()
            for _ in 0..<3 {
                let example = TimedCase(program: program, stream: generator.stream())
                guard try decided(example, scratch) != example.decided(scratch: scratch) else { continue }
                let smallest = try example.shrunk { try decided($0, scratch) != $0.decided(scratch: scratch) }
                let found = try decided(smallest, scratch).map(\.description).joined(separator: "\n")
                Issue.record("seed \(seed): \(try smallest.report(scratch: scratch))\nthe other way:\n\(found)")
                return
            }
        }
    }
}

/// What the firings of many cases were like.
private struct Seen {
    private var (firings, timers, heldBack, withEarlier) = (0, 0, 0, 0)

    mutating func note(_ found: [TimedFiring]) {
        firings += found.count
        timers += found.count { $0.firedAt != nil }
        heldBack += found.count { $0.isHeldBack }
        withEarlier += found.count { $0.text.contains("|") }
    }

    var isVaried: Bool { [firings, timers, heldBack, withEarlier].allSatisfy { $0 > 200 } }
}

/// What was written down of a state.
private struct StateStore {
    private var rows: [StateRow] = []

    /// The state as it is read back, after its changes were written.
    mutating func exchanged(_ old: EngineState, for program: Program) -> EngineState {
        var old = old
        for change in old.takeChanges(of: program) {
            switch change {
            case .put(let row):
                rows.removeAll { $0.slot == row.slot && $0.key == row.key }
                rows.append(row)
            case .remove(let slot, let key): rows.removeAll { $0.slot == slot && $0.key == key }
            }
        }
        var new = EngineState(tracksChanges: true)
        (new.clock, new.latestTime, new.picks) = (old.clock, old.latestTime, old.picks)
        #expect(new.restore(rows.reversed(), for: program) == EngineState.Leftovers())
        return new
    }
}

extension TimedCase {
    /// Puts the stream out of order so far that no event comes too late; those of one time stay in order.
    fileprivate mutating func shuffle(using random: inout SeededGenerator) {
        var delays: [Int: Int] = [:]
        for time in stream.compactMap(\.time) where delays[time] == nil {
            delays[time] = Int.random(in: 0...program.lateness, using: &random)
        }
        let arrivals = stream.map { ($0.time ?? 0) + (delays[$0.time ?? 0] ?? 0) }
        stream = stream.indices.sorted { (arrivals[$0], $0) < (arrivals[$1], $1) }.map { stream[$0] }
    }
}

extension TimedFiring {
    fileprivate var withoutArrivals: TimedFiring {
        var firing = self
        firing.arrivals = 0
        return firing
    }
}
