import Events
import Testing

struct PhoneDigitsTests {
    @Test(
        arguments: [
            ("919999900001", "919999900001"), ("+91 99999-00001", "919999900001"),
            ("+91 (99999) 000.01", "919999900001"),
            ("1234567", "1234567"), ("123456", nil), ("123456789012345", "123456789012345"), ("1234567890123456", nil),
            ("120363000000000001", nil), ("", nil), ("+", nil), ("Asha Rao", nil), ("91999990000x", nil),
            ("91+99999000", nil), ("919999900001@c.us", nil), ("٩١٩٩٩٩٩٠٠٠٠١", nil), ("919999\u{A0}900001", nil),
        ] as [(String, String?)]
    )
    func `a phone number is its digits, and nothing else is one`(text: String, digits: String?) {
        #expect(PhoneDigits.from(text) == digits)
        let line = #"{"customer":"\#(text)","by":"customer"}"#
        let expected = digits.map { "message-received customer=\($0) by=customer" } ?? "message-received by=customer"
        #expect(summary(of: line, format: .plain) == expected)
    }
}
