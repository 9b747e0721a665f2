import ActionKit
import Events
import Ledger
import Testing

@testable import Delivery

struct JobProgressTests {
    /// What a job comes to whose attempts end so, each begun as soon as it may.
    private static func settlement(
        _ outcomes: [DeliveryOutcome],
        effect: EffectClass = .idempotent,
        attemptsMax: Int = 3
    ) -> Settlement? {
        var policy = RetryPolicy()
        policy.attemptsMax = attemptsMax
        var progress = JobProgress(policy: policy, now: .beginning)
        var now = Duration.zero
        for outcome in outcomes {
            progress.begin(now: now)
            switch progress.take(outcome, effect: effect, policy: policy, jitter: 0, now: now) {
            case .settled(let settlement): return settlement
            case .again(let due): now = due
            }
        }
        return nil
    }

    @Test(
        arguments: [
            ([.done], "delivered x1 Done."),
            ([.half], "partial:partial x1 Half done."),
            ([.refused], "failed:bad-request x1 The chat does not exist."),
            ([.locked], "failed:unauthorized x1 The key is wrong."),
            ([.busy, .done], "delivered x2 Done."),
            ([.lost, .done], "delivered x2 Done."),
            ([.lost, .half], "partial:partial x2 Half done."),
            ([.busy, .refused], "failed:bad-request x2 The chat does not exist."),
            ([.lost, .refused], "failed:bad-request x2 The chat does not exist."),
            ([.busy, .locked], "failed:unauthorized x2 The key is wrong."),
            ([.lost, .locked], "unknown:unauthorized x2 The key is wrong. An earlier attempt may have succeeded."),
            ([.busy, .busy, .busy], "failed:http-503 x3 The service is busy. Gave up after 3 attempts."),
            ([.busy, .busy, .lost], "unknown:timeout x3 No answer came. Gave up after 3 attempts."),
            ([.lost, .busy, .busy], "unknown:http-503 x3 The service is busy. Gave up after 3 attempts."),
            ([.busy, .busy, .done], "delivered x3 Done."),
        ] as [([DeliveryOutcome], String)]
    )
    func `the outcomes of its attempts decide what a job comes to`(outcomes: [DeliveryOutcome], text: String) {
        for effect in [EffectClass.idempotent, .keyed] {
            #expect(Self.settlement(outcomes, effect: effect)?.wholeText == text)
        }
    }

    @Test(
        arguments: [
            (
                [.lost],
                "unknown:timeout x1 No answer came. Not tried again, since a second attempt might do it twice."
            ),
            ([.busy, .done], "delivered x2 Done."),
            (
                [.busy, .lost],
                "unknown:timeout x2 No answer came. Not tried again, since a second attempt might do it twice."
            ),
        ] as [([DeliveryOutcome], String)]
    )
    func `what may be done once only is tried again only if it is not done`(
        outcomes: [DeliveryOutcome],
        text: String
    ) {
        #expect(Self.settlement(outcomes, effect: .atMostOnce)?.wholeText == text)
    }

    @Test(
        arguments: [
            ("Service Unavailable", "Service Unavailable. Gave up after one attempt."),
            ("Try later!", "Try later! Gave up after one attempt."), ("", "Gave up after one attempt."),
        ]
    )
    func `a receiver's words become a sentence before ours`(words: String, detail: String) {
        let settlement = Self.settlement([.retry(Reason("http-503", words))], attemptsMax: 1)
        #expect(settlement?.detail == detail)
    }

    @Test func `an attempt that is taken back leaves no trace, and those before it stay`() {
        var policy = RetryPolicy()
        policy.giveUpAfter = .seconds(10)
        var progress = JobProgress(policy: policy, now: .beginning)
        let new = progress
        progress.begin(now: .zero)
        progress.takeBack()
        #expect(progress == new)
        progress.begin(now: .seconds(1_000))
        _ = progress.take(.busy, effect: .keyed, policy: policy, jitter: 0, now: .seconds(1_000))
        let once = progress
        progress.begin(now: .seconds(1_001))
        progress.takeBack()
        #expect(progress == once)
    }

    @Test func `the age of a job counts from the beginning of its first attempt`() {
        var policy = RetryPolicy()
        policy.giveUpAfter = .seconds(10)
        var progress = JobProgress(policy: policy, now: .beginning)
        progress.begin(now: .seconds(1_000))
        let first = progress.take(.busy, effect: .keyed, policy: policy, jitter: 0, now: .seconds(1_005))
        #expect(first == .again(at: .seconds(1_006)))
        progress.begin(now: .seconds(1_006))
        let second = progress.take(.busy, effect: .keyed, policy: policy, jitter: 0, now: .seconds(1_008))
        #expect(second == .again(at: .seconds(1_010)))
        progress.begin(now: .seconds(1_010))
        let third = progress.take(.busy, effect: .keyed, policy: policy, jitter: 0, now: .seconds(1_010))
        let text = "failed:http-503 x3 The service is busy. Gave up after 3 attempts."
        #expect(third.settlement?.wholeText == text)
    }
}

extension Moment {
    fileprivate static let beginning = Moment(elapsed: .zero, wall: Instant(milliseconds: 0))
}

extension JobProgress.Step {
    fileprivate var settlement: Settlement? {
        guard case .settled(let settlement) = self else { return nil }
        return settlement
    }
}

extension Settlement {
    fileprivate var wholeText: String { detail.map { "\(text) \($0)" } ?? text }
}
