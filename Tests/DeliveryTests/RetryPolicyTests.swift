import Delivery
import Testing

struct RetryPolicyTests {
    private static let policy = RetryPolicy()

    @Test(
        arguments: [
            (1, 0.0, .seconds(1)), (1, 0.5, .milliseconds(750)), (2, 0.0, .seconds(2)), (3, 0.0, .seconds(4)),
            (6, 0.0, .seconds(32)), (7, 0.0, .seconds(60)), (7, 0.5, .seconds(45)), (11, 0.0, .seconds(60)),
        ] as [(Int, Double, Duration)]
    )
    func `the wait doubles up to its limit, and is cut by up to half`(failures: Int, jitter: Double, wait: Duration) {
        #expect(Self.policy.delay(afterFailures: failures, elapsed: .zero, asked: nil, jitter: jitter) == wait)
    }

    @Test(arguments: 1..<12)
    func `the wait is never cut by more than half`(failures: Int) throws {
        let whole = try #require(Self.policy.delay(afterFailures: failures, elapsed: .zero, asked: nil, jitter: 0))
        let cut = try #require(
            Self.policy.delay(afterFailures: failures, elapsed: .zero, asked: nil, jitter: 1.0.nextDown)
        )
        #expect(cut >= whole / 2)
        #expect(cut < whole)
    }

    @Test(
        arguments: [
            (.seconds(30), 0.0, .seconds(30)), (.seconds(30), 0.9, .seconds(30)), (.milliseconds(10), 0.0, .seconds(1)),
            (.zero, 0.5, .milliseconds(750)), (.seconds(3_600), 0.5, .seconds(3_600)),
            (.seconds(3_601), 0.5, .seconds(3_600)), (Duration(attoseconds: .max), 0.5, .seconds(3_600)),
        ] as [(Duration, Double, Duration)]
    )
    func `what the destination asked for is a lower bound, up to an hour`(
        asked: Duration,
        jitter: Double,
        wait: Duration
    ) {
        #expect(Self.policy.delay(afterFailures: 1, elapsed: .zero, asked: asked, jitter: jitter) == wait)
    }

    @Test(arguments: [(11, Duration.seconds(60)), (12, nil), (13, nil), (.max, nil)] as [(Int, Duration?)])
    func `a job gets so many attempts and no more`(failures: Int, wait: Duration?) {
        #expect(Self.policy.delay(afterFailures: failures, elapsed: .zero, asked: nil, jitter: 0) == wait)
    }

    @Test(
        arguments: [
            (.seconds(86_399), nil, .seconds(1)), (.milliseconds(86_399_001), nil, nil), (.seconds(90_000), nil, nil),
            (.seconds(84_000), .seconds(2_400), .seconds(2_400)), (.seconds(84_000), .seconds(2_401), nil),
            (.seconds(82_801), Duration(attoseconds: .max), nil),
        ] as [(Duration, Duration?, Duration?)]
    )
    func `no attempt is made after the time to give up`(elapsed: Duration, asked: Duration?, wait: Duration?) {
        #expect(Self.policy.delay(afterFailures: 1, elapsed: elapsed, asked: asked, jitter: 0) == wait)
    }

    @Test(arguments: [1, 0, -1])
    func `with one attempt or fewer there is no second one`(attempts: Int) {
        var policy = RetryPolicy()
        policy.attemptsMax = attempts
        #expect(policy.delay(afterFailures: 1, elapsed: .zero, asked: nil, jitter: 0) == nil)
    }
}
