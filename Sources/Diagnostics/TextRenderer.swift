/// Writes diagnostics for people.
public struct TextRenderer: Sendable {
    /// Whether to colour with ANSI sequences.
    public var usesColor: Bool

    /// Places whose text is shown as dots, since it is secret.
    private var hiddenSpans: [Span]

    /// How many columns of a long line are shown around a label: a rule file may be one line of 300 kB.
    static let columnsAround = 60

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - usesColor: Whether to colour with ANSI sequences.
    ///   - hiddenSpans: Places whose text must not be shown, from ``Swift/Array/secretSpans``.
    public init(usesColor: Bool, hiding hiddenSpans: [Span] = []) {
        self.usesColor = usesColor
        self.hiddenSpans = hiddenSpans
    }

    /// All diagnostics with an empty line between them; what one of them marks as secret is hidden in all.
    public static func render(_ diagnostics: [Diagnostic], usesColor: Bool) -> String {
        let renderer = TextRenderer(usesColor: usesColor, hiding: diagnostics.secretSpans)
        return diagnostics.map { renderer.render($0) }.joined(separator: "\n\n")
    }

    /// The diagnostic as lines of text, without a line break at the end.
    public func render(_ diagnostic: Diagnostic) -> String {
        let heading = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var lines = [
            "\(paint(heading, headingStyle(diagnostic.severity)))\(paint(": \(visible(diagnostic.message))", .bold))"
        ]
        let labels = labelsByLine(diagnostic)
        let gutter = labels.map { String($0.line).count }.max() ?? 1
        let margin = String(repeating: " ", count: gutter)
        var file: SourceFile?
        for label in labels {
            if label.file != file {
                let position = label.label.span.start
                let arrow = file == nil ? "-->" : ":::"
                lines.append("\(margin)\(paint(arrow, .frame)) \(label.file.path):\(position.line):\(position.column)")
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

    /// The primary label's file first, and in each file from top to bottom.
    private func labelsByLine(_ diagnostic: Diagnostic) -> [PlacedLabel] {
        guard let primary = diagnostic.primary else { return [] }
        let all =
            [PlacedLabel(label: primary, isPrimary: true)]
            + diagnostic.context.map { PlacedLabel(label: $0, isPrimary: false) }
        let here = all.filter { $0.file == primary.span.file }
        let elsewhere = all.filter { $0.file != primary.span.file }
        // Where the primary label is not the first of its file, its own place must still head the report.
        guard let first = here.min(by: { $0.label.span.bytes.lowerBound < $1.label.span.bytes.lowerBound }),
            !first.isPrimary
        else { return all }
        return [all[0]] + here.dropFirst() + elsewhere
    }

    private func snippet(_ placed: PlacedLabel, margin: String) -> [String] {
        let span = placed.label.span
        let file = span.file
        let line = placed.line
        let range = file.range(ofLine: line)
        let start = min(max(span.bytes.lowerBound, range.lowerBound), range.upperBound)
        let end = min(max(span.bytes.upperBound, start), range.upperBound)
        var before = shownText(file, range.lowerBound..<start)
        let marked = shownText(file, start..<end)
        var after = shownText(file, end..<range.upperBound)
        if DisplayWidth.of(before) > Self.columnsAround * 2 { before = "…" + before.suffix(Self.columnsAround) }
        var shown = marked
        if shown.count > Self.columnsAround { shown = shown.prefix(Self.columnsAround) + "…" }
        if shown.count < marked.count {
            after = ""
        } else if DisplayWidth.of(after) > Self.columnsAround * 2 {
            after = after.prefix(Self.columnsAround) + "…"
        }
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

    /// The text of a stretch of a file with every secret in it replaced.
    private func shownText(_ file: SourceFile, _ range: Range<Int>) -> String {
        var text = ""
        var position = range.lowerBound
        for hidden in hiddenSpans where hidden.file == file && hidden.bytes.overlaps(range) {
            let secret = hidden.bytes.clamped(to: range)
            text += file.text(position..<max(position, secret.lowerBound)) + "•••"
            position = max(position, secret.upperBound)
        }
        text += file.text(position..<range.upperBound)
        return visible(text.replacing(Self.keyLike) { _ in "key_•••" })
    }

    /// What a DoubleTick key looks like, wherever it may have been written by mistake.
    private static var keyLike: Regex<Substring> { /key_[A-Za-z0-9_\-]{6,}/ }

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

    /// The text with nothing in it that could move a terminal's cursor.
    private func visible(_ text: String, keepingLineFeeds: Bool = false) -> String {
        TerminalText.visible(text, keepingLineFeeds: keepingLineFeeds)
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
