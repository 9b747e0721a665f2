import Events
import Testing

struct PhoneDigitsTests {
    @Test(
        arguments: [
            ("919999900001", "919999900001"), ("+91 99999-00001", "919999900001"),
            ("+91 (99999) 000.01", "919999900001"), ("+919999900001", "919999900001"),
            ("1234567", "1234567"), ("123456", nil), ("123456789012345", "123456789012345"), ("1234567890123456", nil),
            ("120363000000000001", nil), ("", nil), ("+", nil), ("Asha Rao", nil), ("91999990000x", nil),
            ("91+99999000", nil), ("919999900001@c.us", nil), ("٩١٩٩٩٩٩٠٠٠٠١", "919999900001"),
            ("919999\u{A0}900001", "919999900001"), ("\u{202A}+91 99999 00001\u{202C}", "919999900001"),
            ("tel:+919999900001", "919999900001"), ("0091 99999 00001", "919999900001"),
            ("00919999900001", "919999900001"), ("+91 (0) 99999 00001", "919999900001"),
            // Without a country code nothing is added and nothing taken away.
            ("09999900001", "09999900001"), ("9999900001", "9999900001"), ("0000000", "0000000"),
            ("00123456789012345", "123456789012345"), ("001234567890123456", nil),
            ("+91 99999 00001" + String(repeating: " ", count: 300), nil),
        ] as [(String, String?)]
    )
    func `a phone number is its digits, and nothing else is one`(text: String, digits: String?) {
        #expect(PhoneDigits.from(text) == digits)
        let line = #"{"customer":"\#(text)","by":"customer"}"#
        let expected = digits.map { "message-received customer=\($0) by=customer" } ?? "message-received by=customer"
        #expect(summary(of: line, format: .plain) == expected)
    }

    @Test(
        arguments: [
            ("+91 99999", "9199999", true, false), ("00 91", "91", true, false), ("91", "91", false, false),
            ("0091 (0) 99", "9199", true, true), ("+39 (0) 6", "3906", true, false), ("(0) 99", "099", false, false),
            ("+12345 (0) 6", "1234506", true, false), ("000", "000", false, false), ("+", nil, false, false),
            ("(0)", "0", false, false), ("+91 (00) 9", "91009", true, false),
        ] as [(String, String?, Bool, Bool)]
    )
    func `the way of writing tells whether a country code comes first`(
        text: String,
        digits: String?,
        isInternational: Bool,
        hadTrunkZero: Bool
    ) {
        let number = WrittenPhoneNumber(reading: text)
        #expect(number?.digits == digits)
        #expect((number?.isInternational ?? false) == isInternational)
        #expect((number?.hadTrunkZero ?? false) == hadTrunkZero)
    }
}
