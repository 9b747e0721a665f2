import ArgumentParser
import Diagnostics
import Events
import Foundation
import RuleCompiler
import RuleEngine

/// Reads and analyses rules and reports every problem.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check rule files without running them.",
        discussion: """
            Reports every problem at its place, with what to do about it. Warnings do \
            not change the exit status.

            EXAMPLES
              beckon check                       the folder 'rules'
              beckon check rules/payments.yml    one file, with its folder as context
              beckon check --format json         a JSON object a problem, for tools
              beckon check --cost                also the rules that cost most, and why
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(help: "How to report: text for people, json for editors and CI.")
    var format: ReportFormat = .text

    @Flag(help: "Also name the rules that have to be tried on many events, with the reason and what would help.")
    var cost = false

    @OptionGroup var common: CommonOptions

    /// How problems are reported.
    enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    func run() throws {
        let set = try RuleSet.load(rules, environment: ProcessInfo.processInfo.environment, checkedAt: .now)
        let advice = cost ? set.compilation.costAdvice : []
        let diagnostics = (set.diagnostics + advice).inReadingOrder().filter { diagnostic in
            // A problem in a list or table is one of the file that names it, too.
            let places = [diagnostic.primary].compactMap(\.self) + diagnostic.context
            return set.namedFile == nil || places.isEmpty
                || places.contains { $0.span.file.path.isSamePath(as: set.namedFile) }
        }
        switch format {
        case .json:
            let output = try DataOutput(path: "-")
            for diagnostic in diagnostics { output.writeLine(DiagnosticJSON.bytes(diagnostic)) }
            guard output.finish() else { throw ExitStatus.problems }
        case .text:
            common.show(diagnostics)
            StandardError.write(summary(set, diagnostics) + "\n")
            if cost { StandardError.write(set.compilation.program.triedEventsText + "\n") }
        }
        if diagnostics.hasErrors { throw ExitStatus.problems }
    }

    private func summary(_ set: RuleSet, _ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.filter { $0.severity == .error }.count
        let warnings = diagnostics.count - errors
        let counts = [
            set.fileCount.counted("file"), set.compilation.program.rules.count.counted("rule"),
            set.tests.count.counted("test"),
        ]
        let what = counts.joined(separator: ", ")
        guard !diagnostics.isEmpty else { return "\(what): no problems" }
        return "\(what): \(errors.counted("error")), \(warnings.counted("warning"))"
    }
}

extension Program {
    /// How many rules the index leaves out of how much, in one line.
    fileprivate var triedEventsText: String {
        let counts = rules.filter { $0.mode != .off }.reduce(into: [:]) { $0[$1.triedEvents, default: 0] += 1 }
        let parts = [(TriedEvents.few, "few events"), (.many, "many"), (.every, "every event of their types")]
        return "rules tried on " + parts.map { "\($1): \(counts[$0] ?? 0)" }.joined(separator: ", on ")
    }
}

extension String {
    /// Whether both are paths of the same file.
    func isSamePath(as other: String?) -> Bool {
        guard let other else { return false }
        return URL(fileURLWithPath: self).standardizedFileURL == URL(fileURLWithPath: other).standardizedFileURL
    }
}
