import ArgumentParser
import Diagnostics
import Foundation
import Logging
import RuleCompiler
import RuleEngine
import RuleTesting

/// Runs the tests of rules.
struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the tests of rules. Nothing is ever performed.",
        discussion: """
            Decides with the same engine as 'run', and compares the firings that come \
            with the ones expected: the exact list, in order.

            EXAMPLES
              beckon test                        all tests in the folder 'rules'
              beckon test rules/payments.yml     the tests of one file
              beckon test --filter refund        tests with 'refund' in name or rule
              beckon test --junit report.xml     for CI systems
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(help: ArgumentHelp("Run only tests whose name or expected rule holds this text.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Write a report in JUnit XML as well.", valueName: "file"))
    var junit: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let start = ContinuousClock.now
        let set = try RuleSet.load(rules, environment: ProcessInfo.processInfo.environment)
        let errors = set.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            common.show(errors)
            throw CannotStart("rules or tests have \(errors.count.counted("error")); no test was run")
        }
        let tests = selected(from: set)
        guard !tests.isEmpty else { throw CannotStart(filter.map { "no test holds '\($0)'" } ?? "there are no tests") }
        let runner = RuleTestRunner(set.compilation.program)
        let results = tests.map { runner.run($0) }
        let report = RuleTestReport(directory: set.compilation.program.directory)
        for result in results where !result.passed {
            StandardError.write(report.lines(result).joined(separator: "\n") + "\n\n")
        }
        if let junit { try write(JUnitReport.xml(results, directory: set.compilation.program.directory), to: junit) }
        let failed = results.filter { !$0.passed }.count
        let took = start.duration(to: .now)
        StandardError.write("\(results.count - failed) passed, \(failed) failed\n")
        common.logger.debug("took \(took)")
        if failed > 0 { throw ExitStatus.problems }
    }

    private func selected(from set: RuleSet) -> [RuleTest] {
        set.tests.filter { test in
            if let file = set.namedFile {
                let one = URL(fileURLWithPath: test.span.file.path).standardizedFileURL
                guard one == URL(fileURLWithPath: file).standardizedFileURL else { return false }
            }
            guard let filter else { return true }
            return test.name.contains(filter) || test.expected.contains { $0.rule.contains(filter) }
        }
    }

    private func write(_ text: String, to path: String) throws {
        let output = try DataOutput(path: path)
        output.writeLine(text.utf8.dropLast())
        guard output.finish() else { throw ExitStatus.problems }
    }
}
