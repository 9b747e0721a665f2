import Mustache

/// Escapes text for HTML, scalar by scalar.
///
/// The library's own escaping goes by grapheme: it passes `"` and `<` on as they are when a combining mark follows, and a
/// browser, which knows no graphemes, would end an attribute there.
struct StrictHTML: MustacheContentType {
    /// What the templates call it.
    static let name = "STRICT-HTML"

    /// The text with everything replaced that could end a text or an attribute.
    func escapeText(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
