import Directory
import Events
import SeededRandom
import Testing

/// Phone numbers as people write them.
struct PhoneNumberTests {
    @Test(arguments: [
        ("+91 99999 00101", "919999900101"), ("+919999900101", "919999900101"), ("919999900101", "919999900101"),
        ("91 99999-00101", "919999900101"), ("+91 (99999) 00.101", "919999900101"),
        ("+1 (415) 555-0100", "14155550100"), ("1-415-555-0100", "14155550100"), ("+44/20/7946/0018", "442079460018"),
        ("+91-99999-00101", "919999900101"), ("(+91) 99999 00101", "919999900101"),
        ("+91 99999 00101  ", "919999900101"),
        ("  +91 99999 00101\n", "919999900101"), ("+91\t99999\t00101", "919999900101"),
        // 00 is dialled before a country code; no number inside a country begins with it.
        ("00 91 99999 00101", "919999900101"), ("0091-99999-00101", "919999900101"),
        ("(0044) 20 7946 0018", "442079460018"),
        // A zero in brackets is left out by those who call from abroad, unless it belongs to the number.
        ("+91 (0) 99999 00101", "919999900101"), ("+44 (0)20 7946 0018", "442079460018"),
        ("0044 (0)20 7946 0018", "442079460018"), ("44 (0)20 7946 0018", "442079460018"),
        ("+39 (0)6 1234 5678", "390612345678"), ("+39 06 1234 5678", "390612345678"),
        ("tel:+91-99999-00101", "919999900101"), ("TEL: +91 99999 00101", "919999900101"),
        // No-break and narrow spaces, hyphens and dashes of every kind, full width.
        ("+91\u{A0}99999\u{202F}00101", "919999900101"), ("+91\u{2011}99999\u{2010}00101", "919999900101"),
        ("+91 99999\u{2013}00101", "919999900101"), ("+91 99999\u{2014}00101", "919999900101"),
        ("+91 99999\u{2212}00101", "919999900101"), ("＋９１（９９９９９）００１０１", "919999900101"),
        ("+81ー90ー1234ー5678", "819012345678"), ("\u{FE62}91 99999 00101", "919999900101"),
        // What WhatsApp and address books copy along: directions, marks, isolates, joiners, a byte order mark.
        ("\u{202A}+91 99999 00101\u{202C}", "919999900101"), ("\u{2066}+91 99999 00101\u{2069}", "919999900101"),
        ("\u{200E}+91 99999\u{200F} 00101", "919999900101"), ("\u{FEFF}+91 99999 00101", "919999900101"),
        ("+91\u{200B}99999\u{200D}00101\u{2060}", "919999900101"), ("\u{202D}tel:+91\u{AD}9999900101", "919999900101"),
        // Decimal digits of other scripts.
        ("+९१ ९९९९९ ००१०१", "919999900101"), ("+٩١ ٩٩٩٩٩ ٠٠١٠١", "919999900101"), ("+۹۱ ۹۹۹۹۹ ۰۰۱۰۱", "919999900101"),
        ("٠٠٩١ ٩٩٩٩٩ ٠٠١٠١", "919999900101"), ("९१९९९९९००१०१", "919999900101"),
    ])
    func `a number with its country code is read however it is written, in rules as in events`(
        text: String,
        digits: String
    ) throws {
        #expect(try PhoneNumber(written: text, countryCode: "91").digits == digits)
        #expect(try PhoneNumber(written: text).digits == digits)
        #expect(PhoneNumber.comparableDigits(of: text) == digits)
        #expect(PhoneDigits.from(text) == digits)
    }

    /// Numbers that authorities keep free for films and tests, and others of usual length.
    @Test(arguments: [
        // No range in use: data that know the newest ranges would refuse them.
        "919999900000", "915555500101", "15555550100", "14155550100", "12025550143", "447700900123", "442079460018",
        "441632960001", "4930123456", "491512345678", "4915112345678", "33199001234", "33639981234", "61491570156",
        "46701740605", "4684650040", "353209101234", "35312345678", "390612345678", "393123456789", "3780549882345",
        "971501234567", "97142345678", "966512345678", "8613812345678", "861012345678", "819012345678", "85212345678",
        "6581234567", "628123456789", "60123456789", "639171234567", "84912345678", "8801712345678", "923001234567",
        "94712345678", "9779812345678", "254712345678", "2348031234567", "27821234567", "201001234567",
        "2250701234567", "22961123456", "24106031234", "79161234567", "77011234567", "998901234567", "380501234567",
        "5511912345678", "551123456789", "5491123456789", "525512345678", "5215512345678", "573211234567",
        "56961234567", "6834002", "29022158", "50055555", "80012345678", "870773123456", "8835100123456",
        // Service numbers have other lengths; those in known ranges are read.
        "911800123456", "18005550100", "448001111",
    ])
    func `numbers of many countries are read`(digits: String) throws {
        #expect(try PhoneNumber(written: "+\(digits)").digits == digits)
        #expect(try PhoneNumber(written: "00\(digits)").digits == digits)
    }

    @Test(
        arguments: [
            ("99999 00101", "91", "919999900101"), ("9999900101", "91", "919999900101"),
            ("09999900101", "91", "919999900101"), ("(0)99999 00101", "91", "919999900101"),
            ("०९९९९९००१०१", "91", "919999900101"), ("tel:9999900101", "91", "919999900101"),
            ("(415) 555-0100", "1", "14155550100"), ("020 7946 0018", "44", "442079460018"),
            ("0151 12345678", "49", "4915112345678"), ("06 1234 5678", "39", "390612345678"),
            ("8 916 123-45-67", "7", "79161234567"), ("01 99 00 12 34", "33", "33199001234"),
            // 011 is what North America dials before a country code.
            ("011 91 99999 00101", "1", "919999900101"),
            ("99999 00101", nil, nil), ("99999 00101", "999", nil), ("99999 00101", "asha", nil), ("4471", "91", nil),
            ("0", "91", nil), ("00", "91", nil), ("0000000000", "91", nil), ("01234567890123456", "91", nil),
        ] as [(String, String?, String?)]
    )
    func `one without is refused with the likely correction`(text: String, code: String?, likely: String?) {
        #expect(throws: PhoneNumberProblem.noCountryCode(likely: likely.flatMap { PhoneNumber(digits: $0) })) {
            try PhoneNumber(written: text, countryCode: code)
        }
    }

    @Test(arguments: [
        // Toll-free in India and in North America.
        ("1800 123 4567", "91", "9118001234567", "18001234567"),
        // A mobile number of São Paulo, one of China, one of Germany; and North America.
        ("11 91234-5678", "55", "5511912345678", "11912345678"),
        ("138 1234 5678", "86", "8613812345678", "13812345678"),
        ("1511 2345678", "49", "4915112345678", "15112345678"),
    ])
    func `one that can be read in two ways is not read`(text: String, code: String, home: String, abroad: String) throws
    {
        let ways = (try #require(PhoneNumber(digits: home)), try #require(PhoneNumber(digits: abroad)))
        #expect(throws: PhoneNumberProblem.ambiguous(ways.0, ways.1)) {
            try PhoneNumber(written: text, countryCode: code)
        }
        // A plus sign tells; so does a business in the country that the code names.
        #expect(try PhoneNumber(written: "+\(text)", countryCode: code) == ways.1)
        #expect(try PhoneNumber(written: text, countryCode: "1") == ways.1)
    }

    @Test(
        arguments: [
            ("+999 1234 5678", "91", "999", nil), ("+210 123 456 789", "91", "210", nil),
            ("+0123456789", nil, "012", nil),
            ("00 999 1234 5678", nil, "999", nil), ("99999 0010123", nil, "999", nil),
            ("+0091 99999 00101", nil, "009", nil),
            // A plus sign before a number that has no country code.
            ("+99999 00101", "91", "999", "919999900101"), ("+099999 00101", "91", "099", "919999900101"),
        ] as [(String, String?, String, String?)]
    )
    func `a country code that does not exist is told`(text: String, code: String?, first: String, likely: String?) {
        let likely = likely.flatMap { PhoneNumber(digits: $0) }
        #expect(throws: PhoneNumberProblem.unknownCountryCode(first, likely: likely)) {
            try PhoneNumber(written: text, countryCode: code)
        }
    }

    @Test(arguments: [
        ("+91 99999 0010", "91", 9), ("+91 99999 001011", "91", 11), ("919999900101234", "91", 13), ("+91 99", "91", 2),
        ("91 99999 0010", "91", 9), ("+1 415 555 010", "1", 9), ("+1 415 555 01000", "1", 11), ("+1234567", "1", 6),
        ("+1234567890123456", "1", 15), ("+65 8123 456", "65", 7), ("+33 1 99 00 12 3", "33", 8), ("+91", "91", 0),
        ("+971 50 123 45", "971", 7), ("+49 30", "49", 2), ("+883 12345", "883", 5),
    ])
    func `a number too short or too long for its country is told`(text: String, code: String, digits: Int) throws {
        let plan = try #require(NumberingPlan(countryCode: code))
        #expect(throws: PhoneNumberProblem.wrongLengthInCountry(digits, plan)) {
            try PhoneNumber(written: text, countryCode: "91")
        }
    }

    @Test func `no number has more than fifteen digits`() throws {
        #expect(throws: PhoneNumberProblem.wrongLength(16)) { try PhoneNumber(written: "+49 12345 678901234") }
        #expect(try PhoneNumber(written: "+49 12345 67890123").digits == "491234567890123")
    }

    @Test(arguments: [
        ("+44 020 7946 0018", "0", "442079460018"), ("+91 099999 00101", "0", "919999900101"),
        ("+49 030 123456", "0", "4930123456"), ("+44 (020) 7946 0018", "0", "442079460018"),
        ("0044 020 7946 0018", "0", "442079460018"), ("91 099999 00101", "0", "919999900101"),
        ("+7 8 916 123 45 67", "8", "79161234567"), ("+1 1 415 555 0100", "1", "14155550100"),
    ])
    func `what is dialled only inside the country is too much`(text: String, prefix: String, likely: String) throws {
        let likely = try #require(PhoneNumber(digits: likely))
        #expect(throws: PhoneNumberProblem.trunkPrefix(prefix, likely: likely)) { try PhoneNumber(written: text) }
    }

    @Test(arguments: ["+45 (0) 12 34 56 78", "+34 (0) 612 345 678", "+225 (0) 701 234 567", "+1 (0) 415 555 0100"])
    func `a zero in brackets belongs to countries that dial one`(text: String) throws {
        let digits = try #require(PhoneNumber.comparableDigits(of: text))
        let plan = try #require(NumberingPlan(countryCode: PhoneNumber.countryCode(of: digits)))
        #expect(throws: PhoneNumberProblem.noTrunkZero(plan)) { try PhoneNumber(written: text) }
    }

    @Test(arguments: [
        "", " ", "asha", "+", "-", "()", "tel:", "\u{202A}\u{202C}", "+91 99999 OO1O1", "91+9999900101",
        "++919999900101",
        "+91 99999 00101 ext 5", "tel:+919999900101;ext=5", "+91,99999,00101", "{{customer}}", "+91 99999\n00101",
        "key_0123456789", "+91 99999 00101🙏", "+91 ９9️⃣999 00101", "+91 99999 ½", "Ⅳ", "919999900101@c.us",
        "tel:tel:+919999900101",
    ])
    func `what holds anything else is no number`(text: String) {
        #expect(throws: PhoneNumberProblem.notANumber(text)) { try PhoneNumber(written: text, countryCode: "91") }
        #expect(PhoneNumber.comparableDigits(of: text) == nil)
        #expect(PhoneNumber.comparableDigits(ofPart: text) == nil)
        #expect(PhoneDigits.from(text) == nil)
    }

    @Test(arguments: ["", "123456", "1234567890123456", "0123456789", "+919999900101", "91 99999", "९१९९९९९००"])
    func `digits are digits and nothing else`(digits: String) {
        #expect(PhoneNumber(digits: digits) == nil)
    }

    @Test(arguments: [
        ("919999900101", "+91 99999 00101"), ("14155550100", "+1 415-555-0100"), ("442079460018", "+44 20 7946 0018"),
        ("390612345678", "+39 06 1234 5678"), ("35312345678", "+353 1 234 5678"), ("79161234567", "+7 916 123-45-67"),
        ("6581234567", "+65 8123 4567"), ("49301234567", "+49 30 1234567"),
        // Numbers that cannot be are shown as they are.
        ("4402079460018", "+44 02079460018"), ("1234567", "+1 234567"), ("9999990010", "+9999990010"),
    ])
    func `a number is grouped for reading as in its country, and reads back`(digits: String, formatted: String) throws {
        let number = try #require(PhoneNumber(digits: digits))
        #expect(number.formatted == formatted)
        #expect(PhoneNumber.comparableDigits(of: formatted) == digits)
    }

    @Test(
        arguments: [
            ("+91 (99999) 00-101", "919999900101", "919999900101"), ("99999 00101", "9999900101", "9999900101"),
            ("007", "7", "007"), ("00101", "101", "00101"), ("0009", "0009", "0009"), ("(0) 99", "099", "099"),
            ("+91 (0)", "91", "910"), ("९१", "91", "91"), ("1+1", nil, nil), ("", nil, nil), ("+", nil, nil),
            ("asha", nil, nil), ("99999x", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `digits are compared however they are written, parts as they stand`(
        text: String,
        digits: String?,
        part: String?
    ) {
        #expect(PhoneNumber.comparableDigits(of: text) == digits)
        #expect(PhoneNumber.comparableDigits(ofPart: text) == part)
    }

    @Test(arguments: [
        ("14155550100", "1"), ("79161234567", "7"), ("919999900101", "91"), ("442079460018", "44"),
        ("971501234567", "971"), ("35312345678", "353"), ("88012345678", "880"), ("8613812345678", "86"),
        ("2341234567", "234"), ("99912345678", "999"), ("91", "91"), ("", ""),
    ])
    func `the country code is what a number begins with`(digits: String, code: String) {
        #expect(PhoneNumber.countryCode(of: digits) == code)
    }

    /// Whatever stands around and between the digits, rules and events read the same number.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `rules and events agree on numbers in any dress`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let between = ["", "", "", " ", "-", "\u{A0}", "\u{2013}", ".", "\u{200B}", "\u{202C}", "/", "\u{3000}"]
        let zeros: [UInt32] = [0x30, 0x660, 0x6F0, 0x966, 0xFF10]
        let homes = ["91", "1", "44", "49", "39", "7", "55", "971", "52", "65"]
        var read = 0
        for _ in 0..<3_000 {
            let code = try #require(homes.randomElement(using: &random))
            let national = (0..<Int.random(in: 5...11, using: &random)).map { _ in Int.random(in: 0...9, using: &random)
            }
            let zero = try #require(zeros.randomElement(using: &random))
            var text = try #require(["+", "+", "00", "", "tel:+", "(+", "\u{202A}+"].randomElement(using: &random))
            for digit in code.compactMap(\.wholeNumberValue) + national {
                text.unicodeScalars.append(try #require(Unicode.Scalar(zero + UInt32(digit))))
                text += random.text(from: between, countMax: 2)
            }
            if Bool.random(using: &random), let end = text.firstIndex(where: \.isWhitespace) {
                text.insert(contentsOf: "(0)", at: end)
            }
            guard let number = try? PhoneNumber(written: text, countryCode: homes.randomElement(using: &random)) else {
                continue
            }
            read += 1
            #expect(PhoneDigits.from(text) == number.digits, "\(text) of seed \(seed)")
            #expect(PhoneNumber.comparableDigits(of: text) == number.digits, "\(text) of seed \(seed)")
            #expect(try PhoneNumber(written: number.formatted) == number, "\(number.formatted) of seed \(seed)")
        }
        #expect(read > 300, "of seed \(seed)")
    }

    @Test func `a long text takes no longer than it is long`() throws {
        let space = String(repeating: " \u{200B}", count: 500_000)
        #expect(try PhoneNumber(written: space + "+91 99999 00101" + space).digits == "919999900101")
        #expect(throws: PhoneNumberProblem.self) {
            try PhoneNumber(written: "+91" + String(repeating: "(0)", count: 500_000))
        }
        #expect(PhoneDigits.from(space + "+91 99999 00101") == nil)
    }
}
