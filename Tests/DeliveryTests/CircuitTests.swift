import ActionKit
import Testing

@testable import Delivery

struct CircuitTests {
    private static func policy(failures: Int) -> CircuitPolicy {
        var policy = CircuitPolicy()
        policy.failuresMax = failures
        return policy
    }

    @Test func `after every sequence of outcomes it is open if the last ones were failures, and says so once`() {
        for sequence in 0..<(1 << 10) {
            var circuit = Circuit(policy: Self.policy(failures: 3))
            var failures = 0
            for place in 0..<10 {
                let isFailure = sequence >> place & 1 == 1
                let wasOpen = failures >= 3
                failures = isFailure ? failures + 1 : 0
                let change = circuit.take(isFailure ? .lost : .done, isProbe: false, now: .zero)
                let expected: Circuit.Change? =
                    if wasOpen, !isFailure { .closed } else if !wasOpen, failures >= 3 { .opened } else { nil }
                #expect(change == expected)
                #expect(circuit.opening == (failures >= 3 ? .seconds(1) : .zero))
            }
        }
    }

    @Test(
        arguments: [
            (.done, false), (.half, false), (.refused, false), (.locked, false), (.busy, true), (.lost, true),
        ] as [(DeliveryOutcome, Bool)]
    )
    func `an answer about the job or the key shows a destination that works`(outcome: DeliveryOutcome, opens: Bool) {
        var circuit = Circuit(policy: Self.policy(failures: 1))
        let change = circuit.take(outcome, isProbe: false, now: .zero)
        #expect(change == (opens ? .opened : nil))
    }

    @Test func `it is left alone for longer and longer, and one attempt passes at a time`() {
        var circuit = Circuit(policy: Self.policy(failures: 1))
        _ = circuit.take(.lost, isProbe: false, now: .zero)
        var waits: [Duration] = []
        var now = Duration.zero
        for _ in 0..<7 {
            let next = circuit.opening ?? now
            waits.append(next - now)
            now = next
            let isProbe = circuit.pass()
            #expect(isProbe)
            #expect(circuit.opening == nil)
            let change = circuit.take(.busy, isProbe: false, now: now)
            #expect(change == nil)
            #expect(circuit.opening == nil)
            _ = circuit.take(.busy, isProbe: true, now: now)
        }
        #expect(waits == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        let passes = [circuit.pass(), circuit.take(.done, isProbe: true, now: now) == .closed, circuit.pass()]
        #expect(passes == [true, true, false])
    }

    @Test func `an attempt that was not made shows nothing`() {
        var circuit = Circuit(policy: Self.policy(failures: 1))
        _ = circuit.take(.lost, isProbe: false, now: .zero)
        let first = circuit.pass()
        circuit.unpass(now: .seconds(1))
        #expect(circuit.opening == .seconds(1))
        let second = circuit.pass()
        #expect(first && second)
    }
}
