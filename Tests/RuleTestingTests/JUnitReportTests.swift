import Directory
import Foundation
import RuleCompiler
import RuleEngine
import RuleTesting
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The report for CI systems.
struct JUnitReportTests {
    /// Reads XML into lines: elements with their attributes, and text.
    private final class Outline: NSObject, XMLParserDelegate {
        var lines: [String] = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            lines.append(name + attributes.sorted { $0.key < $1.key }.map { " \($0.key)=[\($0.value)]" }.joined())
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if lines.last?.hasPrefix("| ") == true {
                lines[lines.count - 1] += text
            } else if !text.allSatisfy(\.isWhitespace) {
                lines.append("| " + text)
            }
        }
    }

    private func outline(_ rules: TestedRules) -> [String]? {
        let xml = JUnitReport.xml(rules.results, directory: rules.compilation.program.directory)
        let parser = XMLParser(data: Data(xml.utf8))
        let outline = Outline()
        parser.delegate = outline
        guard parser.parse() else { return nil }
        return outline.lines.map { line in
            line.hasPrefix("| ") ? line.trimmingCharacters(in: .whitespacesAndNewlines) : line
        }
    }

    @Test func `tests are listed by file, failures with their report`() {
        let rules = TestedRules(
            """
            tests:
              - { name: a picture, event: { kind: image }, expect: [{ rule: pictures-bring-in-ravi }] }
              - { name: "a <b> & \\"c\\" 'd'", event: { text: "refund ]]> <x>" }, expect: none }
            """
        )
        #expect(
            outline(rules) == [
                "testsuites failures=[1] name=[beckon] tests=[2]", "testsuite failures=[1] name=[tests.yml] tests=[2]",
                "testcase classname=[tests.yml] file=[tests.yml] line=[2] name=[a picture]",
                "testcase classname=[tests.yml] file=[tests.yml] line=[3] name=[a <b> & \"c\" 'd']",
                "failure message=[other firings than expected]",
                """
                | --> tests.yml:3
                + refund-brings-in-billing: add-collaborator { business: 919999900000, customer: 919999900001, \
                agents: [asha, ravi] }
                  fired, but was not expected
                  why (context.yml:9):
                    true   text: { keywords: [refund, money back] }
                             "refund ]]> <x>" has 'refund'
                    true   kind: text
                             the value is "text"
                """,
            ]
        )
    }

    @Test func `no test makes a whole report too`() {
        #expect(
            JUnitReport.xml([], directory: Directory()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="beckon" tests="0" failures="0">
                </testsuites>

                """
        )
    }

    @Test func `whatever a test is named, the report is XML`() {
        let names = [
            #""a\u0000b""#, #""\x1b[2J""#, #""\uFFFE""#, #""a\nb""#, #""🙏""#, #""&amp;""#, #""\u202e""#, #""]]>""#,
        ]
        for name in names {
            let rules = TestedRules(
                "tests: [{ name: \(name), event: { text: \(name), fields: { a: \(name) } }, expect: [{ rule: pictures-bring-in-ravi }] }]"
            )
            #expect(outline(rules)?.count == 5, "\(name)")
        }
    }
}
