import Diagnostics
import Events
import Foundation
import Logging
import RuleCompiler
import RuleEngine
import RuleSyntax
import RuleTesting

/// Rule files as a command needs them: read, compiled, and with their tests.
struct RuleSet {
    /// What came of compiling.
    var compilation: Compilation

    /// The tests that are in order.
    var tests: [RuleTest]

    /// Everything found in rules and tests, in reading order.
    var diagnostics: [Diagnostic]

    /// How many files were read.
    var fileCount: Int

    /// The one file that was named instead of a folder.
    var namedFile: String?

    /// Reads and compiles a folder or a file.
    ///
    /// - Parameters:
    ///   - path: The folder or file.
    ///   - environment: The variables that may override settings.
    ///   - now: The time of a check, which also warns of what takes long to find or hangs on the date; `nil` for a command
    ///     that only needs the rules.
    /// - Returns: The rules, whether in order or not.
    /// - Throws: ``CannotStart`` when there is nothing to read.
    static func load(_ path: String, environment: [String: String], checkedAt now: Instant? = nil) throws -> RuleSet {
        let files: RuleFiles
        do throws(RuleFilesProblem) {
            files = try RuleFiles.read(path)
        } catch {
            throw CannotStart(error.description)
        }
        let catalogue = ActionCatalog.forCompiler
        let compiler = RuleCompiler(
            actions: catalogue,
            environment: environment,
            now: now,
            looksForSlowPatterns: now != nil
        )
        let compilation = compiler.compile(files)
        let (tests, found) = RuleTestReader(compilation, actions: catalogue).read()
        return RuleSet(
            compilation: compilation,
            tests: tests,
            diagnostics: (compilation.diagnostics + found).inReadingOrder(),
            fileCount: files.files.count,
            namedFile: files.namedFile
        )
    }

    /// Reads and compiles rules that are about to run; errors in them are shown and keep the command from starting.
    ///
    /// Errors in tests do not: they are the business of `check` and `test`.
    static func loadToRun(_ path: String, _ options: CommonOptions) throws -> RuleSet {
        let set = try load(path, environment: ProcessInfo.processInfo.environment)
        let diagnostics = set.compilation.diagnostics
        guard diagnostics.hasErrors else {
            let warnings = diagnostics.filter { $0.severity == .warning }.count
            if warnings > 0 {
                options.logger.warning("\(warnings.counted("warning")) in the rules; 'beckon check' shows them")
            }
            return set
        }
        options.show(diagnostics.filter { $0.severity == .error })
        let count = diagnostics.filter { $0.severity == .error }.count
        throw CannotStart("the rules have \(count.counted("error")); nothing was started")
    }
}

extension Int {
    /// `1 error`, `2 errors`.
    func counted(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }
}
