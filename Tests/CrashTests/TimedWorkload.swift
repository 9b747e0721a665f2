import Foundation
import SeededRandom

/// Events that mean something only together, and rules of every kind that remember them.
///
/// Their time is their own and long past, so that nothing of what is decided hangs on the clock of the machine.
struct TimedWorkload {
    /// How many conversations there are; a few of them have most of the events.
    private static let conversationCount = 300

    /// So many of a hundred events come up to half a minute later than others that happened after them.
    private static let latePercent = 3

    private static let start = 1_767_787_200_000

    private static let words = [
        "bad", "bad", "price", "buy", "anyone", "answer", "help", "help", "spam", "vip", "plain", "helper",
    ]

    /// The lines of the input.
    let lines: [String]

    /// How many lines say again what an earlier one has said.
    let repeatedCount: Int

    /// Makes events.
    ///
    /// - Parameters:
    ///   - eventCount: How many there are.
    ///   - repeatsPercent: How many of a hundred lines repeat one of the hundred before.
    ///   - seed: What they are drawn from.
    init(eventCount: Int, repeatsPercent: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var lines: [String] = []
        var repeated = 0
        var now = Self.start
        for number in 0..<eventCount {
            if Int.random(in: 0..<100, using: &random) < repeatsPercent, !lines.isEmpty {
                lines.append(lines.suffix(100).randomElement(using: &random) ?? "")
                repeated += 1
            }
            now += 500 * Int.random(in: 0...20, using: &random)
            let isLate = Int.random(in: 0..<100, using: &random) < Self.latePercent
            let time = isLate ? now - Int.random(in: 0...30_000, using: &random) : now
            let share = Double.random(in: 0..<1, using: &random)
            let customer = 918_000_000_001 + Int(share * share * Double(Self.conversationCount))
            let helper = 919_999_900_101 + Int.random(in: 0...4, using: &random)
            let word = Self.words.randomElement(using: &random) ?? ""
            lines.append(
                #"{"id":"e\#(number)","customer":"\#(customer)","text":"\#(word)","time":\#(time),"helper":"\#(helper)"}"#
            )
        }
        self.lines = lines
        repeatedCount = repeated
    }

    /// The rule file; jobs are too old to be performed, and settled without any call.
    static func rules(lateness: String) -> String {
        """
        business_numbers: { main: "919999900000" }
        settings:
          lateness: \(lateness)
          delivery: { rate: 1000000/s, concurrency: 64, max_event_age: 1h }
        facts:
          vip:
            per: customer
            set: { when: { text: { keywords: [vip] } } }
            clear: { when: { text: { keywords: [plain] } } }
            for: 2h
          helper: { set: { when: { text: { keywords: [helper] } } }, value: "{{fields.helper}}" }
        rules:
          - id: counted
            when: { text: { keywords: [bad] } }
            count: { at_least: 3, within: 2h }
            then: [{ add-collaborator: { agents: "{{first.fields.helper}}" } }]
          - id: in-order
            when: { facts: { vip: { exists: false } } }
            sequence: [{ when: { text: { keywords: [price] } } }, { when: { text: { keywords: [buy] } } }]
            within: 1h
            then: [{ add-collaborator: { agents: "{{steps.0.fields.helper}}" } }]
          - id: unanswered
            when: { text: { keywords: [anyone] } }
            unless: { when: { text: { keywords: [answer] } }, within: 40m }
            then: [{ add-collaborator: { agents: "{{fields.helper}}" } }]
          - id: seldom
            when: { text: { keywords: [help] } }
            throttle: { once_per: 30m }
            then: [{ add-collaborator: { agents: "919999900101" } }]
          - id: crowd
            when: { text: { keywords: [spam] } }
            count: { at_least: 8, within: 5m, per: business, distinct: customer }
            throttle: { at_most: 2, within: 30m, per: business }
            then: [{ add-collaborator: { agents: "919999900102" } }]
          - id: patience
            when: { text: { keywords: [bad, anyone] }, facts: { vip: true } }
            count: { at_least: 2, within: 1h }
            unless: { when: { text: { keywords: [answer, help] } }, within: 20m }
            throttle: { once_per: 1h }
            then: [{ add-collaborator: { agents: "{{first.fields.helper}}" } }]
          - id: helped
            when: { text: { keywords: [help] }, facts: { helper: { exists: true } } }
            then: [{ add-collaborator: { agents: "{{facts.helper}}" } }]

        """
    }
}
