// Escapes and classes: what single characters of a regex are.
extension PatternReader {
    /// Reads an escape outside of a class; `nil` for what matches nothing.
    mutating func readEscape() -> PatternPart? {
        let start = index
        index += 1
        guard index < bytes.count else { return nil }
        switch Unicode.Scalar(bytes[index]) {
        case "b": return readWordEscape(.boundary, from: start)
        case "B": return readWordEscape(.noBoundary, from: start)
        case "w": return readWordEscape(.word(inClass: false), from: start)
        case "W": return readWordEscape(.nonWord(inClass: false), from: start)
        case "Q":
            index += 1
            isQuoted = true
            return nil
        case "E", "A", "Z", "z", "G", "K":
            index += 1
            return nil
        default:
            let count = scalars.count
            let edge = readEscaped()
            var part: PatternPart = edge == .unknown ? .anything : PatternPart(letter: edge, isOptional: false)
            if scalars.count > count { part.scalar = scalars.last }
            return part
        }
    }

    private mutating func readWordEscape(_ kind: Found.Kind, from start: Int) -> PatternPart {
        index += 1
        found.append(Found(range: start..<index, kind: kind))
        switch kind {
        case .word, .nonWord: return .anything
        default: return PatternPart(escape: found.count - 1)
        }
    }

    /// Reads what stands behind a backslash, in or outside of a class.
    private mutating func readEscaped() -> PatternEdge {
        let (scalar, end) = bytes.scalar(at: index)
        index = end
        switch Unicode.Scalar(scalar) ?? " " {
        case "p": return readProperty(isNegated: false)
        case "P": return readProperty(isNegated: true)
        case "x": return readCode(radix: 16, prefix: "{", digitsMax: 2)
        case "o": return readCode(radix: 8, prefix: "{", digitsMax: 0)
        case "N": return readCode(radix: 16, prefix: "{U+", digitsMax: 0)
        case "g", "k":
            readReference()
            return .unknown
        case "c":
            if index < bytes.count { index = bytes.scalar(at: index).end }
            return .unknown
        case "0"..."9":
            // A reference, or an octal code: of three digits at most, and no such code has a vowel sign.
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            return .unknown
        case "a"..."z", "A"..."Z": return .unknown
        default: return edge(of: scalar)
        }
    }

    /// Reads what follows `\g` or `\k`: `{1}`, `<name>`, `'name'` or `-1`.
    private mutating func readReference() {
        if peek("{") { return skip(past: "}") }
        if peek("<") { return skip(past: ">") }
        if peek("'") {
            index += 1
            return skip(past: "'")
        }
        while index < bytes.count, isDigit(bytes[index]) || peek("-") || peek("+") { index += 1 }
    }

    /// A character by its number, in braces or in a few digits.
    private mutating func readCode(radix: Int, prefix: String, digitsMax: Int) -> PatternEdge {
        let isBraced = isAt(prefix)
        if isBraced { index += prefix.utf8.count }
        var value = 0
        var count = 0
        while index < bytes.count, isBraced || count < digitsMax {
            if let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, digit < radix {
                value = min(value * radix + digit, 0x11_0000)
            } else if !peek(" ") {
                break
            }
            index += 1
            count += 1
        }
        if isBraced { skip(past: "}") }
        guard isBraced || count > 0, let scalar = Unicode.Scalar(UInt32(value)) else { return .unknown }
        return edge(of: scalar.value)
    }

    /// Reads what follows `\p` or `\P`: `L`, `{Devanagari}` or `{^sc:Deva}`.
    private mutating func readProperty(isNegated: Bool) -> PatternEdge {
        let start = index
        if peek("{") { skip(past: "}") } else { index = min(index + 1, bytes.count) }
        var name = String(decoding: bytes[start..<index], as: UTF8.self).filter { !"{} \t".contains($0) }
        let isNegated = isNegated != name.hasPrefix("^")
        if name.hasPrefix("^") { name.removeFirst() }
        if let kindEnd = name.firstIndex(where: { $0 == ":" || $0 == "=" }) {
            name = String(name[name.index(after: kindEnd)...])
        }
        guard !isNegated else { return .unknown }
        guard let script = VowelSignScript(named: name) else {
            let isWordPart = name.count <= 2 && ["L", "l", "M", "m", "N", "n"].contains(name.prefix(1))
            return PatternEdge(scripts: [], isWordPart: isWordPart)
        }
        let edge = PatternEdge(scripts: [script], isWordPart: true)
        remember(edge)
        return edge
    }

    /// Reads a class, or what looks like one and is an end of a word: `[[:<:]]` and `[[:>:]]`.
    mutating func readClass() -> PatternPart {
        let start = index
        for (text, kind) in [("[[:<:]]", Found.Kind.wordBeginning), ("[[:>:]]", .wordEnd)] where isAt(text) {
            index += text.utf8.count - 1
            return readWordEscape(kind, from: start)
        }
        index += 1
        let isNegated = peek("^")
        if isNegated { index += 1 }
        var members: [PatternEdge] = []
        var isFirst = true
        while index < bytes.count, isFirst || isQuoted || !peek("]") {
            if let member = readMember(isFirst: isFirst) { members.append(member) }
            isFirst = false
        }
        index = min(index + 1, bytes.count)
        let all = PatternEdge(oneOf: members)
        return PatternPart(
            letter: PatternEdge(scripts: all.scripts, isWordPart: all.isWordPart && !isNegated),
            isOptional: false
        )
    }

    /// Reads a member of a class; `nil` for what is none, such as the hyphen of a range.
    private mutating func readMember(isFirst: Bool) -> PatternEdge? {
        let start = index
        let (scalar, end) = bytes.scalar(at: index)
        if isAt("\\E") {
            // A bracket behind it, which stands for itself at the beginning, is not known for what it is here.
            if isFirst { isCertain = false }
            index += 2
            isQuoted = false
            return nil
        }
        index = end
        if isQuoted { return edge(of: scalar) }
        switch Unicode.Scalar(scalar) {
        case "[" where peek(":"): return readNamedClass(from: start)
        case "-" where !isFirst && !peek("]"): return nil
        case "\\":
            guard index < bytes.count else { return nil }
            switch Unicode.Scalar(bytes[index]) {
            case "Q":
                index += 1
                isQuoted = true
                if isAt("\\E") { isCertain = false }
                return nil
            case "w": return add(.word(inClass: true), from: start)
            case "W": return add(.nonWord(inClass: true), from: start)
            default: return readEscaped()
            }
        default: return edge(of: scalar)
        }
    }

    private mutating func add(_ kind: Found.Kind, from start: Int) -> PatternEdge {
        index += 1
        found.append(Found(range: start..<index, kind: kind))
        return .unknown
    }

    /// `[:word:]`, `[:^alpha:]`, …; a bracket and a colon that are none stand for themselves.
    private mutating func readNamedClass(from start: Int) -> PatternEdge {
        var close = index + 1
        while close < bytes.count, bytes[close] == UInt8(ascii: "^") || (bytes[close] | 0x20) &- 0x61 < 26 {
            close += 1
        }
        guard close + 1 < bytes.count, bytes[close] == UInt8(ascii: ":"), bytes[close + 1] == UInt8(ascii: "]") else {
            return .unknown
        }
        let name = String(decoding: bytes[(index + 1)..<close], as: UTF8.self)
        index = close + 1
        switch name {
        case "word": return add(.word(inClass: true), from: start)
        case "^word": return add(.nonWord(inClass: true), from: start)
        default:
            index += 1
            return .unknown
        }
    }
}
