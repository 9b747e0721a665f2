import Foundation
import Patterns
import Testing

struct FoldedTextTests {
    @Test(
        arguments: [
            ("", ""),
            ("Hi, I want a REFUND!", "hi, i want a refund!"),
            ("@[`{\u{7F}\u{0}", "@['{\u{7F}\u{0}"),
            ("İIıi", "i\u{307}iıi"),
            ("Straße ẞ", "strasse ss"),
            ("ﬁ ﬃ Ⅳ ½ ① ™", "fi ffi iv 1⁄2 1 tm"),
            ("ＲＥＦＵＮＤ　１２", "refund 12"),
            ("e\u{301}E\u{301}é", "ééé"),
            ("a\u{200B}b\u{AD}c\u{FE0F}d\u{202E}e\u{FFF9}f\u{600}g", "abcdefg"),
            ("e\u{200D}\u{301} e\u{FFFA}\u{301}", "é é"),
            ("१२३ ٤٥٦ ۴۵۶ ๑๒ 𝟗 ௧௨", "123 456 456 12 9 12"),
            ("'‘’‛ʻʼʽʹ′՚׳ߴߵꞌꞋ＇`´΄᾽❛❜", "''''''''''''''''''''''"),
            ("-‐‑‒–—―−－﹣﹘֊־⁃˗➖〜〰", "------------------"),
            ("“”„\"«»‚", "“”„\"«»‚"),
            ("ŉ", "'n"),
            ("ΣΑΣ σας", "σασ σασ"),
            ("α\u{345}\u{301} α\u{301}\u{345} ᾴ", "άι άι άι"),
            ("क\u{93C} \u{958}", "क\u{93C} क\u{93C}"),
            ("ｶﾞ ガ カ\u{3099}", "ガ ガ ガ"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("👨‍👩‍👧 👍🏽 ❤️ 1️⃣", "👨👩👧 👍🏽 ❤ 1\u{20E3}"),
        ]
    )
    func `a text is folded`(text: String, form: String) {
        #expect(FoldedText(text).bytes == Array(form.utf8))
    }

    /// Every scalar that means something, without ideographs and private ones beyond the first two planes.
    ///
    /// Unicode 15.0 is what the oldest supported ICU knows; the standard library knows more.
    static let scalars = [0...0xDFFF, 0xF900...0x1_FFFF, 0x2_F800...0x2_FA1F, 0xE_0000...0xE_0FFF].joined().compactMap {
        Unicode.Scalar(UInt32($0))
    }.filter { scalar in
        guard let age = scalar.properties.age else { return false }
        return (age.major, age.minor) <= (15, 0)
    }

    @Test func `every scalar is folded as its properties say`() {
        for scalar in Self.scalars {
            let properties = scalar.properties
            let form = String(decoding: FoldedText(String(scalar)).bytes, as: UTF8.self)
            let expected: String? =
                switch true {
                case properties.isDefaultIgnorableCodePoint, properties.generalCategory == .format: ""
                case properties.numericType == .decimal: String(Int(properties.numericValue ?? -1))
                case properties.isDash: "-"
                default: nil
                }
            if let expected, form != expected { Issue.record("U+\(String(scalar.value, radix: 16)): '\(form)'") }
        }
    }

    @Test func `every scalar is folded like its other forms, once and for all`() {
        // NFKC makes a space and a mark of these, which are apostrophes here.
        let apart: Set<Unicode.Scalar> = ["\u{B4}", "\u{384}", "\u{1FBD}", "\u{1FFD}"]
        for scalar in Self.scalars {
            let text = String(scalar)
            let form = FoldedText(text)
            var others = [
                FoldedText(String(decoding: form.bytes, as: UTF8.self)),
                FoldedText(text.decomposedStringWithCanonicalMapping),
                FoldedText(text.precomposedStringWithCanonicalMapping),
            ]
            if !apart.contains(scalar) { others.append(FoldedText(text.precomposedStringWithCompatibilityMapping)) }
            if others.contains(where: { $0 != form }) { Issue.record("U+\(String(scalar.value, radix: 16))") }
        }
    }

    @Test func `long texts are folded in pieces like short ones`() {
        let piece = "Ｒｅfund क\u{93C} é e\u{301}\u{323} 退款，한국 \u{1112}\u{1161} 👍🏽 ’ "
        let count = 1 << 13
        let form = String(decoding: FoldedText(piece).bytes, as: UTF8.self)
        let long = FoldedText(String(repeating: piece, count: count))
        #expect(long.bytes == Array(String(repeating: form, count: count).utf8))
    }

    @Test(arguments: [1, 2, 255, 256, 257, 300, 600])
    func `a run of marks has the same form in a long text and by itself`(count: Int) {
        let run = "a" + String(repeating: "\u{301}\u{323}", count: count)
        let alone = FoldedText(run).bytes
        let around = String(repeating: "x ", count: 500)
        #expect(FoldedText(around + run + around).bytes == Array(around.utf8) + alone + Array(around.utf8))
    }

    @Test func `invisible characters never part a letter from its accent`() {
        let text = "e" + String(repeating: "\u{200B}", count: 10_000) + "\u{301}"
        #expect(FoldedText(text).bytes == Array("é".utf8))
    }
}
