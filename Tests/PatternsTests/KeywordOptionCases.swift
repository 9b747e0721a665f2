import Patterns
import Testing

/// A keyword with options, a text, whether the one is found in the other, and why.
struct KeywordOptionCase: Sendable, CustomTestStringConvertible {
    let keyword: String
    let options: KeywordOptions
    let text: String
    let isFound: Bool
    let why: String

    var testDescription: String { "\(keyword) in \(text): \(why)" }

    private static func found(
        _ keyword: String,
        _ options: KeywordOptions,
        _ text: String,
        _ why: String
    ) -> KeywordOptionCase {
        KeywordOptionCase(keyword: keyword, options: options, text: text, isFound: true, why: why)
    }

    private static func absent(
        _ keyword: String,
        _ options: KeywordOptions,
        _ text: String,
        _ why: String
    ) -> KeywordOptionCase {
        KeywordOptionCase(keyword: keyword, options: options, text: text, isFound: false, why: why)
    }
}

extension KeywordOptions {
    fileprivate static let one = KeywordOptions(typos: 1)
    fileprivate static let two = KeywordOptions(typos: 2)
    fileprivate static let accents = KeywordOptions(ignoresAccents: true)
    fileprivate static let stretched = KeywordOptions(ignoresStretching: true)
    fileprivate static let all = KeywordOptions(typos: 1, ignoresAccents: true, ignoresStretching: true)
}

// Lists of cases, longer than other files. Where the literal reading of the definition surprises, the reason says so.
extension KeywordOptionCase {
    static let typos: [KeywordOptionCase] = [
        .found("refund", .one, "refnud", "a swap is one typo"),
        .found("refund", .one, "refun", "a letter left out at the end"),
        .found("refund", .one, "efund", "a letter left out at the beginning"),
        .found("refund", .one, "reffund", "a letter too many"),
        .found("refund", .one, "xrefund", "a letter too many at the beginning"),
        .found("refund", .one, "refunds", "a letter too many at the end"),
        .found("refund", .one, "refumd", "another letter"),
        .found("refund", .one, "REFNUD!", "case is folded"),
        .found("refund", .one, "refund", "no typo"),
        .found("refund", .one, "ref8nd", "a digit for a letter"),
        .absent("refund", .one, "rfeunnd", "two typos"),
        .found("refund", .two, "rfeunnd", "a swap and a letter too many"),
        .absent("refund", .two, "rfeunnx", "three typos"),
        .absent("refund", .one, "rnfued", "letters that are swapped are neighbours"),
        .absent("refund", .one, "nonrefnud", "the rules of neighbours hold: letters precede"),
        .absent("refund", .two, "refundable", "four letters too many"),
        .absent("refund", .one, "refnudab", "letters follow"),
        .absent("abcdef", .two, "bcxadef", "a swap is not changed again: this is three typos"),
        .found("acdef", .two, "cadefx", "a swap and a letter too many"),
        .absent("sale", .one, "slae", "a word under five letters allows none"),
        .absent("sale", .two, "sales", "a word under five letters allows none"),
        .found("sales", .one, "slaes", "five letters are enough"),
        .absent("5512a", .two, "5521a", "digits are no letters, so that there is one letter"),
        .absent("12345", .two, "12354", "a number allows none"),
        .found("order12", .one, "order21", "a word of five letters may have a typo in its digits"),
        .absent("a-b-c-d", .one, "a-b-c-e", "four letters"),
        .found("e-mail", .one, "email", "a hyphen of the keyword left out"),
        .absent("email", .one, "em-ail", "a hyphen is nothing that a typo puts into a word"),
        .found("email", .one, "e-mail", "surprising: 'mail' by itself is one letter short"),
        .absent("another", .one, "an other", "neither is a space: a typo joins no words"),
        .absent("refund", .two, "ref und", "nor parts them"),
        .absent("don't", .one, "dont", "four letters and an apostrophe"),
        .found("didn't", .one, "didnt", "an apostrophe left out of a word of five letters"),
        .found("money refund", .one, "moeny refnud", "each word of a phrase has its own typos"),
        .absent("money refund", .one, "mooeny refnud", "the first word has two"),
        .absent("money back", .one, "moeny bakc", "the second word has four letters"),
        .absent("money refund", .one, "moneyrefund", "between the words of a phrase stands a separator"),
        .found("money refund", .one, "moneyx, refund", "a typo at the end of the first word"),
        .found("refund*", .one, "refnudable", "the part before a star may be mistyped"),
        .found("refund*", .one, "refunction", "surprising: a beginning that is one typo away is enough"),
        .absent("refund*", .one, "defuse", "no beginning is near enough"),
        .absent("refund*", .one, "nonrefnud", "a star at the end leaves the beginning whole"),
        .found("cancel* order", .one, "cancle my order cacnelling ordre", "in a phrase too"),
        .absent("sale*", .one, "slaes", "the part before the star has four letters"),
        .found("refund\\*", .one, "refund", "a literal star left out"),
        .found("straße", .one, "strase", "ß is two letters, one left out"),
        .found("привет", .one, "превет", "Cyrillic"),
        .found("возврат", .one, "возвартъ возвартт возварт", "a swap in Cyrillic"),
        .found("استرداد", .one, "استراد", "Arabic: a letter left out"),
        .absent("طلبي", .one, "طلب", "four letters"),
        .found("ריפאנד", .one, "ריפנד", "Hebrew: a letter left out"),
        .found("समस्याएं", .one, "समसयाएं", "a virama left out is one typo"),
        .found("कैंसिलेशन", .one, "कैंसीलेशन", "a wrong vowel sign is one typo"),
        .absent("डिलीवरी", .one, "डिलिवरी", "surprising: four letters, since vowel signs do not count"),
        .absent("वापस", .one, "वापश", "four letters"),
        .absent("पैसे", .two, "पेसे", "two letters and two signs"),
        .found("ज़रूरतमंद", .one, "जरूरतमंद", "a nukta left out is one typo"),
        .absent("কেনা", .two, "কিনা", "two letters and two signs"),
        .found("வாடிக்கையாளர்", .one, "வாடிக்கயாளர்", "Tamil: a vowel sign left out"),
        .found("안녕하세요", .one, "안녕하새요", "Hangul: a wrong syllable is one typo"),
        .absent("환불해요", .one, "환볼해요", "four syllables"),
        .absent("คืนเงินครับ", .two, "คืนเงนครับ", "Thai allows none: nothing shows where the word begins and ends"),
        .absent("我要求退款", .two, "我要求褪款", "neither does Chinese"),
        .absent("キャンセル", .two, "キャンサル", "nor Japanese"),
        .found("คืนเงิน", .two, "ขอคืนเงินค่ะ", "what is found without typos is found with them"),
        .found("refund", .one, "ขอrefnudครับ", "a Latin word between Thai letters"),
        .absent("refund", .one, "ขอrefundsxครับ", "two letters too many"),
        .found("refund", .one, "我要refnd", "a Latin word behind Chinese characters"),
        .found("iphone15", .one, "iphnoe15", "letters and digits"),
        .absent("refund退", .two, "refnud退", "a word with a character of a script without spaces allows none"),
        .found("refund", .one, "re\u{200B}fn\u{AD}ud", "invisible characters are no typos"),
        .found("refund", .one, "ｒｅｆｎｕｄ", "nor is full width"),
        .found("office", .one, "oﬃec", "a ligature is its letters"),
        .found("résumé", .one, "resumé", "an accent left out is one typo"),
        .absent("résumé", .one, "resume", "two accents left out are two"),
        .found("thanks🙏", .one, "thanks", "a symbol of the keyword left out"),
        .found("thanks", .one, "thnks🙏x", "a symbol is a neighbour that does not count"),
    ]

    static let accents: [KeywordOptionCase] = [
        .found("cafe", .accents, "café", "composed"),
        .found("cafe", .accents, "cafe\u{301}", "decomposed"),
        .found("café", .accents, "cafe", "in the keyword alone"),
        .found("café", .accents, "cafè", "another accent"),
        .found("CAFÉ*", .accents, "cafés", "with a star"),
        .absent("cafe", .accents, "caféx", "a letter follows"),
        .found("tieng viet", .accents, "Tiếng, Việt", "several accents on one letter"),
        .found("garcon", .accents, "garçon", "a cedilla"),
        .found("sao paulo", .accents, "São Paulo", "a tilde"),
        .absent("sodd", .accents, "sødd", "ø does not decompose"),
        .absent("lodz", .accents, "łódź", "neither does ł"),
        .found("łodz", .accents, "łódź", "but ó and ź do"),
        .found("strasse", .accents, "Straße", "ß folds to ss, whatever the options"),
        .found("istanbul", .accents, "İSTANBUL", "the dot of İ is an accent"),
        .absent("isik", .accents, "ışık", "ı is another letter"),
        .found("елка", .accents, "ёлка", "Cyrillic"),
        .found("иод", .accents, "йод", "surprising: й is и with a breve"),
        .found("αθηνα", .accents, "Αθήνα", "Greek"),
        .found("Ἀθῆναι", .accents, "αθηναι", "polytonic Greek"),
        .absent("α", .accents, "ᾳ", "an iota below folds to a letter"),
        .found("مرحبا", .accents, "مَرْحَباً", "Arabic harakat"),
        .found("هذا", .accents, "هٰذا", "a superscript alef is a point too"),
        .absent("ان", .accents, "أن", "a hamza makes another letter"),
        .absent("ان", .accents, "آن", "so does a madda"),
        .absent("مرحبا", .accents, "مرحـبا", "a tatweel is a letter"),
        .absent("ه", .accents, "ة", "another letter"),
        .found("שלום", .accents, "שָׁלוֹם", "Hebrew points"),
        .found("שָׁלוֹם", .accents, "שלום", "Hebrew points in the keyword"),
        .absent("पैसा", .accents, "पसा", "vowel signs are no accents"),
        .absent("जरूर", .accents, "ज़रूर", "neither is a nukta"),
        .absent("हा", .accents, "हाँ", "nor a candrabindu"),
        .absent("कया", .accents, "क्या", "nor a virama"),
        .absent("টাকা", .accents, "টক", "nor Bengali vowel signs"),
        .absent("பணம", .accents, "பணம்", "nor a pulli"),
        .absent("คนเงน", .accents, "คืนเงิน", "nor Thai vowels"),
        .absent("นา", .accents, "น้า", "nor Thai tone marks"),
        .absent("カス", .accents, "ガス", "nor a voiced mark"),
        .found("가", .accents, "가", "Hangul is composed again"),
        .absent("ㄱ", .accents, "가", "and not taken apart"),
        .found("refund", .accents, "r\u{336}e\u{336}f\u{336}u\u{336}n\u{336}d", "struck through"),
        .absent("1", .accents, "1\u{20E3}", "a keycap encloses and is no accent"),
        .found("x", .accents, "x\u{302}", "an accent that composes with nothing"),
        .found("cafe creme", .accents, "Café\ncrème", "a phrase"),
        .found("don't", .accents, "don´t", "an acute accent typed for an apostrophe is an apostrophe"),
    ]

    static let stretches: [KeywordOptionCase] = [
        .found("please", .stretched, "pleeease", "three for one"),
        .found("please", .stretched, "PLEEEEEEEASE", "many for one"),
        .absent("please", .stretched, "pleease", "two are no stretch"),
        .found("please", .stretched, "pppleaseee", "at the beginning and at the end"),
        .found("see", .stretched, "seee", "three for two"),
        .found("see", .stretched, "see", "as it is"),
        .absent("see", .stretched, "se", "a shorter text is no stretch"),
        .absent("se", .stretched, "see", "two are no stretch"),
        .found("se", .stretched, "seee", "three for one"),
        .found("hmmm", .stretched, "hmmmmm", "more for three"),
        .found("hmmm", .stretched, "hmmm", "the same"),
        .absent("hmmmm", .stretched, "hmmm", "three for four"),
        .found("so", .stretched, "SoOo", "case is folded first"),
        .absent("10", .stretched, "1000", "digits are not stretched"),
        .absent("a-b", .stretched, "a---b", "neither are hyphens"),
        .absent("y🙏x", .stretched, "y🙏🙏🙏x", "nor symbols within a keyword"),
        .found("🙏", .stretched, "🙏🙏🙏", "a symbol by itself has neighbours that do not count"),
        .absent("please", .stretched, "pleeeasey", "a letter follows"),
        .absent("ease", .stretched, "pleeease", "a letter precedes"),
        .found("so good", .stretched, "sooo goood", "every word of a phrase"),
        .absent("so good", .stretched, "sooogood", "nothing between the words"),
        .found("pleas*", .stretched, "pleeeasing", "with a star"),
        .found("привет", .stretched, "привеееет", "Cyrillic"),
        .found("café", .stretched, "caféééé", "a letter with its accent"),
        .found("प्लीज", .stretched, "प्लीीीज", "a vowel sign is stretched like a letter"),
        .found("यार", .stretched, "यारररर", "a Devanagari letter"),
        .found("जी", .stretched, "जीीीी", "a vowel sign at the end"),
        .found("มาก", .stretched, "มากกกก", "Thai"),
        .found("มาก", .stretched, "มาาาาก", "a Thai vowel"),
        .found("哈", .stretched, "哈哈哈", "Chinese"),
        .found("すごい", .stretched, "すごーい すごいいい", "Hiragana"),
        .absent("すごい", .stretched, "すごーい", "a prolonged sound mark is another letter"),
        .found("مرحبا", .stretched, "مرحبااااا", "Arabic"),
        .found("مرـحبا", .stretched, "مرـــحبا", "a tatweel is a letter like any other"),
        .absent("مرحبا", .stretched, "مرـــحبا", "and is not left out"),
        .found("좋아요", .stretched, "좋아아아요", "Hangul"),
        .found("refund", .stretched, "re\u{200B}e\u{AD}e\u{200D}fund", "invisible characters part no run"),
    ]

    static let together: [KeywordOptionCase] = [
        .found("crème brûlée", .all, "cremmme bruleeee", "stretched, without accents"),
        .found("crème brûlée", .all, "creme brulle", "without accents, one typo"),
        .found("please", .all, "plésaeeee", "an accent, a swap and a stretch"),
        .absent("please", .all, "plesaaaaxe", "two typos, however it is stretched"),
        .found("refund*", .all, "rréffffundáble", "a typo beside a stretch, accents and a star"),
        .found("geschäft", .all, "GESCHAFTTT", "stretched at the end, without accents"),
        .found("hello", .all, "hellllo", "a stretch of a double letter"),
        .found("hello", .all, "helo", "a letter left out of a double one is a typo"),
        .absent("sale", .all, "slaaae", "four letters allow no typo, stretched or not"),
        .found("sale", .all, "sáááále", "but the other options hold for them"),
        .found("मदद समस्याएं", .all, "मददददद समसयाएं", "a stretch, and a virama left out"),
    ]

    static let everything = typos + accents + stretches + together
}
