import Foundation
import SeededRandom

/// Events, the rules that they meet, and who is to be in which chat when everything is done.
struct Workload {
    /// One call that the rules ask for, at least once: a customer's chat and the rule.
    ///
    /// The rules of a chat name different agents, so that what happened to a chat tells which call did it.
    struct Ask: Hashable {
        var customer: String
        var rule: Int
    }

    /// An event that asks for one call or for two.
    struct Event {
        var id: String
        var asks: [Ask]

        /// The event as a line of the input.
        var line: String {
            let words = asks.map { "wish\($0.rule)" }.joined(separator: " and ")
            return #"{"id":"\#(id)","customer":"\#(asks[0].customer)","text":"\#(words)"}"# + "\n"
        }
    }

    static let business = "919999900000"

    /// Whom each rule adds; one adds two, so that a call can be done in part.
    static let agents = [
        ["919999900101"], ["919999900102"], ["919999900103", "919999900104"], ["919999900105"],
    ]

    /// The events in the order of the input.
    private(set) var events: [Event] = []

    /// So many of a hundred events ask again for what an earlier one of their conversation has asked for.
    private static let repeatsPercent = 5

    /// Makes events that ask for about so many jobs; conversations have from one job to some more than there are rules.
    init(jobCount: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var open: [(customer: String, rules: [Int])] = []
        var customers = 0
        var jobs = 0
        while jobs < jobCount {
            if open.count < 8 {
                customers += 1
                open.append(("91\(8_000_000_000 + customers)", Self.agents.indices.shuffled(using: &random)))
            }
            let index = open.indices.randomElement(using: &random) ?? 0
            let customer = open[index].customer
            let count = Int.random(in: 1...2, using: &random)
            var rules = Array(open[index].rules.prefix(count))
            open[index].rules.removeFirst(rules.count)
            if Int.random(in: 0..<100, using: &random) < Self.repeatsPercent,
                let earlier = events.last(where: { $0.asks[0].customer == customer })
            {
                rules = earlier.asks.map(\.rule)
            }
            // Rules fire in the order of their file.
            let asks = rules.sorted().map { Ask(customer: customer, rule: $0) }
            events.append(Event(id: "e\(events.count)", asks: asks))
            jobs += asks.count
            // Some conversations are not used up.
            if open[index].rules.isEmpty || Int.random(in: 0..<4, using: &random) == 0 { open.remove(at: index) }
        }
    }

    /// The rule file.
    static var rules: String {
        let rules = agents.indices.map { rule in
            let agents = agents[rule].map { "\"\($0)\"" }.joined(separator: ", ")
            return """
                  - id: rule\(rule)
                    when: { text: { keywords: [wish\(rule)] } }
                    then: [{ add-collaborator: { agents: [\(agents)] } }]

                """
        }
        return """
            business_numbers: { main: "\(business)" }
            settings:
              delivery: { rate: 1000000/s, concurrency: 64, timeout: 1s }
            rules:

            """ + rules.joined()
    }
}
