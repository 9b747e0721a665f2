internal import CICU
internal import CPCRE2

/// The versions of Unicode by which texts are folded and patterns ignore case.
enum FoldingVersions {
    /// Whether characters that are the same to PCRE2 have the same folding for certain.
    ///
    /// A newer version of Unicode may bring a capital for a letter that is known already, which an older one does not fold. The
    /// other way round nothing goes wrong: a folding that makes more characters the same rules out fewer texts.
    static let agree: Bool = {
        var text = [CChar](repeating: 0, count: 24)
        guard unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_UNICODE_VERSION), &text) > 0 else { return false }
        let numbers = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: ".").compactMap { Int32($0) }
        guard numbers.count >= 2 else { return false }
        return numbers[0] * 256 + numbers[1] <= cicu_unicode_version()
    }()
}
