import Directory
import Events
import Testing

/// When agents are there.
struct ShiftTests {
    private let asha: PhoneNumber
    private let weekdays: Schedule
    private let kolkata: LocalClock

    init() throws {
        asha = try #require(PhoneNumber(digits: "919999900101"))
        weekdays = try ScheduleTests.schedule("Asia/Kolkata", "mon-fri 09:30-18:30", closed: ["2026-11-10"])
        kolkata = weekdays.clock
    }

    private func agent(_ shift: Shift?) -> Agent { Agent(id: "asha", phone: asha, shift: shift) }

    private func days(_ agent: Agent, at time: String) -> [Int] {
        (6...13).filter { day in
            agent.isOnShift(at: Instant(iso8601: "2026-11-\(day < 10 ? "0" : "")\(day)T\(time)"))
        }
    }

    @Test func `an agent without a shift is always there, also at an unknown time`() {
        #expect(days(agent(nil), at: "03:00:00+05:30") == Array(6...13))
        #expect(agent(nil).isOnShift(at: nil))
    }

    @Test func `an agent is there in the hours of the shift but for the days away`() throws {
        #expect(days(agent(Shift(schedule: weekdays, clock: .utc)), at: "12:00:00+05:30") == [6, 9, 11, 12, 13])
        let away = DaysOff([try date("2026-11-12")...date("2026-11-20")])
        #expect(days(agent(Shift(schedule: weekdays, away: away, clock: .utc)), at: "12:00:00+05:30") == [6, 9, 11])
    }

    @Test func `an agent with a shift is not there at an unknown time, and one with days away is`() throws {
        let away = DaysOff([try date("2026-11-08")...date("2026-11-12")])
        #expect(!agent(Shift(schedule: weekdays, clock: .utc)).isOnShift(at: nil))
        #expect(!agent(Shift(schedule: weekdays, away: away, clock: .utc)).isOnShift(at: nil))
        #expect(agent(Shift(schedule: nil, away: away, clock: .utc)).isOnShift(at: nil))
    }

    @Test func `without a shift the days away are days by the clock of the settings`() throws {
        let shift = Shift(schedule: nil, away: DaysOff([try date("2026-11-08")...date("2026-11-09")]), clock: kolkata)
        #expect(days(agent(shift), at: "00:00:00+05:30") == [6, 7, 10, 11, 12, 13])
        #expect(days(agent(shift), at: "23:59:59+05:30") == [6, 7, 10, 11, 12, 13])
        #expect(days(agent(shift), at: "23:59:59Z") == [6, 9, 10, 11, 12, 13])
    }

    @Test func `with a shift the days away are days by its clock, and a night begun before is worked to its end`()
        throws
    {
        let nights = try ScheduleTests.schedule("Asia/Kolkata", "mon-sun 22:00-06:00")
        let shift = Shift(schedule: nights, away: DaysOff([try date("2026-11-08")...date("2026-11-08")]), clock: .utc)
        #expect(days(agent(shift), at: "05:00:00+05:30") == [6, 7, 8, 10, 11, 12, 13])
        #expect(days(agent(shift), at: "23:00:00+05:30") == [6, 7, 9, 10, 11, 12, 13])
    }

    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(iso8601: text)) }
}
