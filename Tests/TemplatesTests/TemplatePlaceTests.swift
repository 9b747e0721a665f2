import Templates
import Testing

struct TemplatePlaceTests {
    private static let outside = "has a value outside a JSON string, where it could add to the request"
    private static let member = "has a value in the name of a JSON member, where it could replace another one"
    private static let crossing = "has a section that begins or ends a JSON string without ending or beginning it"
    private static let escape = "has a tag behind an unfinished JSON escape"

    @Test(
        arguments: [
            (#"{"n": «{{n}}»}"#, outside),
            ("«{{n}}»", outside),
            (#"{"a": "x" «{{n}}»}"#, outside),
            (#"{"a": "\"«{{n}}»"#, nil),
            (#"{"a": "\\"«{{n}}»"#, outside),
            (#"{"a": "\«{{n}}»"}"#, escape),
            (#"{"a": "\u00«{{n}}»"}"#, escape),
            (#"{"a": "\u0022{{n}}«»"}"#, nil),
            (#"{"a": "\u00"«{{n}}»"}"#, outside),
            (#"{"a": "\«{{#n}}»n{{/n}}"}"#, escape),
            (#"{"«{{n}}»": 1}"#, member),
            (#"{"x«{{n}}»y" : 1}"#, member),
            (#"{ {{#x}}"«{{n}}»"{{/x}}{{^x}}"none"{{/x}}: 1}"#, member),
            (#"{"«{{n}}»{{#x}}", "b{{/x}}": 1}"#, member),
            (#"{"a": "«{{#x}}»"{{/x}}}"#, crossing),
            (#"{"a": «{{#x}}»"{{/x}}"}"#, crossing),
            (#"{"a": {{^x}}""«{{#y}}»"{{/y}}{{/x}}}"#, crossing),
            (#"{"a": "{{n}}", "b": ["{{n}} {{n}}", {"c": 1}]}«»"#, nil),
            (#"{"a": 1{{#n}}, "b": "{{n}}"{{/n}}, "c": "{{^n}}none{{/n}}"}«»"#, nil),
            (#"["{{n}}", {"c": "{{n}}"}, "{{n}}"]«»"#, nil),
            ("{}«»", nil),
        ] as [(MarkedTemplate, String?)]
    )
    func `values of a JSON text stand in its strings`(marked: MarkedTemplate, reason: String?) throws {
        let problem = try Template(parsing: marked.source).problemAsJSONText()
        #expect(problem?.reason == reason)
        if reason != nil { #expect(problem?.range == marked.range) }
    }

    @Test(
        arguments: [
            "«{{x}}»", "«{{x}}»/a", "https://«{{x}}»/", "https://a.example«{{x}}»", "https://a.example:«{{x}}»/",
            "https://u:«{{x}}»@a.example/", "«{{#x}}»https{{/x}}://a.example/", "https:///«{{x}}»", "/a/«{{x}}»",
            "https:/«{{x}}»/a", "https://a.example«{{#x}}»/{{x}}{{/x}}",
        ] as [MarkedTemplate]
    )
    func `a URL has its host before its first tag`(marked: MarkedTemplate) throws {
        let problem = try #require(try Template(parsing: marked.source).problemAsURL())
        #expect(problem.reason == "has a tag before the path of the URL, where it could change the host")
        #expect(problem.range == marked.range)
    }

    @Test(
        arguments: [
            "https://a.example/{{x}}", "https://a.example?q={{x}}", "http://[::1]:80/a/{{x}}#{{y}}", "no tags",
            "https://a.example/{{#x}}?q={{x}}{{/x}}",
        ]
    )
    func `values behind the host are fine`(source: String) throws {
        #expect(try Template(parsing: source).problemAsURL() == nil)
    }
}
