/// Where a rendered text goes, which decides how values are escaped.
///
/// Only values are: the text of the template is the author's and stays as written.
public enum TemplatePlace: Hashable, Sendable, CaseIterable {
    /// Text for people, or for code that does its own escaping: values stay as they are.
    case plain

    /// The inside of string literals of JSON.
    ///
    /// Quotes, backslashes, control characters, the line separators U+2028 and U+2029 and the byte order mark are escaped,
    /// so the value comes back exactly and never ends its literal. That holds only for a value that stands in a literal: see
    /// ``Template/problemAsJSONText()``.
    case jsonString

    /// Segments of a URL's path; right for a path of several segments and for a whole URL too.
    ///
    /// Everything but the unreserved characters of RFC 3986 is percent-encoded, so no value begins a segment, query or
    /// fragment. A segment with values that comes out as `.`, `..` or nothing is ``TemplateRendering/refused(name:reason:)``:
    /// URL parsers and servers resolve `%2E%2E` like `..` and merge slashes, so no escape keeps such a segment. Behind
    /// a `?` or `#` of the template there are no segments, and values are only encoded. Values in place of a host are no
    /// business of escapes: see ``Template/problemAsURL()``.
    case urlPathSegment

    /// A value in a URL's query, and as well a field of a form; everything but unreserved characters is percent-encoded.
    ///
    /// A space becomes `%20`, never `+`.
    case urlQueryValue

    /// The value of an HTTP header, which stays one line.
    ///
    /// Each control character (C0, DEL and C1) and line separator becomes a space, then the spaces around the value go.
    case headerValue

    /// One argument of a command.
    ///
    /// NUL is left out, because an argument ends there. Nothing else is changed: arguments go to the program as they are
    /// and never through a shell. Whether the argument can begin with a dash that a customer wrote tells
    /// ``Template/canBeginWithValue``.
    case argument
}

extension TemplatePlace {
    /// Writes a value behind a text.
    func append(_ value: String, to text: inout String) {
        switch self {
        case .plain: text += value
        case .jsonString: appendJSON(value, to: &text)
        case .urlPathSegment, .urlQueryValue: appendPercentEncoded(value, to: &text)
        case .headerValue: appendHeader(value, to: &text)
        case .argument: text.unicodeScalars.append(contentsOf: value.unicodeScalars.lazy.filter { $0 != "\0" })
        }
    }

    private func appendJSON(_ value: String, to text: inout String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += #"\""#
            case "\\": text += #"\\"#
            case "\n": text += #"\n"#
            case "\r": text += #"\r"#
            case "\t": text += #"\t"#
            // Foundation's reader drops a U+FEFF that begins a text or follows an escape, as if it were a byte order mark.
            case "\u{0}"..."\u{1F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                let digits = String(scalar.value, radix: 16)
                text += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    private func appendPercentEncoded(_ value: String, to text: inout String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    private func appendHeader(_ value: String, to text: inout String) {
        var spaces = 0
        var isBegun = false
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\u{0}"..." ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": spaces += 1
            default:
                if isBegun { text += String(repeating: " ", count: spaces) }
                text.unicodeScalars.append(scalar)
                isBegun = true
                spaces = 0
            }
        }
    }
}
