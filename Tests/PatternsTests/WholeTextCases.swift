import Patterns
import Testing

/// A keyword, a text, whether the one is the whole of the other, and why.
struct WholeTextCase: Sendable, CustomTestStringConvertible {
    let keyword: String
    var options = KeywordOptions()
    let text: String
    let isWhole: Bool
    let why: String

    var testDescription: String { "\(keyword) as \(text): \(why)" }

    private static func whole(_ keyword: String, _ text: String, _ why: String) -> WholeTextCase {
        WholeTextCase(keyword: keyword, text: text, isWhole: true, why: why)
    }

    private static func part(_ keyword: String, _ text: String, _ why: String) -> WholeTextCase {
        WholeTextCase(keyword: keyword, text: text, isWhole: false, why: why)
    }

    static let everything: [WholeTextCase] = [
        .whole("stop", "STOP", "nothing else"),
        .whole("stop", " stop\n", "white space"),
        .whole("stop", "STOP 🙏", "a symbol"),
        .whole("stop", "🙏🏽STOP❤️", "symbols without spaces"),
        .whole("stop", "--stop--", "hyphens"),
        .whole("stop", "*STOP*!!!", "WhatsApp's bold marks and punctuation"),
        .whole("stop", "“stop”", "quotation marks"),
        .whole("stop", "\u{202B}stop\u{202C}\u{200B}", "invisible characters"),
        .whole("stop", "\u{0}stop", "a control character"),
        .whole("stop", "stop $+=|", "symbols of every kind"),
        .whole("stop", "stop \u{E000}\u{10FFFD}", "private characters"),
        .whole("stop", "stop \u{1FAFF}", "a symbol that the platform may not know yet"),
        .part("stop", "please stop", "a word before"),
        .part("stop", "stop it", "a word behind"),
        .part("stop", "stops", "a letter follows"),
        .part("stop", "stop 1", "a digit stands there"),
        .part("stop", "stop ①", "a circled digit is a digit"),
        .part("stop", "s-t-o-p", "letters apart are no word"),
        .part("stop", "", "an empty text"),
        .part("stop", "🙏", "symbols only"),
        .part("stop", "stop stop", "twice is more than it"),
        .whole("1", "1", "a digit"),
        .whole("1", "1.", "a digit and a full stop"),
        .whole("1", "(1)", "in brackets"),
        .whole("1", "१", "a Devanagari digit"),
        .whole("1", "1️⃣", "a keycap is a symbol of its digit"),
        .whole("1️⃣", "1️⃣", "a keycap as the keyword"),
        .part("1️⃣", "1", "the keycap is missing"),
        .part("1", "10", "another number"),
        .part("1", "1.5", "a digit behind"),
        .part("1", "1½", "a fraction behind"),
        .whole("money back", "Money-back!", "a phrase"),
        .whole("money back", "money 🙏 back", "between the words of a phrase symbols are apart too"),
        .whole("money back", "money+back", "a plus as well"),
        .part("money back", "moneyback", "something stands between the words"),
        .part("money back", "my money back", "a word before the phrase"),
        .part("money back", "money the back", "a word between"),
        .whole("c++", "C++ 🙏", "symbols of the keyword stand there"),
        .part("c++", "c", "symbols of the keyword are missing"),
        .whole("c", "c++", "symbols that the keyword has not are apart"),
        .whole("👍", "👍", "a symbol as the keyword"),
        .whole("👍", "👍👍👍", "several of them"),
        .whole("👍", "👍🏽", "a skin tone is a symbol"),
        .whole("👍", "🙏👍!", "among others"),
        .part("👍", "ok 👍", "a word before"),
        .part("👍", "🙏", "another symbol"),
        .whole("?", "???", "punctuation as the keyword"),
        .whole("- -", "---", "punctuation parted by itself"),
        .part("- -", "--", "nothing parts the two"),
        .whole("refund*", "Refunds!", "a star takes any ending"),
        .whole("refund*", "refund", "or none"),
        .part("refund*", "refunds please", "but no other word"),
        .whole("yes* please", "yesss, please", "a star within a phrase"),
        .whole("don't", "Don’t.", "apostrophes are one"),
        .whole("हाँ", "हाँ जी".replacing(" जी", with: "।"), "Devanagari and a danda"),
        .part("हा", "हाँ", "a candrabindu is part of the word"),
        .part("हाँ", "हाँ जी", "a word behind"),
        .whole("نعم", "نعم.", "Arabic"),
        .part("نعم", "نعمً", "a diacritic is part of the word"),
        .whole("退款", "退款。", "Chinese"),
        .part("退款", "我要退款", "in Chinese too, the whole text is meant"),
        .whole("退款*", "退款吧", "a star takes any ending in Chinese too"),
        .whole("ใช่", "ใช่ 🙏", "Thai"),
        .part("ใช่", "ใช่ค่ะ", "more letters"),
        .whole("はい", "「はい」", "Japanese brackets"),
        .whole("네", "네!", "Hangul"),
        .whole("café", "cafe\u{301}", "accents in either form"),
        .part("cafe", "café", "an accent"),
        WholeTextCase(
            keyword: "cafe",
            options: KeywordOptions(ignoresAccents: true),
            text: "Café!",
            isWhole: true,
            why: "accents ignored"
        ),
        WholeTextCase(
            keyword: "cancel",
            options: KeywordOptions(typos: 1),
            text: "CANCLE 🙏",
            isWhole: true,
            why: "one typo"
        ),
        WholeTextCase(
            keyword: "cancel",
            options: KeywordOptions(typos: 1),
            text: "cancle it",
            isWhole: false,
            why: "one typo and a word behind"
        ),
        WholeTextCase(
            keyword: "cancel",
            options: KeywordOptions(typos: 2),
            text: "cancel 1",
            isWhole: false,
            why: "a typo joins no words"
        ),
        WholeTextCase(
            keyword: "yes please",
            options: KeywordOptions(ignoresStretching: true),
            text: "yesss 🙏 pleeease",
            isWhole: true,
            why: "stretched"
        ),
        WholeTextCase(
            keyword: "yes",
            options: KeywordOptions(ignoresStretching: true),
            text: "yess",
            isWhole: false,
            why: "two are no stretch"
        ),
        WholeTextCase(
            keyword: "cancel*",
            options: KeywordOptions(typos: 1),
            text: "cacnellation",
            isWhole: true,
            why: "a typo and a star"
        ),
    ]
}
