import Diagnostics
import Events

/// A text from an event between quotation marks, shortened around the place that matters.
struct ExplanationValue {
    private typealias Piece = ExplanationLine.Piece

    /// The characters, escaped as JSON has them and safe to show.
    private var before: [String]
    private var match: [String]
    private var after: [String]

    /// More of a text is never shown.
    private static let charactersMax = 1_000

    /// Creates a value to show.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - place: What matters of it, in UTF-8 bytes.
    init(_ text: String, around place: Range<Int>? = nil) {
        let masked = SecretMask.masked(text)
        // With a secret in it places are no longer what they were, and half a secret is one still.
        let place = masked == text ? place : nil
        let bytes = Array(masked.utf8)
        let range = (place ?? 0..<0).clamped(to: 0..<bytes.count)
        before = Self.characters(String(decoding: bytes[..<range.lowerBound], as: UTF8.self).suffix(Self.charactersMax))
        match = Self.characters(String(decoding: bytes[range], as: UTF8.self).prefix(Self.charactersMax))
        after = Self.characters(
            String(decoding: bytes[range.upperBound...], as: UTF8.self).prefix(Self.charactersMax)
        )
    }

    /// Each character as JSON writes it: a line feed is shown as `\n`, so that the value stays on its line.
    private static func characters(_ text: Substring) -> [String] {
        text.map { character in
            var writer = JSONWriter()
            writer.string(String(character))
            return TerminalText.visible(String(writer.text.dropFirst().dropLast()))
        }
    }

    /// The value in so many columns, the place that matters marked.
    func pieces(columns: Int) -> [ExplanationLine.Piece] {
        let room = max(8, columns - 2)
        let (matchWidth, afterWidth) = (Self.width(match), Self.width(after))
        let shownMatch = Self.head(match, room)
        let left = room - min(matchWidth, room)
        // Both sides get half, and one takes what the other does not need.
        let beforeRoom = max(left / 2, left - afterWidth)
        let shownBefore = Self.tail(before, min(beforeRoom, left))
        let shownAfter = Self.head(after, max(0, left - Self.width([shownBefore])))
        return [
            Piece("\"" + shownBefore), Piece(shownMatch, .strong), Piece(shownAfter + "\""),
        ].filter { !$0.text.isEmpty }
    }

    private static func width(_ characters: [String]) -> Int {
        characters.reduce(0) { $0 + DisplayWidth.of($1) }
    }

    private static func head(_ characters: [String], _ columns: Int) -> String {
        guard width(characters) > columns else { return characters.joined() }
        guard columns > 0 else { return "" }
        return fitting(characters[...], columns - 1).joined() + "…"
    }

    private static func tail(_ characters: [String], _ columns: Int) -> String {
        guard width(characters) > columns else { return characters.joined() }
        guard columns > 0 else { return "" }
        return "…" + fitting(characters.reversed()[...], columns - 1).reversed().joined()
    }

    private static func fitting(_ characters: ArraySlice<String>, _ columns: Int) -> [String] {
        var left = columns
        return Array(
            characters.prefix { character in
                left -= DisplayWidth.of(character)
                return left >= 0
            }
        )
    }
}
