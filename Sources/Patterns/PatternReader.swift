/// Reads a regex that PCRE2 has compiled, as far as it takes to find the word escapes and what they stand beside.
///
/// It knows what hides an escape or makes it another thing: escapes, quotes (`\Q…\E`), comments, `(?x)`, classes, verbs, names
/// and callouts. What it does not know it takes for something that cannot be told; it never fails.
struct PatternReader {
    /// A word escape as it was found.
    struct Found {
        /// Where it stands, in UTF-8 bytes of the source.
        let range: Range<Int>

        let kind: Kind

        enum Kind: Hashable {
            case boundary
            case noBoundary
            case wordBeginning
            case wordEnd
            case word(inClass: Bool)
            case nonWord(inClass: Bool)
        }
    }

    let bytes: [UInt8]
    var index = 0

    /// Whether the place is between `\Q` and `\E`.
    var isQuoted = false

    /// The word escapes in the order of the source.
    var found: [Found] = []

    /// The scripts with vowel signs of all letters in the pattern, in the order in which they come.
    private(set) var scripts: [VowelSignScript] = []

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    /// Reads the whole pattern; a closing parenthesis too many ends it.
    mutating func read() -> PatternPart {
        readGroup(isExtended: false, isOptional: false)
    }

    // MARK: Groups

    /// Reads branches up to the closing parenthesis, which is read too, or to the end.
    private mutating func readGroup(isExtended: Bool, isOptional: Bool) -> PatternPart {
        var isExtended = isExtended
        var branches: [[PatternPart]] = [[]]
        while index < bytes.count {
            if !isQuoted, peek(")") {
                index += 1
                break
            }
            if !isQuoted, peek("|") {
                index += 1
                branches.append([])
            } else if let part = isQuoted ? readQuoted() : readPart(&isExtended) {
                branches[branches.count - 1].append(readQuantifier(of: part, isExtended: isExtended))
            }
        }
        return PatternPart(branches: branches, isOptional: isOptional)
    }

    /// Reads one item; `nil` for what matches nothing and cannot be repeated.
    private mutating func readPart(_ isExtended: inout Bool) -> PatternPart? {
        let (scalar, end) = bytes.scalar(at: index)
        switch bytes[index] {
        case UInt8(ascii: "("): return readParenthesis(&isExtended)
        case UInt8(ascii: "["): return readClass()
        case UInt8(ascii: "\\"): return readEscape()
        // A quantifier that stands here belongs to an item before a comment, which has been read.
        case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            index += 1
            return nil
        case UInt8(ascii: "."):
            index += 1
            return .anything
        case UInt8(ascii: "#") where isExtended:
            skip(past: "\n")
            return nil
        default:
            index = end
            if isExtended, Self.patternWhiteSpace.contains(scalar) { return nil }
            return literal(scalar)
        }
    }

    private static let patternWhiteSpace: Set<UInt32> = [
        0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0x200E, 0x200F, 0x2028, 0x2029,
    ]

    private mutating func literal(_ scalar: UInt32) -> PatternPart {
        PatternPart(letter: edge(of: scalar), isOptional: false)
    }

    /// Reads a character of a quote, or the end of the quote.
    private mutating func readQuoted() -> PatternPart? {
        var part: PatternPart?
        if !isAt("\\E") {
            let (scalar, end) = bytes.scalar(at: index)
            index = end
            part = literal(scalar)
        }
        if isAt("\\E") {
            index += 2
            isQuoted = false
        }
        return part
    }

    /// What a literal character is on its sides; remembers its script.
    mutating func edge(of scalar: UInt32) -> PatternEdge {
        let edge = PatternEdge(scalar: scalar)
        remember(edge)
        return edge
    }

    /// Remembers the scripts of what was read.
    mutating func remember(_ edge: PatternEdge) {
        for script in edge.scripts where !scripts.contains(script) { scripts.append(script) }
    }

    /// Reads what begins with an opening parenthesis.
    private mutating func readParenthesis(_ isExtended: inout Bool) -> PatternPart? {
        index += 1
        if peek("*") { return readVerbOrAssertion(isExtended) }
        guard peek("?") else { return readGroup(isExtended: isExtended, isOptional: false) }
        index += 1
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "#"):
            skip(past: ")")
            return nil
        case UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: ">"):
            index += 1
            return readGroup(isExtended: isExtended, isOptional: false)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"):
            index += 1
            return readGroup(isExtended: isExtended, isOptional: true)
        case UInt8(ascii: "<"): return readAngle(isExtended)
        case UInt8(ascii: "'"): return readNamed(until: "'", isExtended)
        case UInt8(ascii: "P"):
            index += 1
            if peek("<") { return readNamed(until: ">", isExtended) }
            return reference()
        case UInt8(ascii: "C"): return readCallout()
        case UInt8(ascii: "("): return readConditional(isExtended)
        case UInt8(ascii: "&"), UInt8(ascii: "R"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return reference()
        case UInt8(ascii: "-") where index + 1 < bytes.count && isDigit(bytes[index + 1]): return reference()
        default: return readOptions(&isExtended)
        }
    }

    /// `(?<name>…)`, `(?<=…)`, `(?<!…)` or `(?<*…)`.
    private mutating func readAngle(_ isExtended: Bool) -> PatternPart {
        index += 1
        guard index < bytes.count, "=!*".utf8.contains(bytes[index]) else {
            index -= 1
            return readNamed(until: ">", isExtended)
        }
        index += 1
        return readGroup(isExtended: isExtended, isOptional: true)
    }

    private mutating func readNamed(until close: Unicode.Scalar, _ isExtended: Bool) -> PatternPart {
        index += 1
        skip(past: close)
        return readGroup(isExtended: isExtended, isOptional: false)
    }

    /// `(*VERB:name)`, or an assertion by name such as `(*pla:…)`.
    private mutating func readVerbOrAssertion(_ isExtended: Bool) -> PatternPart? {
        var end = index + 1
        while end < bytes.count, bytes[end] == UInt8(ascii: "_") || (bytes[end] | 0x20) &- 0x61 < 26 { end += 1 }
        let isLower = end > index + 1 && bytes[index + 1] >= UInt8(ascii: "a")
        guard isLower, end < bytes.count, bytes[end] == UInt8(ascii: ":") else {
            skip(past: ")")
            return nil
        }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        index = end + 1
        let consumes = ["atomic", "sr", "script_run", "asr", "atomic_script_run"].contains(name)
        return readGroup(isExtended: isExtended, isOptional: !consumes)
    }

    /// `(?C…)`: a number, or text between two of a kind, doubled within.
    private mutating func readCallout() -> PatternPart? {
        index += 1
        if index < bytes.count, !isDigit(bytes[index]), bytes[index] != UInt8(ascii: ")") {
            let close = bytes[index] == UInt8(ascii: "{") ? UInt8(ascii: "}") : bytes[index]
            index += 1
            while index < bytes.count {
                defer { index += 1 }
                guard bytes[index] == close else { continue }
                guard index + 1 < bytes.count, bytes[index + 1] == close else { break }
                index += 1
            }
        }
        skip(past: ")")
        return nil
    }

    /// `(?(condition)yes|no)`: an assertion stands beside its branches, a name or number does not matter.
    private mutating func readConditional(_ isExtended: Bool) -> PatternPart {
        index += 1
        var condition: PatternPart?
        if peek("?") || peek("*") {
            index -= 1
            var isExtended = isExtended
            condition = readParenthesis(&isExtended)
        } else {
            skip(past: ")")
        }
        let group = readGroup(isExtended: isExtended, isOptional: false)
        guard case .branches(let branches, _, _) = group.content else { return group }
        let isOptional = branches.count == 1 || group.isOptional
        return PatternPart(branches: [[condition, group].compactMap { $0 }], isOptional: isOptional)
    }

    /// `(?i)`, `(?x-s)`, `(?^)` or `(?i:…)`.
    private mutating func readOptions(_ isExtended: inout Bool) -> PatternPart? {
        var turnsOn = true
        var inner = isExtended
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: ")"):
                isExtended = inner
                return nil
            case UInt8(ascii: ":"): return readGroup(isExtended: inner, isOptional: false)
            case UInt8(ascii: "-"): turnsOn = false
            case UInt8(ascii: "^"): inner = false
            case UInt8(ascii: "x"): inner = turnsOn
            default: continue
            }
        }
        return nil
    }

    /// A reference to a group or a call of one: what it matches cannot be told here.
    private mutating func reference() -> PatternPart {
        skip(past: ")")
        return .anything
    }

    // MARK: Quantifiers

    /// Reads how often a part may come.
    private mutating func readQuantifier(of part: PatternPart, isExtended: Bool) -> PatternPart {
        guard !isQuoted else { return part }
        if isExtended { skipWhiteSpace() }
        guard index < bytes.count else { return part }
        var mayBeNone = false
        switch bytes[index] {
        case UInt8(ascii: "*"), UInt8(ascii: "?"): mayBeNone = true
        case UInt8(ascii: "+"): break
        case UInt8(ascii: "{"):
            guard let least = readCounts() else { return part }
            mayBeNone = least == 0
            index -= 1
        default: return part
        }
        index += 1
        if peek("+") || peek("?") { index += 1 }
        guard mayBeNone else { return part }
        switch part.content {
        case .letter(let edge): return PatternPart(letter: edge, isOptional: true)
        case .branches(let branches, _, _): return PatternPart(branches: branches, isOptional: true)
        case .escape, .anything: return part
        }
    }

    /// Reads `{2}`, `{2,}`, `{2,3}` or `{,3}`; returns the least number, or `nil` and reads nothing when it is none of them.
    private mutating func readCounts() -> Int? {
        var end = index + 1
        var least = 0
        var hasDigit = false
        var isLeast = true
        while end < bytes.count, bytes[end] != UInt8(ascii: "}") {
            let byte = bytes[end]
            if isDigit(byte) {
                hasDigit = true
                if isLeast { least = min(1, least + Int(byte - UInt8(ascii: "0"))) }
            } else if byte == UInt8(ascii: ","), isLeast {
                isLeast = false
            } else if byte != UInt8(ascii: " ") {
                return nil
            }
            end += 1
        }
        guard end < bytes.count, hasDigit else { return nil }
        index = end + 1
        return least
    }

    private mutating func skipWhiteSpace() {
        while index < bytes.count {
            let (scalar, end) = bytes.scalar(at: index)
            guard Self.patternWhiteSpace.contains(scalar) else { return }
            index = end
        }
    }

    // MARK: Bytes

    func peek(_ byte: Unicode.Scalar) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: byte)
    }

    func isAt(_ text: String) -> Bool {
        bytes[index...].starts(with: text.utf8)
    }

    func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// Goes on behind the next of a character, or to the end.
    mutating func skip(past close: Unicode.Scalar) {
        while index < bytes.count, bytes[index] != UInt8(ascii: close) { index += 1 }
        index = min(index + 1, bytes.count)
    }
}
