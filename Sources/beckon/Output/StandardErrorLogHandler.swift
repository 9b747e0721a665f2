import Diagnostics
import Events
import Logging

/// Writes log messages to stderr: a line of text, or a JSON object a line.
struct StandardErrorLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    private let format: LogFormat
    private let usesColor: Bool

    init(format: LogFormat, usesColor: Bool) {
        self.format = format
        self.usesColor = usesColor
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        switch format {
        case .text: StandardError.write(text(event.level, "\(event.message)", pairs))
        case .json: StandardError.write(json(event.level, "\(event.message)", pairs))
        }
    }

    private func text(_ level: Logger.Level, _ message: String, _ pairs: [(String, String)]) -> String {
        let details = pairs.map { " \($0.0)=\($0.1)" }.joined()
        let label: String
        switch level {
        case .info, .notice: label = ""
        case .warning: label = paint("warning: ", "1;33")
        case .error, .critical: label = paint("error: ", "1;31")
        case .trace, .debug: label = "\(level): "
        }
        return "\(label)\(TerminalText.visible(message + details, keepingLineFeeds: true))\n"
    }

    private func paint(_ text: String, _ style: String) -> String {
        usesColor ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
    }

    private func json(_ level: Logger.Level, _ message: String, _ pairs: [(String, String)]) -> String {
        var writer = JSONWriter()
        writer.object {
            $0.member("level", level.rawValue)
            $0.member("message", message)
            for (key, value) in pairs { $0.member(key, value) }
        }
        return writer.text + "\n"
    }
}
