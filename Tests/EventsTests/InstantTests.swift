import Events
import SeededRandom
import Testing

struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-07-21T06:14:09.412Z", 1_784_614_449_412),
            ("2026-07-21T06:14:09Z", 1_784_614_449_000), ("2026-07-21T11:44:09+05:30", 1_784_614_449_000),
            ("2026-07-21T11:44:09+0530", 1_784_614_449_000), ("2026-07-20T23:14:09-07:00", 1_784_614_449_000),
            ("2026-07-21t06:14:09.4129999z", 1_784_614_449_412), ("2026-07-21T06:14:09,4Z", 1_784_614_449_400),
            ("2026-07-21", 1_784_592_000_000), ("2026-07-21T06:14Z", 1_784_614_440_000),
            ("2024-02-29T23:59:59Z", 1_709_251_199_000), ("1969-12-31T23:59:59.999Z", -1),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)]
    )
    func `a date and time is read`(text: String, milliseconds: Int64) {
        #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            "", "now", "2026", "2026-07", "2026-7-21", "2026-07-21T06:14:09", "2026-07-21 06:14:09Z", "2026-02-29",
            "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-07-21T24:00:00Z", "2026-07-21T06:60:00Z",
            "2026-07-21T06:14:60Z", "2026-07-21T06:14:09.Z", "2026-07-21T06:14:09ZZ", "2026-07-21T06:14:09+24:00",
            "2026-07-21T06:14:09+05:60", "2026-07-21Z", " 2026-07-21", "+026-07-21", "２０２６-07-21",
        ]
    )
    func `anything else is no time`(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    // With a fourth digit of the fraction, which says nothing, a time is not read in the way of the common form.
    @Test func `the common form is read as any other, whatever stands at one of its places`() {
        let common = Array("2026-07-21T06:14:09.412Z".utf8)
        for place in common.indices {
            for byte in 0..<0x80 as Range<UInt8> {
                var text = common
                text[place] = byte
                var longer = text
                longer.insert(UInt8(ascii: "0"), at: longer.count - 1)
                let instants = [text, longer].map { Instant(iso8601: String(decoding: $0, as: UTF8.self)) }
                #expect(instants[0] == instants[1], "\(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test func `what is written reads as the same time`() {
        var random = SeededGenerator(seed: 20_260_721)
        for _ in 0..<2000 {
            let instant = Instant(
                milliseconds: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
            )
            #expect(Instant(iso8601: instant.iso8601) == instant, "seed 20260721")
        }
        #expect(Instant(milliseconds: 1_784_614_449_412).iso8601 == "2026-07-21T06:14:09.412Z")
        #expect(Instant(milliseconds: 1_784_614_449_000).iso8601 == "2026-07-21T06:14:09Z")
        #expect(Instant(milliseconds: -1).iso8601 == "1969-12-31T23:59:59.999Z")
    }

    @Test func `every day of the calendar follows the day before`() throws {
        var milliseconds = try #require(Instant(iso8601: "1999-12-31")).milliseconds
        for year in 2000...2008 {
            let isLeap = year % 4 == 0
            for (month, days) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...days {
                    milliseconds += 86_400_000
                    let month = month + 1
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
                    #expect(Instant(milliseconds: milliseconds).iso8601 == text + "T00:00:00Z")
                }
            }
        }
    }

    @Test func `times stop at the ends of what can be counted`() {
        let last = Instant(milliseconds: .max)
        let first = Instant(milliseconds: .min)
        #expect(last.advanced(by: .seconds(1)) == last)
        #expect(first.advanced(by: .seconds(-1)) == first)
        #expect(first.advanced(by: .milliseconds(-1)) == first)
        #expect(first.advanced(by: .seconds(Int64.max)) == last)
        #expect(!last.iso8601.isEmpty && !first.iso8601.isEmpty)
        #expect(first.duration(to: last) > .zero)
        #expect(Instant(unixSeconds: .max) == nil)
    }

    @Test func `durations lead from one time to the other`() {
        let start = Instant(milliseconds: 1000)
        #expect(start.advanced(by: .milliseconds(1500)) == Instant(milliseconds: 2500))
        #expect(start.advanced(by: .milliseconds(-1500)) == Instant(milliseconds: -500))
        #expect(start.duration(to: Instant(milliseconds: 2500)) == .milliseconds(1500))
        #expect(start < Instant(milliseconds: 1001))
    }

    @Test func `a Unix time may be in seconds or in milliseconds`() {
        #expect(Instant(unixTime: 1_784_614_449)?.iso8601 == "2026-07-21T06:14:09Z")
        #expect(Instant(unixTime: 1_784_614_449_412)?.iso8601 == "2026-07-21T06:14:09.412Z")
    }
}
