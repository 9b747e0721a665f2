/// Text of unknown origin, made fit to keep and to show.
enum PlainText {
    /// Cuts the text and drops control characters except tabs and line ends.
    static func text(_ text: String, bytesMax: Int) -> String {
        cleaned(text, bytesMax: bytesMax) { scalar in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
    }

    /// Cuts the text and drops control characters, line ends included.
    static func line(_ text: String, bytesMax: Int) -> String {
        cleaned(text, bytesMax: bytesMax) { $0.properties.generalCategory != .control }
    }

    /// Goes by scalars: a single grapheme can be as long as a whole text.
    private static func cleaned(_ text: String, bytesMax: Int, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        var kept = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars where isKept(scalar) {
            bytes += UTF8.width(scalar)
            guard bytes <= bytesMax else { return String(kept) + "…" }
            kept.append(scalar)
        }
        return String(kept)
    }
}
