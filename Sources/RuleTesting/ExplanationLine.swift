import Diagnostics

/// A line of an explanation: text with a meaning to each piece, which a terminal can show in colours.
///
/// The text comes from events and rule files, so it is made safe to show when a piece is made: secrets are hidden and control
/// characters become visible.
public struct ExplanationLine: Hashable, Sendable {
    /// What a piece means.
    public enum Style: Hashable, Sendable {
        /// Nothing special.
        case plain
        /// What heads something, or decided it.
        case strong
        /// Fired, holds.
        case good
        /// Does not hold.
        case bad
        /// Could not be decided, failed.
        case alarm
        /// Nearly right, held back, and what to do.
        case hint
        /// Of less interest.
        case faint

        /// The parameters of the terminal's control sequence.
        var parameters: String {
            switch self {
            case .plain: ""
            case .strong: "1"
            case .good: "32"
            case .bad: "31"
            case .alarm: "1;31"
            case .hint: "33"
            case .faint: "2"
            }
        }
    }

    struct Piece: Hashable, Sendable {
        var text: String
        var style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// The widest line, in columns.
    public static let columnsMax = 100

    var indent: Int
    var pieces: [Piece]

    init(_ indent: Int = 0, _ pieces: [Piece] = []) {
        self.indent = indent
        self.pieces = pieces
    }

    init(_ indent: Int, _ text: String, _ style: Style = .plain) {
        self.init(indent, [Piece(text, style)])
    }

    /// The line as text, with control sequences for colours if so wished.
    public func text(usesColor: Bool) -> String {
        let body = pieces.map { piece in
            usesColor && piece.style != .plain
                ? "\u{1B}[\(piece.style.parameters)m\(piece.text)\u{1B}[0m" : piece.text
        }
        return pieces.isEmpty ? "" : String(repeating: " ", count: indent) + body.joined()
    }

    /// The line broken at spaces into lines that fit; what follows the first is indented by two more.
    func wrapped(to columns: Int = columnsMax) -> [ExplanationLine] {
        var lines: [ExplanationLine] = []
        var line = ExplanationLine(indent)
        var width = indent
        for word in words {
            let wordWidth = word.reduce(0) { $0 + DisplayWidth.of($1.text) }
            let isBlank = word.allSatisfy { $0.text == " " }
            if width + wordWidth > columns, !isBlank, !line.pieces.isEmpty, lines.count < Self.continuationsMax {
                lines.append(line.trimmed)
                line = ExplanationLine(indent + 2)
                width = indent + 2
            }
            if isBlank, line.pieces.isEmpty, !lines.isEmpty { continue }
            line.pieces += word
            width += wordWidth
        }
        return (lines + [line.trimmed]).map { $0.cut(to: columns) }
    }

    /// A sentence that is longer still says too much.
    private static let continuationsMax = 8

    /// The stretches of the line that stay together, spaces apart.
    private var words: [[Piece]] {
        var words: [[Piece]] = []
        var word: [Piece] = []
        for piece in pieces {
            var text = ""
            for character in piece.text {
                guard character == " " else {
                    text.append(character)
                    continue
                }
                if !text.isEmpty { word.append(Piece(text, piece.style)) }
                if !word.isEmpty { words.append(word) }
                words.append([Piece(" ", piece.style)])
                (word, text) = ([], "")
            }
            if !text.isEmpty { word.append(Piece(text, piece.style)) }
        }
        return word.isEmpty ? words : words + [word]
    }

    /// The line without spaces at its end, its pieces of one style joined.
    private var trimmed: ExplanationLine {
        var line = ExplanationLine(indent)
        for piece in pieces[..<(pieces.lastIndex { $0.text != " " }.map { $0 + 1 } ?? 0)] {
            if let last = line.pieces.last, last.style == piece.style {
                line.pieces[line.pieces.count - 1].text += piece.text
            } else {
                line.pieces.append(piece)
            }
        }
        return line
    }

    /// The line without what does not fit.
    private func cut(to columns: Int) -> ExplanationLine {
        var line = ExplanationLine(indent)
        var left = columns - indent
        for (index, piece) in pieces.enumerated() {
            let rest = pieces[(index + 1)...].reduce(0) { $0 + DisplayWidth.of($1.text) }
            let width = DisplayWidth.of(piece.text)
            if width + min(rest, 1) <= left {
                line.pieces.append(piece)
                left -= width
                continue
            }
            line.pieces.append(Piece(piece.text.shortened(to: max(1, left)), piece.style))
            return line
        }
        return line
    }
}

extension String {
    /// Text from outside as a terminal may show it: secrets hidden, control characters visible.
    var shown: String { TerminalText.visible(SecretMask.masked(self)) }

    /// The beginning, with a mark when something is left out.
    func shortened(to columns: Int) -> String {
        guard DisplayWidth.of(self) > columns else { return self }
        var (result, left) = ("", columns - 1)
        for character in self {
            left -= DisplayWidth.of(String(character))
            guard left >= 0 else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// The end, with a mark when something is left out.
    func shortenedAtStart(to columns: Int) -> String {
        guard DisplayWidth.of(self) > columns else { return self }
        var (result, left) = ([Character](), columns - 1)
        for character in reversed() {
            left -= DisplayWidth.of(String(character))
            guard left >= 0 else { break }
            result.append(character)
        }
        return "…" + String(result.reversed())
    }

    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
