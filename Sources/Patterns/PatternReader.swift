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

    /// The characters that are written in the pattern, in classes too.
    private(set) var scalars: [UInt32] = []

    /// Whether the pattern holds nothing that makes it doubtful where its parts begin and end, or whether all have to match.
    ///
    /// Doubtful are what versions of PCRE2 read in different ways, what ends a match early, and modes that are not known here.
    var isCertain = true

    /// Whether a verb has chosen other line ends, at which comments end too.
    private var hasOwnLineEnds = false

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    /// Reads the whole pattern; a closing parenthesis too many ends it.
    mutating func read(_ modes: PatternModes = PatternModes()) -> PatternPart {
        readGroup(modes, isOptional: false)
    }

    // MARK: Groups

    /// Reads branches up to the closing parenthesis, which is read too, or to the end.
    private mutating func readGroup(_ modes: PatternModes, isOptional: Bool) -> PatternPart {
        var modes = modes
        var branches: [[PatternPart]] = [[]]
        while index < bytes.count {
            if !isQuoted, peek(")") {
                index += 1
                break
            }
            let start = index
            if !isQuoted, peek("|") {
                index += 1
                branches.append([])
            } else if let part = readLateQuantifier(of: branches[branches.count - 1].last, modes) {
                branches[branches.count - 1].removeLast()
                branches[branches.count - 1].append(part)
            } else if var part = isQuoted ? readQuoted() : readPart(&modes) {
                part.body = start..<index
                part.modes = modes
                part = readQuantifier(of: part, isExtended: modes.isExtended)
                part.range = start..<index
                branches[branches.count - 1].append(part)
            }
        }
        return PatternPart(branches: branches, isOptional: isOptional)
    }

    /// Reads one item; `nil` for what matches nothing and cannot be repeated.
    private mutating func readPart(_ modes: inout PatternModes) -> PatternPart? {
        let (scalar, end) = bytes.scalar(at: index)
        switch bytes[index] {
        case UInt8(ascii: "("): return readParenthesis(&modes)
        case UInt8(ascii: "["): return readClass()
        case UInt8(ascii: "\\"): return readEscape()
        case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            index += 1
            return nil
        case UInt8(ascii: "."):
            index += 1
            return .anything
        case UInt8(ascii: "#") where modes.isExtended:
            if hasOwnLineEnds { isCertain = false }
            skip(past: "\n")
            return nil
        default:
            index = end
            if modes.isExtended, Self.patternWhiteSpace.contains(scalar) { return nil }
            return literal(scalar)
        }
    }

    private static let patternWhiteSpace: Set<UInt32> = [
        0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0x200E, 0x200F, 0x2028, 0x2029,
    ]

    private mutating func literal(_ scalar: UInt32) -> PatternPart {
        var part = PatternPart(letter: edge(of: scalar), isOptional: false)
        part.scalar = scalar
        return part
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
        scalars.append(scalar)
        return edge
    }

    /// Remembers the scripts of what was read.
    mutating func remember(_ edge: PatternEdge) {
        for script in edge.scripts where !scripts.contains(script) { scripts.append(script) }
    }

    /// Reads what begins with an opening parenthesis.
    private mutating func readParenthesis(_ modes: inout PatternModes) -> PatternPart? {
        index += 1
        if peek("*") { return readVerbOrAssertion(modes) }
        guard peek("?") else { return readGroup(modes, isOptional: false) }
        index += 1
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "#"):
            skip(past: ")")
            return nil
        case UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: ">"):
            index += 1
            return readGroup(modes, isOptional: false)
        case UInt8(ascii: "="), UInt8(ascii: "*"): return readAssertion(.asksAhead, modes)
        case UInt8(ascii: "!"): return readAssertion(.asksAheadForOther, modes)
        case UInt8(ascii: "<"): return readAngle(modes)
        case UInt8(ascii: "'"): return readNamed(until: "'", modes)
        case UInt8(ascii: "P"):
            index += 1
            if peek("<") { return readNamed(until: ">", modes) }
            return reference()
        case UInt8(ascii: "C"): return readCallout()
        case UInt8(ascii: "("): return readConditional(modes)
        case UInt8(ascii: "&"), UInt8(ascii: "R"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return reference()
        case UInt8(ascii: "-") where index + 1 < bytes.count && isDigit(bytes[index + 1]): return reference()
        default: return readOptions(&modes)
        }
    }

    /// `(?<name>…)`, `(?<=…)`, `(?<!…)` or `(?<*…)`.
    private mutating func readAngle(_ modes: PatternModes) -> PatternPart {
        index += 1
        guard index < bytes.count, "=!*".utf8.contains(bytes[index]) else {
            index -= 1
            return readNamed(until: ">", modes)
        }
        return readAssertion(.asksBehind, modes)
    }

    /// Reads a group of a role, from the last character that says which.
    private mutating func readAssertion(_ role: PatternPart.Role, _ modes: PatternModes) -> PatternPart {
        index += 1
        var part = readGroup(modes, isOptional: role != .takes)
        part.role = role
        return part
    }

    private mutating func readNamed(until close: Unicode.Scalar, _ modes: PatternModes) -> PatternPart {
        index += 1
        skip(past: close)
        return readGroup(modes, isOptional: false)
    }

    /// `(*VERB:name)`, or an assertion by name such as `(*pla:…)`.
    private mutating func readVerbOrAssertion(_ modes: PatternModes) -> PatternPart? {
        var end = index + 1
        while end < bytes.count, bytes[end] == UInt8(ascii: "_") || (bytes[end] | 0x20) &- 0x61 < 26 { end += 1 }
        let isLower = end > index + 1 && bytes[index + 1] >= UInt8(ascii: "a")
        guard isLower, end < bytes.count, bytes[end] == UInt8(ascii: ":") else {
            switch String(decoding: bytes[(index + 1)..<end], as: UTF8.self) {
            case "ACCEPT": isCertain = false
            case "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL": hasOwnLineEnds = true
            default: break
            }
            skip(past: ")")
            return nil
        }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        index = end
        switch name {
        case "atomic", "sr", "script_run", "asr", "atomic_script_run": return readAssertion(.takes, modes)
        case "pla", "positive_lookahead", "napla", "non_atomic_positive_lookahead":
            return readAssertion(.asksAhead, modes)
        case "nla", "negative_lookahead": return readAssertion(.asksAheadForOther, modes)
        default: return readAssertion(.asksBehind, modes)
        }
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
    private mutating func readConditional(_ modes: PatternModes) -> PatternPart {
        index += 1
        var condition: PatternPart?
        if peek("?") || peek("*") {
            index -= 1
            var modes = modes
            condition = readParenthesis(&modes)
            condition?.isCondition = true
        } else {
            skip(past: ")")
        }
        var group = readGroup(modes, isOptional: false)
        guard case .branches(let branches, _, _) = group.content else { return group }
        let isOptional = branches.count == 1 || group.isOptional
        if branches.count == 1 { group.count = PatternCount(least: 0, most: 1) }
        return PatternPart(branches: [[condition, group].compactMap { $0 }], isOptional: isOptional)
    }

    /// `(?i)`, `(?x-s)`, `(?^)` or `(?i:…)`.
    private mutating func readOptions(_ modes: inout PatternModes) -> PatternPart? {
        var turnsOn = true
        var inner = modes
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: ")"):
                modes = inner
                return nil
            case UInt8(ascii: ":"): return readGroup(inner, isOptional: false)
            case UInt8(ascii: "-"): turnsOn = false
            case UInt8(ascii: "^"): inner = PatternModes()
            case UInt8(ascii: "x"):
                inner.isExtended = turnsOn
                // Within classes, `xx` leaves out white space, even before `^` and `]`.
                if index - start > 1, bytes[index - 2] == byte { isCertain = false }
            case UInt8(ascii: "i"): inner.isIgnoringCase = turnsOn
            case UInt8(ascii: "s"): inner.isDotTakingAll = turnsOn
            case UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "J"), UInt8(ascii: "U"): continue
            default: isCertain = false
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

    /// Reads a quantifier that a comment, an empty quote or another quantifier parts from what it belongs to; `nil` and reads
    /// nothing when there is none.
    private mutating func readLateQuantifier(of part: PatternPart?, _ modes: PatternModes) -> PatternPart? {
        guard let part, !isQuoted, index < bytes.count, "*+?{".utf8.contains(bytes[index]) else { return nil }
        let start = index
        var repeated = readQuantifier(of: part, isExtended: modes.isExtended)
        guard index > start else { return nil }
        repeated.count.least = min(part.count.least, repeated.count.least)
        repeated.count.most = nil
        repeated.range = part.range.lowerBound..<index
        return repeated
    }

    /// Reads how often a part may come.
    private mutating func readQuantifier(of part: PatternPart, isExtended: Bool) -> PatternPart {
        guard !isQuoted else { return part }
        if isExtended { skipWhiteSpace() }
        guard index < bytes.count else { return part }
        var part = part
        switch bytes[index] {
        case UInt8(ascii: "*"): part.count = PatternCount(least: 0, most: nil)
        case UInt8(ascii: "?"): part.count = PatternCount(least: 0, most: 1)
        case UInt8(ascii: "+"): part.count = PatternCount(least: 1, most: nil)
        case UInt8(ascii: "{"):
            guard let count = readCounts() else { return part }
            part.count = count
            index -= 1
        default: return part
        }
        index += 1
        if peek("+") || peek("?") {
            part.count.isGreedy = false
            index += 1
        }
        switch part.content {
        case .letter, .branches: part.isOptional = part.isOptional || part.count.least == 0
        case .escape, .anything: break
        }
        return part
    }

    /// Reads `{2}`, `{2,}`, `{2,3}` or `{,3}`; `nil` and reads nothing when it is none of them.
    private mutating func readCounts() -> PatternCount? {
        var end = index + 1
        var numbers: [Int?] = [nil]
        var hasSpace = false
        while end < bytes.count, bytes[end] != UInt8(ascii: "}") {
            let byte = bytes[end]
            if isDigit(byte) {
                let number = (numbers[numbers.count - 1] ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
                numbers[numbers.count - 1] = min(Self.countMax, number)
            } else if byte == UInt8(ascii: ","), numbers.count == 1 {
                numbers.append(nil)
            } else if byte == UInt8(ascii: " ") {
                hasSpace = true
            } else {
                return nil
            }
            end += 1
        }
        guard end < bytes.count, numbers.contains(where: { $0 != nil }) else { return nil }
        // Before PCRE2 10.43, a count with a space in it stands for itself.
        if hasSpace { isCertain = false }
        index = end + 1
        let least = numbers[0] ?? 0
        return PatternCount(least: least, most: numbers.count == 1 ? least : numbers[1])
    }

    /// The most that PCRE2 takes for a count.
    private static let countMax = 65_535

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
