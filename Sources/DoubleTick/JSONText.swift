/// Writes compact JSON whose members stand in the order given.
///
/// Foundation's encoder orders the members of an object by hash or by name; the API documents another order, and records
/// are compared byte by byte.
enum JSONText {
    /// An object whose members are JSON already.
    static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { string($0.name) + ":" + $0.value }.joined(separator: ",") + "}"
    }

    /// An array whose items are JSON already.
    static func array(_ items: [String]) -> String {
        "[" + items.joined(separator: ",") + "]"
    }

    /// A string in quotes, with everything escaped that JSON does not allow inside them.
    static func string(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += #"\""#
            case "\\": written += #"\\"#
            case "\n": written += #"\n"#
            case "\r": written += #"\r"#
            case "\t": written += #"\t"#
            case "\u{0}"..."\u{1F}": written += controlEscape(scalar)
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    private static func controlEscape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
