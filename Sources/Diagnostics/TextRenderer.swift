/// Writes diagnostics for people.
public struct TextRenderer: Sendable {
    /// Whether to colour with ANSI sequences.
    public var usesColor: Bool

    /// What is shown as dots, since it is secret.
    private var mask: SecretMask

    /// How many columns of a long line are shown around a label: a rule file may be one line of 300 kB.
    static let columnsAround = 60

    /// How many bytes of a long line are looked at on either side of a label: enough for the columns that are shown, of
    /// characters of eight bytes each.
    static let bytesAround = 2 * columnsAround * 8

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - usesColor: Whether to colour with ANSI sequences.
    ///   - hiddenSpans: Places whose text must not be shown, from ``Swift/Array/secretSpans``.
    public init(usesColor: Bool, hiding hiddenSpans: [Span] = []) {
        self.init(usesColor: usesColor, mask: SecretMask(hiding: hiddenSpans))
    }

    private init(usesColor: Bool, mask: SecretMask) {
        self.usesColor = usesColor
        self.mask = mask
    }

    /// All diagnostics with an empty line between them; what one of them marks as secret is hidden in all.
    public static func render(_ diagnostics: [Diagnostic], usesColor: Bool) -> String {
        let renderer = TextRenderer(usesColor: usesColor, mask: SecretMask(diagnostics))
        return diagnostics.map { renderer.render($0) }.joined(separator: "\n\n")
    }

    /// The diagnostic as lines of text, without a line break at the end.
    public func render(_ diagnostic: Diagnostic) -> String {
        let heading = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var lines = [
            "\(paint(heading, headingStyle(diagnostic.severity)))\(paint(": \(visible(diagnostic.message))", .bold))"
        ]
        let labels = placedLabels(diagnostic)
        let gutter = labels.map { String($0.line).count }.max() ?? 1
        let margin = String(repeating: " ", count: gutter)
        var file: SourceFile?
        for label in labels {
            if label.file != file {
                let position = label.label.span.start
                let arrow = file == nil ? "-->" : ":::"
                let path = TerminalText.visible(label.file.path)
                lines.append("\(margin)\(paint(arrow, .frame)) \(path):\(position.line):\(position.column)")
                lines.append("\(margin) \(paint("|", .frame))")
                file = label.file
            }
            lines += snippet(label, margin: margin)
        }
        if let help = diagnostic.help {
            let indent = margin + "         "
            let text = visible(help, keepingLineFeeds: true).split(separator: "\n", omittingEmptySubsequences: false)
            lines.append("\(margin) \(paint("= help:", .frame)) \(text.joined(separator: "\n" + indent))")
        }
        return lines.joined(separator: "\n")
    }

    private struct PlacedLabel {
        var label: Label
        var isPrimary: Bool
        var file: SourceFile { label.span.file }
        var line: Int { label.span.line }
    }

    /// The primary label first, for the report is about its place; then the others of its file, then those of other files,
    /// each in the order given.
    private func placedLabels(_ diagnostic: Diagnostic) -> [PlacedLabel] {
        guard let primary = diagnostic.primary else { return [] }
        let others = diagnostic.context.map { PlacedLabel(label: $0, isPrimary: false) }
        return [PlacedLabel(label: primary, isPrimary: true)]
            + others.filter { $0.file == primary.span.file } + others.filter { $0.file != primary.span.file }
    }

    private func snippet(_ placed: PlacedLabel, margin: String) -> [String] {
        let span = placed.label.span
        let file = span.file
        let line = placed.line
        let range = file.range(ofLine: line)
        let start = min(max(span.bytes.lowerBound, range.lowerBound), range.upperBound)
        let end = min(max(span.bytes.upperBound, start), range.upperBound)
        let before = textBefore(start, in: range, of: file)
        let (shown, isWhole) = text(start..<end, of: file)
        let after = isWhole ? textAfter(end, in: range, of: file) : ""
        let number = String(line)
        let padding = String(repeating: " ", count: margin.count - number.count)
        let source = (before + shown + after).trimmedAtEnd
        let underline = String(
            repeating: placed.isPrimary ? "^" : "-",
            count: max(1, DisplayWidth.of(shown))
        )
        let indent = String(repeating: " ", count: DisplayWidth.of(before))
        let text = placed.label.text.isEmpty ? "" : " " + visible(placed.label.text)
        let style: Style = placed.isPrimary ? .primary : .frame
        return [
            "\(padding)\(paint(number + " |", .frame)) \(source)".trimmedAtEnd,
            "\(margin) \(paint("|", .frame)) \(indent)\(paint(underline + text, style))",
        ]
    }

    /// What stands on a line before a place, from the left without what is too far away.
    private func textBefore(_ end: Int, in line: Range<Int>, of file: SourceFile) -> String {
        let start = file.characterStart(end - Self.bytesAround, within: line.lowerBound..<end)
        let text = shownText(file, start..<end)
        guard start > line.lowerBound || DisplayWidth.of(text) > Self.columnsAround * 2 else { return text }
        return "…" + text.suffix(Self.columnsAround)
    }

    /// The place itself, and whether all of it is shown.
    private func text(_ range: Range<Int>, of file: SourceFile) -> (text: String, isWhole: Bool) {
        let end = file.characterStart(range.lowerBound + Self.bytesAround, within: range)
        let text = shownText(file, range.lowerBound..<end)
        guard end < range.upperBound || text.count > Self.columnsAround else { return (text, true) }
        return (text.prefix(Self.columnsAround) + "…", false)
    }

    /// What stands on a line after a place, to the right without what is too far away.
    private func textAfter(_ start: Int, in line: Range<Int>, of file: SourceFile) -> String {
        let end = file.characterStart(start + Self.bytesAround, within: start..<line.upperBound)
        let text = shownText(file, start..<end)
        guard end < line.upperBound || DisplayWidth.of(text) > Self.columnsAround * 2 else { return text }
        return text.prefix(Self.columnsAround) + "…"
    }

    /// The text of a stretch of a file with every secret in it replaced.
    private func shownText(_ file: SourceFile, _ range: Range<Int>) -> String {
        TerminalText.visible(mask.text(of: file, in: range))
    }

    private enum Style: String {
        case bold = "1"
        case error = "1;31"
        case warning = "1;33"
        case primary = "31"
        case frame = "34"
    }

    private func headingStyle(_ severity: Severity) -> Style {
        switch severity {
        case .error: .error
        case .warning: .warning
        }
    }

    private func paint(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The text with nothing in it that could move a terminal's cursor, and no key.
    private func visible(_ text: String, keepingLineFeeds: Bool = false) -> String {
        TerminalText.visible(SecretMask.masked(text), keepingLineFeeds: keepingLineFeeds)
    }
}

extension SourceFile {
    /// Where the Unicode scalar begins that holds a byte, or the end of the range that the byte lies beyond.
    fileprivate func characterStart(_ offset: Int, within range: Range<Int>) -> Int {
        guard offset > range.lowerBound else { return range.lowerBound }
        guard offset < range.upperBound else { return range.upperBound }
        return (range.lowerBound...offset).last { bytes[$0] & 0xC0 != 0x80 } ?? range.lowerBound
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
