import Directory
import Events
import Testing

/// Whom teams add, and what is remembered of it.
///
/// The members are one letter each; `a` to `c` are always there, `n` works nights (22:00-06:00 UTC), `d` days (09:00-18:00 UTC).
struct TeamChoiceTests {
    /// What teams are made of in these tests.
    private let directory: Directory

    init() throws {
        func team(_ id: String, _ members: String, _ pick: Team.Pick, _ offShift: Team.OffShift = .nobody) throws
            -> Team
        {
            Team(id: id, members: try members.map(Self.member), pick: pick, offShift: offShift)
        }
        let teams = try [
            team("all", "adn", .all), team("turns", "abc", .roundRobin), team("mixed", "dan", .roundRobin),
            team("first", "dab", .firstOnShift), team("hashed", "abc", .hash), team("days", "d", .roundRobin),
            team("anyone", "dn", .firstOnShift, .anyone),
            team("to-night", "d", .all, .member(Self.member("n"))), team("to-team", "d", .all, .team("turns")),
            team("to-team-to-team", "n", .firstOnShift, .team("to-team")), team("to-nowhere", "d", .all, .team("gone")),
            team("one", "d", .all, .team("other")), team("other", "d", .all, .team("one")),
            team("empty", "", .hash, .anyone),
        ]
        directory = Directory(teams: Dictionary(uniqueKeysWithValues: teams.map { ($0.id, $0) }))
    }

    private static let noon = "2026-11-09T12:00:00Z"
    private static let night = "2026-11-09T23:00:00Z"
    private static let evening = "2026-11-09T20:00:00Z"

    @Test(
        arguments: [
            ("all", noon, "a d"), ("all", night, "a n"), ("all", evening, "a"), ("all", nil, "a"), ("turns", noon, "a"),
            ("turns", nil, "a"), ("mixed", noon, "d"), ("mixed", night, "a"), ("first", noon, "d"),
            ("first", night, "a"),
            ("days", noon, "d"), ("days", night, "off shift"), ("days", nil, "off shift"), ("anyone", noon, "d"),
            ("anyone", evening, "d"), ("anyone", night, "n"), ("to-night", noon, "d"), ("to-night", night, "n"),
            ("to-night", evening, "off shift"), ("to-team", noon, "d"), ("to-team", night, "a"),
            ("to-team-to-team", night, "n"), ("to-team-to-team", noon, "d"), ("to-team-to-team", evening, "a"),
            ("to-nowhere", night, "off shift"), ("one", night, "off shift"), ("empty", noon, "off shift"),
            ("no-such-team", noon, "off shift"),
        ] as [(String, String?, String)]
    )
    func `a team adds those who are on shift, else those whom it names`(team: String, time: String?, names: String) {
        var picks = Picks()
        #expect(choose(team, "c1", time, &picks) == names)
    }

    @Test(
        arguments: [
            // Each step: the team, the conversation (- for none), the time, who is added.
            ("turns go round", "turns c1 12:00 a, turns c2 12:01 b, turns c3 12:02 c, turns c4 12:03 a"),
            (
                "a pick stays and moves no turn",
                "turns c1 12:00 a, turns c1 12:01 a, turns c2 12:02 b, turns c1 12:03 a"
            ),
            ("without a conversation nothing is kept", "turns - 12:00 a, turns - 12:01 b, turns - 12:02 c"),
            (
                "every team has its own turn and picks",
                "turns c1 12:00 a, mixed c1 12:00 d, turns c2 12:00 b, mixed c2 12:00 a"
            ),
            (
                "turns pass those off shift",
                "mixed c1 12:00 d, mixed c2 12:00 a, mixed c3 12:00 d, mixed c4 23:00 a, mixed c5 23:00 n"
            ),
            (
                "one off shift is followed by another, who stays",
                "mixed c1 12:00 d, mixed c1 23:00 a, mixed c1 +12:00 a"
            ),
            ("a pick is kept for 30 days sharp", "turns c1 12:00 a, turns c1 +30d12:00 a"),
            ("and no longer", "turns c1 12:00 a, turns c1 +30d12:01 b"),
            (
                "every use keeps it anew",
                "turns c1 12:00 a, turns c1 +20d12:00 a, turns c1 +45d12:00 a, turns c1 +76d12:00 b"
            ),
            ("an event from the past shortens nothing", "turns c1 +10d12:00 a, turns c1 12:00 a, turns c1 +39d12:00 a"),
            (
                "at an unknown time nothing runs out",
                "turns c1 12:00 a, turns c1 ? a, turns c2 ? b, turns c2 +99d12:00 b, turns c2 +130d12:00 c"
            ),
            ("the first on shift is kept as well", "first c1 23:00 a, first c1 +12:00 a, first c2 +12:00 d"),
            ("anyone who was picked off shift is kept", "anyone c1 20:00 d, anyone c1 23:00 n, anyone c1 +20:00 n"),
            (
                "a team that takes over picks for itself",
                "to-team c1 23:00 a, to-team c2 23:00 b, turns c1 23:00 a, to-team c1 +12:00 d"
            ),
        ]
    )
    func `picks go round and stay`(reason: String, steps: String) throws {
        var picks = Picks()
        for step in steps.split(separator: ", ") {
            let parts = step.split(separator: " ").map(String.init)
            let conversation = parts[1] == "-" ? nil : parts[1]
            #expect(choose(parts[0], conversation, try Self.time(parts[2]), &picks) == parts[3], "\(step): \(reason)")
        }
    }

    @Test func `turns and picks outlive edits of the team`() throws {
        var picks = Picks()
        var edited = directory
        func choose(_ members: String, _ conversation: String) throws -> String {
            edited.teams["turns"]?.members = try members.map(Self.member)
            return Self.names(
                edited.choose(team: "turns", conversation: conversation, at: Instant(milliseconds: 0), picks: &picks)
            )
        }
        #expect(try choose("abc", "c1") == "a")
        #expect(try choose("abc", "c2") == "b")
        #expect(try choose("xcba", "c3") == "a", "after b comes a, wherever they stand")
        #expect(try choose("xcba", "c2") == "b", "a pick follows the member to another place")
        #expect(try choose("xcb", "c1") == "x", "who has left is picked no more, and the turn begins at the top")
        #expect(try choose("axcb", "c1") == "x", "and the new pick stays when the old one comes back")
    }

    @Test func `a decision alone changes nothing`() {
        let picks = Picks()
        let first = directory.decide(team: "turns", conversation: "c1", at: nil, picks: picks)
        #expect(directory.decide(team: "turns", conversation: "c2", at: nil, picks: picks).choice == first.choice)
        #expect(picks == Picks())
        #expect(first.change?.movesTurn == true)
        #expect(directory.decide(team: "all", conversation: "c1", at: nil, picks: picks).change == nil)
    }

    @Test(
        arguments: [
            // Made by a program of ten lines in another language, by the definition alone.
            (1, 1, 4), (2, 1, 1), (3, 3, 3), (4, 3, 4), (5, 2, 2), (6, 2, 2), (7, 1, 4), (8, 2, 4),
        ]
    )
    func `the hash of a conversation always gives the same member`(customer: Int, ofThree: Int, ofFour: Int) throws {
        let members = try (1...4).map { Team.Member(phone: try #require(PhoneNumber(digits: "91999990010\($0)"))) }
        func choice(_ count: Int) -> TeamChoice {
            var directory = Directory()
            // In the order written or in another one: it does not count.
            directory.teams["it"] = Team(id: "it", members: members.prefix(count).reversed(), pick: .hash)
            let conversation = "919999900000:91999990000\(customer)"
            return directory.decide(team: "it", conversation: conversation, at: nil, picks: Picks()).choice
        }
        #expect(choice(3) == .agents([members[ofThree - 1].phone]))
        #expect(choice(4) == .agents([members[ofFour - 1].phone]))
    }

    @Test func `the hash is fair, and a member who joins takes an equal share from each and moves nobody else`() throws
    {
        let members = try (1...6).map { Team.Member(phone: try #require(PhoneNumber(digits: "91999990010\($0)"))) }
        func choices(_ count: Int) -> [PhoneNumber?] {
            var directory = Directory()
            directory.teams["it"] = Team(id: "it", members: Array(members.prefix(count)), pick: .hash)
            return (0..<12_000).map { customer in
                let conversation = "919999900000:9199999\(10_000 + customer)"
                let decision = directory.decide(team: "it", conversation: conversation, at: nil, picks: Picks())
                guard case .agents(let phones) = decision.choice else { return nil }
                return phones.first
            }
        }
        let (before, after) = (choices(5), choices(6))
        for member in members.prefix(5) {
            #expect((2300...2500).contains(before.count { $0 == member.phone }))
            #expect((1900...2100).contains(after.count { $0 == member.phone }))
        }
        #expect(zip(before, after).allSatisfy { $0 == $1 || $1 == members[5].phone })
    }

    private func choose(_ team: String, _ conversation: String?, _ time: String?, _ picks: inout Picks) -> String {
        let time = time.flatMap { Instant(iso8601: $0) }
        return Self.names(directory.choose(team: team, conversation: conversation, at: time, picks: &picks))
    }

    /// Reads `12:00`, `+12:00` (the next day), `+30d12:00` and `?`.
    private static func time(_ text: String) throws -> String? {
        guard text != "?" else { return nil }
        let days = text.hasPrefix("+") ? Int(text.dropFirst().split(separator: "d")[0]) ?? 1 : 0
        let instant = try #require(Instant(iso8601: "2026-11-09T\(text.suffix(5)):00Z"))
        return instant.advanced(by: .seconds(86_400 * days)).iso8601
    }

    static func member(_ letter: Character) throws -> Team.Member {
        let code = try #require(letter.unicodeScalars.first).value
        let phone = try #require(PhoneNumber(digits: "9199999\(code + 1000)"))
        let hours: String? =
            switch letter {
            case "d": "mon-sun 09:00-18:00"
            case "n": "mon-sun 22:00-06:00"
            default: nil
            }
        let schedule = try hours.map { try ScheduleTests.schedule("UTC", $0) }
        return Team.Member(phone: phone, shift: schedule.map { Shift(schedule: $0, clock: .utc) })
    }

    static func names(_ choice: TeamChoice) -> String {
        switch choice {
        case .offShift: "off shift"
        case .agents(let phones):
            phones.map { phone in
                let code = UInt32(phone.digits.dropFirst(7)).flatMap { Unicode.Scalar($0 - 1000) }
                return code.map(String.init) ?? "?"
            }.joined(separator: " ")
        }
    }
}
