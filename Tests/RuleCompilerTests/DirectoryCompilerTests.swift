import Diagnostics
import Directory
import Events
import Foundation
import RuleCompiler
import RuleEngine
import Testing

/// Schedules, shifts and teams, as they come out of rule files.
struct DirectoryCompilerTests {
    /// What a file makes beside the context; a problem in it fails the test.
    private func directory(_ text: String) -> Directory {
        let compilation = RuleSource.compile(text)
        #expect(RuleSource.report(compilation) == "")
        return compilation.program.directory
    }

    /// The hours of a schedule that is written on one line, as `mon tue 09:30-18:30`.
    private func hours(_ schedule: String) -> [String] {
        directory("schedules: { it: \(schedule) }").schedules["it"]?.open.map { hours in
            let days = Weekday.allCases.filter(hours.days.contains).map(\.shortName).joined(separator: " ")
            return "\(days) \(hours.from)-\(hours.to)"
        } ?? []
    }

    @Test(
        arguments: [
            ("{ open: [{ days: mon-fri, from: 09:30, to: 18:30 }] }", ["mon tue wed thu fri 09:30-18:30"]),
            ("{ open: { days: [mon, wed], from: 9:30, to: 24:00 } }", ["mon wed 09:30-24:00"]),
            ("{ open: { days: sat-sun, from: '22:00', to: 06:00 } }", ["sat sun 22:00-06:00"]),
            ("{ open: { days: fri-mon, from: 00:00, to: 24:00 } }", ["mon fri sat sun 00:00-24:00"]),
            (
                "{ open: { days: [Mon, wednesday - friday, fri-sat], from: 1:00, to: 2:00 } }",
                ["mon wed thu fri sat 01:00-02:00"]
            ),
            ("{ open: { days: sun, from: 12:00, to: 0:00 } }", ["sun 12:00-00:00"]),
            ("{ open: { from: 10:00, to: 11:00 } }", ["mon tue wed thu fri sat sun 10:00-11:00"]),
            (
                "{ open: [{ days: mon, from: 09:00, to: 12:00 }, { days: mon, from: 11:00, to: 13:00 }] }",
                ["mon 09:00-12:00", "mon 11:00-13:00"]
            ),
        ]
    )
    func `opening hours are read`(schedule: String, expected: [String]) {
        #expect(hours(schedule) == expected)
    }

    @Test func `closed days are read as dates and ranges, one or a list`() {
        func closed(_ text: String) -> [String]? {
            directory("schedules: { it: { open: { from: 1:00, to: 2:00 }, closed: \(text) } }").schedules["it"]?
                .closed.ranges.map { "\($0.lowerBound) \($0.upperBound)" }
        }
        #expect(closed("2026-11-08") == ["2026-11-08 2026-11-08"])
        #expect(closed("2026-11-08..2026-11-12") == ["2026-11-08 2026-11-12"])
        #expect(
            closed("[2026-12-25, 2026-11-08 .. 2026-11-12, '2026-11-13']") == [
                "2026-11-08 2026-11-13", "2026-12-25 2026-12-25",
            ]
        )
    }

    @Test func `a schedule has its own time zone, else that of the settings, wherever they stand`() {
        let directory = directory(
            """
            agents:
              meera: { phone: +91 99999 00103, shift: own, away: 2026-11-08 }
              john: { phone: +91 99999 00104, away: 2026-11-08 }
            schedules:
              own: { timezone: Asia/Kolkata, open: { from: 09:30, to: 18:30 } }
              of-settings: { open: { from: 09:30, to: 18:30 } }
            settings: { timezone: Europe/Berlin, business: main }
            """
        )
        #expect(
            directory.schedules.mapValues(\.clock.timezone.identifier) == [
                "own": "Asia/Kolkata", "of-settings": "Europe/Berlin",
            ]
        )
        #expect(directory.agents["meera"]?.shift?.clock.timezone.identifier == "Asia/Kolkata")
        #expect(directory.agents["john"]?.shift?.clock.timezone.identifier == "Europe/Berlin")
        #expect(directory.agents["asha"]?.shift == nil)
    }

    @Test func `a shift is a schedule, defined in any file, less the days away`() throws {
        let compilation = RuleSource.compile([
            (
                "a.yml",
                "agents: { asha: { phone: +91 99999 00101, shift: weekdays, away: [2026-11-10 .. 2026-11-11] } }"
            ),
            (
                "b.yml",
                "schedules: { weekdays: { open: { days: mon-fri, from: 09:30, to: 18:30 }, closed: 2026-11-12 } }"
            ),
        ])
        #expect(compilation.diagnostics == [])
        let asha = try #require(compilation.program.directory.agents["asha"])
        let days = (8...13).filter { day in
            asha.isOnShift(at: Instant(iso8601: "2026-11-\(day < 10 ? "0" : "")\(day)T12:00:00+05:30"))
        }
        #expect(days == [9, 13])
    }

    @Test func `a team says whom it picks, for how long, and who stands in`() {
        let directory = directory(
            """
            schedules: { nights: { open: { from: 22:00, to: 06:00 } } }
            agents: { meera: { phone: +91 99999 00103, shift: nights } }
            teams:
              plain: { members: [asha, ravi] }
              turns: { members: [asha, +91 99999 00109, meera], pick: round-robin, keep: 7d, off_shift: plain }
              hashed: { members: [asha], pick: hash, off_shift: anyone }
              first: { members: [asha], pick: first-on-shift, off_shift: meera }
              number: { members: [asha], pick: all, off_shift: +91 99999 00109 }
              nobody: { members: [asha], off_shift: nobody }
            """
        )
        let meera = Team.Member(
            phone: directory.agents["meera"]?.phone ?? directory.businessNumbers[0].phone,
            shift: directory.agents["meera"]?.shift
        )
        let number = PhoneNumber(digits: "919999900109").map { Team.Member(phone: $0) }
        let teams = directory.teams
        #expect(teams["plain"]?.pick == .all)
        #expect(teams["plain"]?.keep == .seconds(30 * 86_400))
        #expect(teams["turns"]?.members.map(\.phone.digits) == ["919999900101", "919999900109", "919999900103"])
        #expect(teams["turns"]?.members.map { $0.shift?.schedule?.id } == [nil, nil, "nights"])
        #expect(teams["turns"]?.pick == .roundRobin)
        #expect(teams["turns"]?.keep == .seconds(7 * 86_400))
        #expect(
            teams.mapValues(\.offShift) == [
                "plain": .nobody, "turns": .team("plain"), "hashed": .anyone, "first": .member(meera),
                "number": number.map { .member($0) } ?? .nobody, "nobody": .nobody, "billing": .nobody,
            ]
        )
        #expect([teams["hashed"]?.pick, teams["first"]?.pick, teams["number"]?.pick] == [.hash, .firstOnShift, .all])
    }

    @Test(
        arguments: [
            (.weekdays, "mon"), (.weekdays, "Wednesday - friday"), (.weekdays, "fri-MON"), (.weekdays, " sun "),
            (.timeOfDay, "9:30"), (.timeOfDay, "24:00"), (.dates, "2026-11-08"), (.dates, "2026-11-08..2026-11-12"),
            (.dates, " 2026-11-08 ..  2026-11-12 "),
        ] as [(TextForm, String)]
    )
    func `the schema is no stricter than the compiler`(form: TextForm, text: String) throws {
        let value: (TextForm) -> String = { $0 == form ? "'\(text)'" : $0 == .timeOfDay ? "'0:00'" : "[]" }
        let days = form == .weekdays ? "days: \(value(.weekdays)), " : ""
        let closed = form == .dates ? ", closed: \(value(.dates))" : ""
        let hours = "{ \(days)from: '0:01', to: \(value(.timeOfDay)) }"
        #expect(directory("schedules: { it: { open: \(hours)\(closed) } }").schedules["it"]?.open.count == 1)
        #expect(text.contains(try Regex(form.pattern)))
    }

    @Test func `a long text is no day, date or time, and that is soon said`() {
        let text = String(repeating: "-. ", count: 50_000)
        let compilation = RuleSource.compile(
            "schedules: { it: { open: { days: 'a\(text)', from: 'b\(text)', to: 'c\(text)' }, closed: 'd\(text)' } }"
        )
        #expect(compilation.diagnostics.map(\.code) == [.unknownValue, .unknownValue, .unknownValue, .unknownValue])
    }

    @Test func `the example of the reference is what it says`() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let page = try String(
            contentsOf: repository.appending(path: "Sources/beckon/Documentation.docc/Reference/Directory.md"),
            encoding: .utf8
        )
        let example = try #require(page.firstMatch(of: /```yaml\n((?s).*?)```/)).1
        let compilation = RuleSource.compile([("example.yml", String(example))])
        #expect(RuleSource.report(compilation) == "")
        let directory = compilation.program.directory
        var picks = Picks()
        let added = ["2026-11-06T12:00", "2026-11-06T20:00", "2026-11-09T12:00", "2026-12-24T12:00"].map { time in
            let time = Instant(iso8601: "\(time):00+05:30")
            let choice = directory.choose(team: "billing", conversation: time?.iso8601, at: time, picks: &picks)
            guard case .agents(let phones) = choice else { return "off shift" }
            return phones.compactMap { directory.agentName(digits: $0.digits) }.joined(separator: " ")
        }
        #expect(added == ["asha", "meera", "ravi", "meera"])
    }
}
