import Patterns
import Testing

struct TextFoldingTests {
    @Test(
        arguments: [
            ("", ""),
            ("Hello, WORLD 123 @[`{", "hello, world 123 @[`{"),
            ("Straße STRAẞE", "strasse strasse"),
            ("ﬁx ŉ ǰ", "fix ʼn j\u{30C}"),
            ("İstanbul ISPARTA ı", "i\u{307}stanbul isparta ı"),
            ("ΣΑΣ σας", "σασ σασ"),
            ("\u{212A}elvin ſ Å", "kelvin s å"),
            ("Ꭰ ꭰ", "Ꭰ Ꭰ"),
            ("ＲＥ　１ ½ ①", "ｒｅ　１ ½ ①"),
            ("É E\u{301}", "é e\u{301}"),
            ("A\u{200B}B\u{AD}’–१", "a\u{200B}b\u{AD}’–१"),
            ("मुझे 退款 ا", "मुझे 退款 ا"),
            ("\u{0}A\u{0}", "\u{0}a\u{0}"),
        ]
    )
    func `case is folded and nothing else`(text: String, form: String) {
        #expect(Array(TextFolding.caseFolded(text).utf8) == Array(form.utf8))
    }

    @Test func `a long text is folded whole`() {
        let text = String(repeating: "Straße ", count: 200_000)
        let form = String(repeating: "strasse ", count: 200_000)
        #expect(TextFolding.caseFolded(text) == form)
    }
}
