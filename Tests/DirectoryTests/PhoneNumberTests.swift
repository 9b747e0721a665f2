import Directory
import Testing

/// Phone numbers as people write them.
struct PhoneNumberTests {
    @Test(arguments: [
        ("+91 99999 00101", "919999900101"), ("+919999900101", "919999900101"), ("919999900101", "919999900101"),
        ("91 99999-00101", "919999900101"), ("+91 (99999) 00.101", "919999900101"),
        ("+1 (415) 555-0100", "14155550100"),
        ("1-415-555-0100", "14155550100"), ("+44/20/7946/0018", "442079460018"),
        ("+91\u{A0}99999\u{A0}00101", "919999900101"),
        ("+91\u{2011}99999\u{2010}00101", "919999900101"), ("+49 30 1234567", "49301234567"),
        ("+12345678", "12345678"), ("+123456789012345", "123456789012345"), ("+9999990010", "9999990010"),
    ])
    func `a number with its country code is read however it is written`(text: String, digits: String) throws {
        #expect(try PhoneNumber(written: text).digits == digits)
        #expect(PhoneNumber.comparableDigits(of: text) == digits)
    }

    @Test(
        arguments: [
            ("99999 00101", "91", "919999900101"), ("9999900101", "91", "919999900101"),
            ("099999 00101", "91", "919999900101"),
            ("0091 99999 00101", "91", "919999900101"), ("0044 7700 900123", "91", "447700900123"),
            ("(415) 555-0100", "1", "14155550100"), ("020 7946 0018", "44", "442079460018"),
            ("0091 99999 00101", nil, "919999900101"), ("99999 00101", nil, nil), ("4471", "91", nil), ("0", "91", nil),
            ("00", "91", nil), ("0000000000", "91", nil), ("01234567890123456", "91", nil),
        ] as [(String, String?, String?)]
    )
    func `one without is refused with the likely correction`(text: String, code: String?, likely: String?) {
        #expect(throws: PhoneNumberProblem.noCountryCode(likely: likely.flatMap { PhoneNumber(digits: $0) })) {
            try PhoneNumber(written: text, countryCode: code)
        }
    }

    @Test(arguments: [
        "", " ", "asha", "+", "-", "+91 99999 OO1O1", "91+9999900101", "++919999900101", "+91 99999 00101 ext 5",
        "९१९९९९९००१०१", "+91,99999,00101", "{{customer}}", "+91 99999\n00101", "key_0123456789", "+91 99999 00101🙏",
    ])
    func `what holds anything else is no number`(text: String) {
        #expect(throws: PhoneNumberProblem.notANumber(text)) { try PhoneNumber(written: text, countryCode: "91") }
    }

    @Test(arguments: [
        ("+91 99", 4), ("+1234567", 7), ("+1234567890123456", 16), ("1234567890123456", 16), ("+0123456789", 10),
    ])
    func `a number that is too short or too long says how many digits it has`(text: String, digits: Int) {
        #expect(throws: PhoneNumberProblem.wrongLength(digits)) { try PhoneNumber(written: text) }
    }

    @Test(arguments: ["", "1234567", "1234567890123456", "0123456789", "+919999900101", "91 99999", "९१९९९९९००"])
    func `digits are digits and nothing else`(digits: String) {
        #expect(PhoneNumber(digits: digits) == nil)
    }

    @Test(arguments: [
        ("919999900101", "+91 99999 00101"), ("14155550100", "+1 41555 50100"), ("442079460018", "+44 20794 60018"),
        ("4930123456", "+49 3012 3456"), ("97142345678", "+971 4234 5678"), ("35312345678", "+353 1234 5678"),
        ("79161234567", "+7 91612 34567"), ("12345678", "+1 2345 678"), ("123456789012345", "+1 2345 6789 0123 45"),
    ])
    func `a number is grouped for reading, and reads back`(digits: String, formatted: String) throws {
        let number = try #require(PhoneNumber(digits: digits))
        #expect(number.formatted == formatted)
        #expect(try PhoneNumber(written: formatted) == number)
    }

    @Test(
        arguments: [
            ("+91 (99999) 00-101", "919999900101"), ("99999 00101", "9999900101"), ("007", "007"), ("1+1", "11"),
            ("", nil), ("+", nil), ("asha", nil), ("99999x", nil), ("९१", nil),
        ] as [(String, String?)]
    )
    func `digits are compared however they are written`(text: String, digits: String?) {
        #expect(PhoneNumber.comparableDigits(of: text) == digits)
    }

    @Test(arguments: [
        ("14155550100", "1"), ("79161234567", "7"), ("919999900101", "91"), ("442079460018", "44"),
        ("971501234567", "971"),
        ("35312345678", "353"), ("88012345678", "880"), ("8613812345678", "86"), ("2341234567", "234"),
    ])
    func `the country code is told by its zone`(digits: String, code: String) {
        #expect(PhoneNumber.countryCode(of: digits) == code)
    }

    /// The country calling codes of ITU-T E.164 that have two digits (besides 1 and 7, which stand alone).
    @Test func `all codes of two digits are known, and no other`() {
        let two: Set<Int> = [
            20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60,
            61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
        ]
        for prefix in 20...99 where prefix / 10 != 7 {
            let code = PhoneNumber.countryCode(of: "\(prefix)0000000")
            #expect(code.count == (two.contains(prefix) ? 2 : 3), "\(prefix)")
        }
    }
}
