import BuiltBeckon
import Foundation
import Testing

/// `beckon check` and `beckon test` as scripts and editors use them.
struct CheckAndTestTests {
    private static let broken = """
        rules:
          - id: refund
            when: { text: { keywords: [refund] } }
            then: [{ add-collaborator: { agents: nobody } }]

        """

    private static let tested =
        SampleRules.text + """
            tests:
              - name: a refund brings in billing
                event: { text: "a refund, please" }
                expect: [{ rule: refund, add-collaborator: { agents: billing } }]
              - name: a greeting brings in nobody
                event: { text: hello }
                expect: none
              - name: partly is said <in> "parts"
                event: { text: partly }
                expect: none

            """

    @Test func `a problem is one JSON object a line`() async throws {
        let place = try Workplace(["rules/a.yml": Self.broken])
        let result = try await place.beckon("check", "--format", "json")
        #expect(
            result.output == """
                {"code":"R302","severity":"error","message":"unknown agent or team 'nobody'",\
                "file":"rules/a.yml","line":4,"column":42,"end_line":4,"end_column":48,\
                "label":"nothing defines this name"}

                """
        )
        #expect(result.errors == "")
        #expect(result.status == 1)
    }

    @Test func `a file that is named is reported on alone, with its folder as context`() async throws {
        let place = try Workplace([
            "rules/a.yml": Self.broken,
            "rules/b.yml": SampleRules.text.replacing("refund", with: "r2").replacing("(a+)+", with: "a+"),
        ])
        let result = try await place.beckon("check", "rules/b.yml")
        #expect(result.errors == "2 files, 5 rules, 0 tests: no problems\n")
        #expect(result.status == 0)
    }

    @Test func `tests are chosen by name and by rule, and a filter that matches none does not start`() async throws {
        let place = try Workplace(["rules/a.yml": Self.tested])
        #expect(try await place.beckon("test", "--filter", "greeting").errors == "1 passed, 0 failed\n")
        #expect(try await place.beckon("test", "--filter", "refund").errors == "1 passed, 0 failed\n")
        let none = try await place.beckon("test", "--filter", "nothing")
        #expect(none.errors == "beckon: no test holds 'nothing'\n")
        #expect(none.status == 2)
    }

    @Test func `a failing test ends with status 1 and stands in the JUnit report`() async throws {
        let place = try Workplace(["rules/a.yml": Self.tested])
        let result = try await place.beckon("test", "--junit", "report.xml")
        #expect(result.errors.hasSuffix("2 passed, 1 failed\n"))
        #expect(result.status == 1)
        let report = try place.read("report.xml")
        #expect(
            report.hasPrefix(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="beckon" tests="3" failures="1">
                  <testsuite name="rules/a.yml" tests="3" failures="1">
                    <testcase name="a refund brings in billing" classname="rules/a.yml" file="rules/a.yml" line="29"/>
                    <testcase name="a greeting brings in nobody" classname="rules/a.yml" file="rules/a.yml" line="32"/>
                    <testcase name="partly is said &lt;in&gt; &quot;parts&quot;" classname="rules/a.yml" \
                file="rules/a.yml" line="35">
                      <failure message="other firings than expected">
                """
            )
        )
    }
}
