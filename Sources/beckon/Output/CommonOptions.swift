import ArgumentParser
import Diagnostics
import Foundation
import Logging

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The least important messages to show.", valueName: "level"))
    var logLevel: LogLevel = .info

    @Option(help: "How to write messages: text for people, json for log collectors.")
    var logFormat: LogFormat = .text

    @Option(help: "When to colour: auto, always or never. NO_COLOR is respected.")
    var color: ColorChoice = .auto

    /// Whether to colour what goes to stderr.
    var usesColor: Bool { usesColor(onTerminal: StandardError.isTerminal) }

    /// Whether to colour what goes to stdout.
    var usesColorForData: Bool { usesColor(onTerminal: isatty(STDOUT_FILENO) == 1) }

    private func usesColor(onTerminal isTerminal: Bool) -> Bool {
        switch color {
        case .always: true
        case .never: false
        case .auto:
            isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
                && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        }
    }

    /// A logger that writes to stderr as the options say.
    var logger: Logger {
        var logger = Logger(label: "beckon") { _ in StandardErrorLogHandler(format: logFormat, usesColor: usesColor) }
        logger.logLevel = logLevel.level
        return logger
    }

    /// Shows diagnostics to people.
    func show(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return }
        StandardError.write(TextRenderer.render(diagnostics, usesColor: usesColor) + "\n\n")
    }
}

/// How messages are written.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// When to colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
}

/// The levels of swift-log, as an option takes them.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace
    case debug
    case info
    case notice
    case warning
    case error

    /// The level as loggers take it.
    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}
