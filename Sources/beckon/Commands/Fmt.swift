import ArgumentParser
import Diagnostics
import Foundation
import RuleFormatting
import RuleSyntax

/// Puts rule files in the standard form.
struct Fmt: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put rule files in the standard form.",
        discussion: """
            Orders the keys of rules and tests, indents by two spaces and sets blank \
            lines; comments stay with what follows them. No value changes. A file that \
            is no YAML is left as it is.

            EXAMPLES
              beckon fmt                       all files of the folder 'rules'
              beckon fmt rules/payments.yml    one file
              beckon fmt --check               change nothing; status 1 if a file would change
              beckon fmt - < old > new         from stdin to stdout, for editors
            """
    )

    @Argument(help: "A folder or file of rules, or - for stdin.")
    var rules = "rules"

    @Flag(help: "Change nothing; name the files that are not in the standard form.")
    var check = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        guard rules != "-" else { return try formatInput() }
        let (files, diagnostics) = try texts()
        common.show(diagnostics)
        var tally = Tally(files: files.count + diagnostics.count, left: diagnostics.count)
        for file in files {
            guard let formatted = formatted(file) else {
                tally.left += 1
                continue
            }
            guard let difference = formatted.firstDifference else { continue }
            if check {
                common.show([difference])
                tally.changed += 1
            } else if replace(formatted) {
                tally.changed += 1
            } else {
                tally.left += 1
            }
        }
        StandardError.write(tally.summary(isCheck: check) + "\n")
        if tally.left > 0 || check && tally.changed > 0 { throw ExitStatus.problems }
    }

    private func texts() throws -> (files: [SourceFile], diagnostics: [Diagnostic]) {
        do throws(RuleFilesProblem) {
            return try RuleFiles.texts(rules)
        } catch {
            throw CannotStart(error.description)
        }
    }

    /// The file beside its standard form, unless it has none, which is told.
    private func formatted(_ file: SourceFile) -> FormattedFile? {
        let (formatted, diagnostics) = RuleFormatter.format(file)
        common.show(diagnostics)
        return formatted
    }

    private func replace(_ file: FormattedFile) -> Bool {
        do throws(FileReplacement.Problem) {
            try FileReplacement.replace(file.source.path, holding: file.source.bytes, with: file.text.bytes)
            StandardError.write("formatted \(TerminalText.visible(file.source.path))\n")
            return true
        } catch {
            StandardError.write("beckon: \(TerminalText.visible(error.description))\n")
            return false
        }
    }

    /// Formats stdin to stdout; what cannot be formatted leaves stdout empty.
    private func formatInput() throws {
        let limit = YAMLReader.Limits.fileBytesMax
        let bytes = try input(bytesMax: limit + 1)
        guard bytes.count <= limit else { throw CannotStart("stdin has more than the \(limit) bytes allowed") }
        guard let formatted = formatted(SourceFile(path: "stdin", bytes: bytes)) else { throw ExitStatus.problems }
        guard !check else {
            guard let difference = formatted.firstDifference else { return }
            common.show([difference])
            throw ExitStatus.problems
        }
        let output = try DataOutput(path: "-")
        // A file in the standard form is empty or ends with a line feed.
        if !formatted.text.bytes.isEmpty { output.writeLine(formatted.text.bytes.dropLast()) }
        guard output.finish() else { throw ExitStatus.problems }
    }

    private func input(bytesMax: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while bytes.count < bytesMax, let part = try FileHandle.standardInput.read(upToCount: 1 << 16),
                !part.isEmpty
            {
                bytes += part
            }
        } catch {
            throw CannotStart("cannot read stdin")
        }
        return bytes
    }
}

/// What became of the files.
private struct Tally {
    var files: Int
    var changed = 0

    /// Those that were left as they are since something is wrong.
    var left: Int

    init(files: Int, left: Int) {
        self.files = files
        self.left = left
    }

    func summary(isCheck: Bool) -> String {
        var parts: [String] = []
        if changed > 0 { parts.append(isCheck ? "\(changed) not in the standard form" : "\(changed) formatted") }
        if left > 0 { parts.append("\(left) left as \(left == 1 ? "it is" : "they are")") }
        if parts.isEmpty { parts.append("in the standard form") }
        return "\(files.counted("file")): \(parts.joined(separator: ", "))"
    }
}
