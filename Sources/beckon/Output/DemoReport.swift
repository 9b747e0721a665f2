import Diagnostics
import Directory
import Foundation
import RuleCompiler
import RuleEngine
import Sandbox

/// What a demo shows: which rules fired how often, and which agents joined which chats.
struct DemoReport {
    let rules: RuleSet

    /// How many chats are listed; the page shows all.
    private static let chatsMax = 15

    private var program: Program { rules.compilation.program }

    /// What is about to happen.
    func heading(sandbox address: String, messages: Int, _ snapshot: SandboxSnapshot) -> String {
        """
        Sandbox   \(address), a stand-in for the DoubleTick API: \(snapshot.chats.count) chats, \(messages) messages
        Rules     \(program.rules.count.counted("rule")) in \(rules.fileCount.counted("file"))


        """
    }

    /// What came of it.
    func text(_ firings: [String: Int], _ snapshot: SandboxSnapshot) -> String {
        (ruleLines(firings) + [""] + chatLines(snapshot)).joined(separator: "\n")
    }

    private func ruleLines(_ firings: [String: Int]) -> [String] {
        let counts = firings.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        let width = counts.map(\.key.count).max() ?? 0
        return ["Rules that fired"]
            + counts.map { rule, count in
                let isShadow = program.rules.contains { $0.id == rule && $0.mode == .shadow }
                let note = isShadow ? "  (shadow: decided, never performed)" : ""
                return "  \(rule.padded(to: width))  \(String(count).leftPadded(to: 4))\(note)"
            }
    }

    private func chatLines(_ snapshot: SandboxSnapshot) -> [String] {
        let chats = snapshot.chats.filter { !$0.collaborators.isEmpty }
        let shown = chats.prefix(Self.chatsMax)
        let names = shown.map { TerminalText.visible($0.title) }
        let width = names.map { DisplayWidth.of($0) }.max() ?? 0
        var lines = ["Chats with collaborators: \(chats.count) of \(snapshot.chats.count)"]
        for (chat, name) in zip(shown, names) {
            let padding = String(repeating: " ", count: width - DisplayWidth.of(name))
            let number = PhoneNumber(digits: chat.customer)?.formatted ?? chat.customer
            let joined = chat.collaborators.map(\.agent.title).joined(separator: ", ")
            lines.append("  \(name)\(padding)  \(number)  <- \(joined)")
        }
        if chats.count > shown.count { lines.append("  … and \(chats.count - shown.count) more") }
        return lines + missedLines(snapshot)
    }

    /// Whom DoubleTick did not know, and in how many calls.
    private func missedLines(_ snapshot: SandboxSnapshot) -> [String] {
        let missed = snapshot.calls.flatMap(\.unmatched).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return missed.sorted { $0.key < $1.key }.map { digits, count in
            let name = program.directory.agentName(digits: digits).map { " (\($0))" } ?? ""
            let number = PhoneNumber(digits: digits)?.formatted ?? digits
            return "\nNot added, since the sandbox knows no such agent: \(number)\(name), in \(count.counted("call"))"
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
