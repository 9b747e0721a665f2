import Directory
import Events
import SeededRandom
import Testing

/// What is remembered of picks, against a reference that looks through all that ever happened.
struct PicksTests {
    @Test func `at the limit the pick unused for longest is put out and counted`() throws {
        var directory = Directory()
        directory.teams["it"] = Team(id: "it", members: try "abc".map(TeamChoiceTests.member), pick: .roundRobin)
        var picks = Picks(keptCountMax: 2)
        let names = ["c1", "c2", "c1", "c3", "c2", "c1"].map { conversation in
            TeamChoiceTests.names(directory.choose(team: "it", conversation: conversation, at: nil, picks: &picks))
        }
        #expect(names == ["a", "b", "a", "c", "a", "b"])
        #expect(picks.evictedCount == 3)
        #expect(Set(picks.kept.keys.map(\.conversation)) == ["c1", "c2"])
    }

    @Test func `what was remembered goes on as if it had never been written down`() throws {
        var directory = Directory()
        directory.teams["it"] = Team(id: "it", members: try "abc".map(TeamChoiceTests.member), pick: .roundRobin)
        var picks = Picks(keptCountMax: 3)
        func choose(_ conversation: Int, _ picks: inout Picks) -> TeamChoice {
            let time = Instant(milliseconds: Int64(conversation))
            return directory.choose(team: "it", conversation: "c\(conversation)", at: time, picks: &picks)
        }
        for conversation in [1, 2, 3, 1, 4] { _ = choose(conversation, &picks) }
        var restored = Picks(
            lastPicked: picks.lastPicked,
            kept: picks.kept,
            evictedCount: picks.evictedCount,
            keptCountMax: 3
        )
        #expect(restored == picks)
        for conversation in [5, 1, 3, 2, 1, 6] {
            #expect(choose(conversation, &restored) == choose(conversation, &picks))
        }
        #expect(restored == picks)
    }

    @Test func `a memory larger than the limit is cut to it`() throws {
        let phone = try TeamChoiceTests.member("a").phone
        let kept = (1...5).map { number in
            (
                Picks.Key(team: "it", conversation: "c\(number)"),
                Picks.Kept(phone: phone, until: nil, use: UInt64(number))
            )
        }
        let picks = Picks(kept: Dictionary(uniqueKeysWithValues: kept), keptCountMax: 2)
        #expect(Set(picks.kept.keys.map(\.conversation)) == ["c4", "c5"])
        #expect(picks.evictedCount == 3)
    }

    @Test(arguments: 0..<20)
    func `turns and picks are what the whole history says`(run: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let limit = Int.random(in: 1...6, using: &generator)
        var directory = Directory()
        var picks = Picks(keptCountMax: limit)
        var reference = ReferencePicks(keptCountMax: limit)
        var minute = 0
        for step in 0..<1500 {
            if step % 40 == 0 { directory = try edited(&generator) }
            minute += Int.random(in: -200...600, using: &generator)
            let known = Int.random(in: 0..<10, using: &generator) > 0
            let time = known ? Instant(milliseconds: Int64(minute) * 60_000) : nil
            let team = ["one", "two"].randomElement(using: &generator) ?? "one"
            let conversation = ["c1", "c2", "c3", "c4", nil].randomElement(using: &generator) ?? nil
            let choice = directory.choose(team: team, conversation: conversation, at: time, picks: &picks)
            let expected = reference.choose(try #require(directory.teams[team]), conversation, time)
            guard choice != expected else { continue }
            Issue.record("step \(step): \(choice), not \(expected); seed \(seed)")
            return
        }
        #expect(picks.evictedCount == reference.evictedCount, "seed \(seed)")
        #expect(picks.kept.count <= limit)
    }

    private func edited(_ generator: inout SeededGenerator) throws -> Directory {
        var directory = Directory()
        for id in ["one", "two"] {
            let letters = "abdn".shuffled(using: &generator).prefix(Int.random(in: 1...4, using: &generator))
            directory.teams[id] = Team(
                id: id,
                members: try letters.map(TeamChoiceTests.member),
                pick: [.roundRobin, .firstOnShift].randomElement(using: &generator) ?? .roundRobin,
                keep: .seconds(86_400 * 2),
                offShift: [.nobody, .anyone].randomElement(using: &generator) ?? .nobody
            )
        }
        return directory
    }
}

/// Picks by looking through all picks that ever were made.
private struct ReferencePicks {
    private struct Event {
        var team: String
        var conversation: String?
        var time: Instant?
        var phone: PhoneNumber
        var isNew: Bool
        var isTurn: Bool
    }

    let keptCountMax: Int
    var evictedCount = 0
    private var history: [Event] = []
    private var recent: [[String]] = []

    init(keptCountMax: Int) {
        self.keptCountMax = keptCountMax
    }

    mutating func choose(_ team: Team, _ conversation: String?, _ time: Instant?) -> TeamChoice {
        let onShift = team.members.filter { $0.isOnShift(at: time) }
        let candidates = (onShift.isEmpty && team.offShift == .anyone ? team.members : onShift).map(\.phone)
        guard let first = candidates.first else { return .offShift }
        if let phone = kept(team, conversation, time), candidates.contains(phone) {
            note(team, conversation, time, phone, isNew: false)
            return .agents([phone])
        }
        var phone = first
        let turn = history.last { $0.team == team.id && $0.isTurn }
        if team.pick == .roundRobin, let turn, let place = team.members.firstIndex(where: { $0.phone == turn.phone }) {
            let order = (1...team.members.count).map { team.members[(place + $0) % team.members.count].phone }
            phone = order.first(where: candidates.contains) ?? first
        }
        note(team, conversation, time, phone, isNew: true)
        return .agents([phone])
    }

    private func kept(_ team: Team, _ conversation: String?, _ time: Instant?) -> PhoneNumber? {
        guard let conversation, recent.contains([team.id, conversation]) else { return nil }
        let mine = history.filter { $0.team == team.id && $0.conversation == conversation }
        guard let begin = mine.lastIndex(where: \.isNew) else { return nil }
        let latest = mine[begin...].compactMap(\.time).max()
        if let time, let latest, latest.duration(to: time) > team.keep { return nil }
        return mine[begin].phone
    }

    private mutating func note(
        _ team: Team,
        _ conversation: String?,
        _ time: Instant?,
        _ phone: PhoneNumber,
        isNew: Bool
    ) {
        let isTurn = isNew && team.pick == .roundRobin
        history.append(
            Event(team: team.id, conversation: conversation, time: time, phone: phone, isNew: isNew, isTurn: isTurn)
        )
        guard let conversation else { return }
        recent.removeAll { $0 == [team.id, conversation] }
        recent.append([team.id, conversation])
        if recent.count > keptCountMax {
            recent.removeFirst()
            evictedCount += 1
        }
    }
}
