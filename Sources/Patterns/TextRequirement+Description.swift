extension TextRequirement: CustomStringConvertible {
    /// The alternatives as people read them: `"refund" or "money" and "back"`.
    ///
    /// A space stands at an end beside which no letter may stand: `" me "`. Sets of characters stand in brackets: `[0-9]`.
    public var description: String {
        alternatives.map { needs in needs.map(\.description).joined(separator: " and ") }.joined(separator: " or ")
    }
}

extension TextNeed: CustomStringConvertible {
    /// The need as people read it; see ``TextRequirement/description``.
    public var description: String {
        switch self {
        case .literal(let literal): literal.description
        case .character(let set): set.description
        }
    }
}

extension TextLiteral: CustomStringConvertible {
    /// The literal in quotes; see ``TextRequirement/description``.
    public var description: String { "\"" + String(decoding: bytes, as: UTF8.self) + "\"" }
}

extension TextCharacters: CustomStringConvertible {
    /// The characters of ASCII in brackets, runs of them as ranges; an ellipsis stands for all others.
    public var description: String {
        var text = ""
        var next: UInt8 = 0
        while next < 0x80 {
            let first = next
            while next < 0x80, ascii & (1 << UInt128(next)) != 0 { next += 1 }
            if next - first > 2 {
                text += Self.shown(first) + "-" + Self.shown(next - 1)
            } else {
                for byte in first..<next { text += Self.shown(byte) }
            }
            next += 1
        }
        return "[" + text + (hasOthers ? "…" : "") + "]"
    }

    private static func shown(_ byte: UInt8) -> String {
        Unicode.Scalar(byte).escaped(asASCII: true)
    }
}
