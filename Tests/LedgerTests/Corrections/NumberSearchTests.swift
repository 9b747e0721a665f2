import SeededRandom
import Testing

@testable import Ledger

/// A number is found however it is grouped, and only where it is that number.
struct NumberSearchTests {
    private let search = NumberSearch(digits: "919999900001")

    @Test(
        arguments: [
            ("919999900001", "0"),
            ("+91 99999 00001", "+0"),
            ("(91) 99999-00001", "(0"),
            ("00919999900001", "000"),
            ("91\u{A0}99999\u{202F}00001!", "0!"),
            ("a919999900001b 919999900001", "a0b 0"),
            ("9191 919999900001", "9191 0"),
        ]
    )
    func `the number gives way to a zero`(text: String, redacted: String) {
        #expect(search.redacted(text) == redacted)
        #expect(search.isFound(in: Array(text.utf8)))
    }

    @Test(
        arguments: [
            "", "9", "91999990000", "9199999000010", "1919999900001", "0919999900001", "91999990000 x",
            "91, 9999900001", "91    9999900001", "919999900002", "91\n9999900001",
        ]
    )
    func `another number stays`(text: String) {
        #expect(search.redacted(text) == nil)
        #expect(!search.isFound(in: Array(text.utf8)))
    }

    @Test(arguments: 0..<200)
    func `whatever stands around it stays as it is`(_: Int) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let around = ["x", "é", "{", "\"", ":", "ж", "\n", "😀"]
        let (before, behind) = (
            generator.text(from: around, countMax: 8), generator.text(from: around, countMax: 8)
        )
        let number = "919999900001".map { digit in
            "\(digit)\(generator.text(from: ["", "", "", " ", "-", "\u{A0}"], countMax: 2))"
        }.joined()
        let written = String(number[...(number.lastIndex(of: "1") ?? number.startIndex)])
        #expect(search.redacted(before + written + behind) == before + "0" + behind, "seed \(seed)")
    }
}
