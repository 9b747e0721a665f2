import Diagnostics
import RuleSyntax

/// Writes a mapping or list in brackets: `{ a: b, c: d }` and `[a, b]`, with its line breaks as they are.
struct FlowLines {
    private let bytes: [UInt8]
    private var result = LeafLines()
    private var previous = Token.none
    private var sawBlank = false
    private var lineIsEmpty = false
    private var lineStart: Int

    /// What stands between brackets.
    private enum Token {
        case none
        case open(UInt8)
        case close(UInt8)
        case comma
        case colon
        case question
        case anchor
        case alias
        case scalar
        case comment
    }

    /// The lines of a value in the standard form.
    static func lines(_ bytes: [UInt8], _ range: Range<Int>, node: YAMLNode) -> LeafLines {
        var flow = FlowLines(bytes: bytes, lineStart: range.lowerBound)
        flow.result.lines = [LeafLines.Line(indentation: 0, text: [])]
        var position = range.lowerBound
        flow.write(node, from: &position)
        flow.writeGap(position..<range.upperBound)
        return flow.result
    }

    private init(bytes: [UInt8], lineStart: Int) {
        self.bytes = bytes
        self.lineStart = lineStart
    }

    /// Writes what stands before each scalar or alias of a value, and it.
    private mutating func write(_ node: YAMLNode, from position: inout Int) {
        let span = node.span.bytes
        guard !span.isEmpty else { return }
        if node.isAlias(in: bytes) {
            write(scalar: span, style: .plain, from: &position)
            return
        }
        switch node.content {
        case .scalar(let scalar): write(scalar: span, style: scalar.style, from: &position)
        case .sequence(let nodes): for node in nodes { write(node, from: &position) }
        case .mapping(let entries):
            for entry in entries {
                let key = entry.keySpan.bytes
                let style: YAMLScalar.Style =
                    key.isEmpty || bytes[key.upperBound - 1] != UInt8(ascii: "\"") ? .plain : .doubleQuoted
                write(scalar: key, style: style, from: &position)
                write(entry.value, from: &position)
            }
        }
    }

    private mutating func write(scalar range: Range<Int>, style: YAMLScalar.Style, from position: inout Int) {
        guard !range.isEmpty else { return }
        writeGap(position..<range.lowerBound)
        let isAlias = bytes[range.lowerBound] == UInt8(ascii: "*")
        begin(isAlias ? .alias : .scalar, at: range.lowerBound)
        result.append(bytes, scalar: range, style: style)
        // Where the scalar has several lines, what follows goes on in its last one.
        position = range.upperBound
        end(isAlias ? .alias : .scalar)
    }

    private mutating func writeGap(_ range: Range<Int>) {
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            let breakLength = bytes.breakLength(at: position)
            let start = position
            position += max(1, breakLength)
            switch byte {
            case _ where breakLength > 0: breakLine(Array(bytes[start..<position]), next: position)
            case _ where byte.isBlank: sawBlank = true
            case .hash:
                position = bytes.lineEnd(from: start)
                write(.comment, bytes.trimmed(start..<position))
            case UInt8(ascii: "&"):
                position = bytes.anchorEnd(from: start)
                write(.anchor, start..<position)
            case UInt8(ascii: "{"), UInt8(ascii: "["): write(.open(byte), start..<position)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): write(.close(byte), start..<position)
            case UInt8(ascii: ","): write(.comma, start..<position)
            case UInt8(ascii: ":"): write(.colon, start..<position)
            default: write(.question, start..<position)
            }
        }
    }

    private mutating func write(_ token: Token, _ range: Range<Int>) {
        begin(token, at: range.lowerBound)
        result.lines[result.lines.count - 1].text += bytes[range]
        end(token)
    }

    /// Puts the space before a token, or notes where its line begins.
    private mutating func begin(_ token: Token, at offset: Int) {
        guard lineIsEmpty else {
            let space = space(before: token)
            result.lines[result.lines.count - 1].text += Array(repeating: .space, count: space)
            return
        }
        result.lines[result.lines.count - 1].indentation = offset - lineStart
        if case .close = token { result.lines[result.lines.count - 1].isClosing = true }
    }

    private mutating func end(_ token: Token) {
        previous = token
        sawBlank = false
        lineIsEmpty = false
    }

    private mutating func breakLine(_ terminator: [UInt8], next: Int) {
        let isSecondBlank = lineIsEmpty && result.lines.dropLast().last?.text.isEmpty == true
        if !isSecondBlank {
            result.lines[result.lines.count - 1].terminator = terminator
            result.lines.append(LeafLines.Line(indentation: 0, text: []))
        }
        lineIsEmpty = true
        sawBlank = false
        lineStart = next
    }

    /// How many spaces stand between the last token and another on the same line.
    ///
    /// Where a space is part of what makes a token, as behind an alias that is a key, it stays.
    private func space(before token: Token) -> Int {
        let asWritten = sawBlank ? 1 : 0
        switch (previous, token) {
        case (.none, _): return 0
        case (_, .comment): return 2
        case (.open(UInt8(ascii: "{")), .close): return 0
        case (.open(UInt8(ascii: "{")), _): return 1
        case (.open, _): return 0
        case (.scalar, .comma), (.alias, .comma), (.close, .comma): return 0
        case (.scalar, .colon), (.close, .colon): return 0
        case (.alias, .colon), (.anchor, _): return 1
        case (.colon, .close(UInt8(ascii: "]"))), (.colon, .comma): return asWritten
        case (_, .close(UInt8(ascii: "]"))): return 0
        case (_, .close): return 1
        case (.comma, _), (.colon, _), (.question, _): return 1
        default: return asWritten
        }
    }
}
