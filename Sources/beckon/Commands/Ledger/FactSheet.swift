import Diagnostics
import Foundation

/// Facts for people: names to the left, values behind them, further lines of a value below it.
struct FactSheet {
    private(set) var lines: [String] = []

    /// How wide the names are, with the space behind them.
    private static let nameWidth = 14

    /// Adds a fact unless there is none; every line of it is made visible.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        var name = name
        for line in value.split(separator: "\n", omittingEmptySubsequences: false) {
            let padding = String(repeating: " ", count: max(1, Self.nameWidth - name.count))
            lines.append(
                line.isEmpty ? "" : "\(name)\(padding)\(TerminalText.visible(SecretMask.masked(String(line))))"
            )
            name = ""
        }
    }

    /// Adds an empty line.
    mutating func gap() {
        lines.append("")
    }
}

extension DataOutput {
    /// Writes lines, and ends the command with status 1 if they could not be written.
    ///
    /// A reader that goes away has had what it wanted, and what the command tells people on stderr still comes.
    func writeLines(_ lines: [String]) throws {
        signal(SIGPIPE, SIG_IGN)
        for line in lines { writeLine(line.utf8) }
        guard finish() else { throw ExitStatus.problems }
    }
}
