import RuleSyntax
import Testing

/// What scalars mean: the YAML 1.2 core schema, and none of what YAML 1.1 makes of them.
struct CoreSchemaTests {
    @Test(arguments: [
        // Words that YAML 1.1 takes for true or false.
        "on", "On", "ON", "off", "Off", "OFF", "yes", "Yes", "YES", "no", "No", "NO", "y", "Y", "n", "N",
        // What YAML 1.1 takes for a number to the base 60, with separators or to the base 2.
        "18:30", "09:30", "1:2:3", "190:20:30.15", "1_000", "0b1010", "0x1_F", "-0o14", "+0x1F", "0o8", "0xG",
        // Dates and times.
        "2026-01-07", "2026-01-07T12:00:00Z", "2001-12-14 21:59:43.10 -5", "2026-11-08 .. 2026-11-12",
        // Phone numbers as people write them.
        "+91 99999 00101", "(020) 7946", "00-1",
        // Words of the schema in a spelling that it does not have.
        "nULL", "tRUE", "fALSE", ".Nan", ".iNF", "nan", "inf", "Infinity", "none", "nil",
        // Almost numbers.
        ".", "-", "+", "e3", ".e3", "1e", "1e+", "1.2.3", "--1", "1-", "0x", "0o", "1,5", "٣", "½", "1 000", "5/s",
        "15m",
        "=", "<<",
    ])
    func `text stays text`(text: String) {
        #expect(CoreSchemaValue(plain: text) == .string(text))
    }

    @Test(arguments: [
        ("0", 0), ("5", 5), ("-5", -5), ("+5", 5), ("0123", 123), ("-0123", -123), ("00", 0), ("0o14", 12), ("0o0", 0),
        ("0x1F", 31), ("0xff", 255), ("+919999900101", 919_999_900_101), ("919999900101", 919_999_900_101),
        ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
    ])
    func `a whole number is read to the base that its form says`(text: String, value: Int64) {
        #expect(CoreSchemaValue(plain: text) == .integer(value))
    }

    @Test(arguments: [
        ("1e3", 1000), ("1E3", 1000), (".5", 0.5), ("5.", 5), ("-.5", -0.5), ("+.5", 0.5), ("5.e3", 5000),
        ("1.5e-2", 0.015), ("12e03", 12_000), ("-2E+05", -200_000), ("0.0", 0), ("01.5", 1.5),
        ("9223372036854775808", 9_223_372_036_854_775_808), (".inf", .infinity), ("+.INF", .infinity),
        ("-.Inf", -.infinity), ("1e999", .infinity),
    ])
    func `any other number is the nearest double`(text: String, value: Double) {
        #expect(CoreSchemaValue(plain: text) == .number(value))
    }

    @Test(arguments: [".nan", ".NaN", ".NAN"])
    func `what is no number is a number that is none`(text: String) {
        guard case .number(let value) = CoreSchemaValue(plain: text) else {
            Issue.record("\(text) is no number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `nothing is null`(text: String) {
        #expect(CoreSchemaValue(plain: text) == .null)
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
    ])
    func `true and false are written in three ways`(text: String, value: Bool) {
        #expect(CoreSchemaValue(plain: text) == .boolean(value))
    }

    @Test(arguments: ["'true'", "\"5\"", "|-\n  null", ">-\n  1e3", "''"])
    func `whatever is quoted or a block is text`(source: String) throws {
        let node = try #require(ReadYAML("key: \(source)\n").root?.mapping?.first?.value)
        #expect(node.scalar?.value == .string(node.scalar?.text ?? "-"))
    }

    @Test func `keys and texts are kept as written`() {
        let read = ReadYAML(
            "on: yes\noff: 18:30\n0123: +919999900101\n1e3: 0x1F\nnull: ~\n2026-01-07: 09:30\nno: 'no'\n"
        )
        let pairs = read.root?.mapping?.map { "\($0.key)=\($0.value.scalar?.text ?? "-")" }
        #expect(
            pairs == [
                "on=yes", "off=18:30", "0123=+919999900101", "1e3=0x1F", "null=~", "2026-01-07=09:30", "no=no",
            ]
        )
        #expect(read.problems == [])
    }
}
