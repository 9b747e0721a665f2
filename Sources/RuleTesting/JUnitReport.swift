import Diagnostics
public import Directory

/// Writes what came of tests as JUnit XML, which CI systems read.
///
/// One `testsuite` a rule file. The schema is the one that Jenkins and GitLab document; there is no official one.
public enum JUnitReport {
    /// The whole document.
    public static func xml(_ results: [RuleTestResult], directory: Directory) -> String {
        let report = RuleTestReport(directory: directory)
        var files: [String] = []
        var suites: [String: [RuleTestResult]] = [:]
        for result in results {
            let path = result.test.span.file.path
            if suites[path] == nil { files.append(path) }
            suites[path, default: []].append(result)
        }
        let failures = results.filter { !$0.passed }.count
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"beckon\" tests=\"\(results.count)\" failures=\"\(failures)\">")
        for path in files {
            let results = suites[path] ?? []
            let failed = results.filter { !$0.passed }.count
            lines.append("  <testsuite name=\(attribute(path)) tests=\"\(results.count)\" failures=\"\(failed)\">")
            for result in results { lines += testCase(result, path: path, report: report) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func testCase(_ result: RuleTestResult, path: String, report: RuleTestReport) -> [String] {
        let name = attribute(result.test.name)
        let head =
            "    <testcase name=\(name) classname=\(attribute(path)) file=\(attribute(path)) line=\"\(result.test.span.line)\""
        guard !result.passed else { return [head + "/>"] }
        let text = report.lines(result).dropFirst().map { $0.dropFirst(2) }.joined(separator: "\n")
        return [
            head + ">", "      <failure message=\"other firings than expected\">\(escaped(text))</failure>",
            "    </testcase>",
        ]
    }

    private static func attribute(_ text: String) -> String {
        "\"\(escaped(text))\""
    }

    /// The text with what XML 1.0 gives a meaning escaped, and what it does not allow replaced by U+FFFD.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\t", "\n", "\r": result.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
