internal import CICU

/// A script whose vowel signs are part of the spelling, such as Devanagari, Bengali, Tamil or Thai.
///
/// These are the scripts that have a combining mark which Unicode calls alphabetic and which keeps its place among other marks
/// (combining class 0): a sign that is written like a letter. Accents and the points of Arabic and Hebrew, which most
/// texts leave out, do not make a script one of them.
struct VowelSignScript: Hashable, Sendable {
    private let code: Int32

    /// The script of a letter or combining mark, if it is such a script.
    init?(of scalar: UInt32) {
        let category = Int(cicu_category_bit(scalar))
        guard category & (cicu_category_letter | cicu_category_mark) != 0 else { return nil }
        self.init(code: cicu_script(scalar))
    }

    /// The script that has a name in a regex, if it is such a script.
    init?(named name: String) {
        self.init(code: unsafe cicu_script_named(name))
    }

    private init?(code: Int32) {
        guard Self.codes.contains(code) else { return nil }
        self.code = code
    }

    /// The name, as people write it.
    var name: String {
        guard let name = unsafe cicu_script_name(code) else { return "" }
        return unsafe String(cString: name).replacing("_", with: " ")
    }

    /// Whether it is written without spaces, as ``ScalarClass/spaceless`` has it.
    var isSpaceless: Bool {
        [cicu_script_thai, cicu_script_khmer, cicu_script_lao, cicu_script_myanmar].contains { Int32($0) == code }
    }

    /// Asked of ICU once, in some ten milliseconds: only `check` wants to know.
    private static let codes: Set<Int32> = {
        var codes: Set<Int32> = []
        // All marks of Unicode stand in the first two planes, but for those of variation, which are no letters.
        for scalar in UInt32(0x300)...0x1_FFFF where Int(cicu_category_bit(scalar)) & cicu_category_mark != 0 {
            if cicu_is_alphabetic(scalar), cicu_combining_class(scalar) == 0 { codes.insert(cicu_script(scalar)) }
        }
        return codes
    }()
}
