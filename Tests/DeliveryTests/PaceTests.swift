import SeededRandom
import Testing

@testable import Delivery

struct PaceTests {
    /// Who passes of those who come at these times, in seconds.
    private static func passed(_ count: Int, per period: Duration, at times: [Double]) -> [Double] {
        var pace = Pace(count: count, period: period)
        return times.filter { pace.take(now: .seconds($0)) }
    }

    @Test func `so many pass at once, and the next when the first of them is a period old`() {
        let times = [100, 103, 103, 109.999, 110, 110, 112.5, 113, 113, 119.5, 120]
        #expect(Self.passed(2, per: .seconds(10), at: times) == [100, 103, 110, 113, 120])
    }

    @Test func `a pause saves nothing up`() {
        let times = [0, 1_000, 1_001, 1_002, 5_000, 5_000, 5_000, 5_000, 5_000.5]
        let passed: [Double] = [0, 1_000, 1_001, 1_002, 5_000, 5_000, 5_000]
        #expect(Self.passed(3, per: .seconds(1), at: times) == passed)
    }

    @Test func `who was refused has not taken a place`() {
        let times = Array(stride(from: 0, through: 2, by: 0.125))
        #expect(Self.passed(1, per: .seconds(1), at: times) == [0, 1, 2])
    }

    @Test func `it is known when the next place is free`() {
        var pace = Pace(count: 2, period: .seconds(10))
        var openings = [pace.opening]
        for time in [Duration.seconds(100), .seconds(103), .seconds(104), .seconds(111)] {
            _ = pace.take(now: time)
            openings.append(pace.opening)
        }
        #expect(openings == [.zero, .zero, .seconds(110), .seconds(110), .seconds(113)])
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `no period holds more than allowed, and no place stays empty`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...6, using: &random)
        let period = Duration.milliseconds(Int.random(in: 1...3_000, using: &random))
        var pace = Pace(count: count, period: period)
        var taken: [Duration] = []
        var now = Duration.zero
        for _ in 0..<300 {
            now += .milliseconds(Int.random(in: 0...900, using: &random))
            let recent = taken.count { $0 > now - period }
            let isPassed = pace.take(now: now)
            #expect(isPassed == (recent < count), "seed \(seed) at \(now)")
            if isPassed { taken.append(now) }
        }
    }
}
