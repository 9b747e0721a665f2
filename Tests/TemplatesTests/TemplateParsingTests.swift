import Templates
import Testing

struct TemplateParsingTests {
    private func problem(of source: String) -> TemplateProblem? {
        do throws(TemplateProblem) {
            _ = try Template(parsing: source)
            return nil
        } catch {
            return error
        }
    }

    private static let unescaped = "has a tag that asks for a value without HTML escapes"
    private static let notClosed = "has a tag that is not closed on its line"
    private static let closeCure = "write '}}' behind the name"
    private static let emptySegment = "has a name with an empty segment"
    private static let dotCure = "leave out the dot that separates nothing"

    @Test(
        arguments: [
            ("a «{{{x}}}» b", unescaped, "write '{{x}}': values are never HTML-escaped here"),
            ("«{{{ x.y }}}»", unescaped, "write '{{x.y}}': values are never HTML-escaped here"),
            ("«{{{x}}» b", unescaped, "write '{{x}}': values are never HTML-escaped here"),
            ("«{{{{x}}}»}", unescaped, "write '{{name}}': values are never HTML-escaped here"),
            ("«{{{»", unescaped, "write '{{name}}': values are never HTML-escaped here"),
            ("«{{{}}}»", unescaped, "write '{{name}}': values are never HTML-escaped here"),
            ("«{{&x}}»", unescaped, "write '{{x}}': values are never HTML-escaped here"),
            ("«{{ & x }}»}", unescaped, "write '{{x}}': values are never HTML-escaped here"),
            ("«{{>p}}»", "has a tag that includes another template; none can be included", nil),
            ("«{{! what a line }}»", "has a tag that is a comment", "write it behind '#' beside the setting"),
            ("«{{!»\n}}", "has a tag that is a comment", "write it behind '#' beside the setting"),
            ("«{{=<% %>=}}»", "has a tag that changes the delimiters; they are always '{{' and '}}'", nil),
            ("«{{<p}}»", "has a tag that inherits from another template; none can be inherited from", nil),
            ("«{{$b}}»", "has a tag that inherits from another template; none can be inherited from", nil),
            ("«{{.}}»", "has a tag that stands for the item of a loop; there are no loops", "write a name"),
            ("«{{#.}}»", "has a tag that stands for the item of a loop; there are no loops", "write a name"),
            ("é «{{»x", notClosed, closeCure),
            ("«{{»", notClosed, closeCure),
            ("{{x}} «{{»#", notClosed, closeCure),
            ("«{{»x\n}}", notClosed, closeCure),
            ("«{{»x\r\n}}", notClosed, closeCure),
            ("«{{»a {{b}}", notClosed, closeCure),
            ("«{{»a{b}}", notClosed, closeCure),
            ("Hi {{name«}», how are you", "has a tag that ends with one brace", "write '}}'"),
            ("{{a«}»b}}", "has a tag that ends with one brace", "write '}}'"),
            ("{{a«}»", "has a tag that ends with one brace", "write '}}'"),
            ("{{a«\0»}}", "has a tag that holds a control character", nil),
            ("{{a«\u{7f}»}}", "has a tag that holds a control character", nil),
            ("«{{}}»", "has a tag without a name", nil),
            ("«{{  }}»", "has a tag without a name", nil),
            ("«{{#}}»x{{/}}", "has a tag without a name", nil),
            ("{{#a}}«{{ / }}»", "has a tag without a name", nil),
            ("{{ «.text» }}", emptySegment, dotCure),
            ("{{«fields..a»}}", emptySegment, dotCure),
            ("{{#«fields.»}}", emptySegment, dotCure),
            (#"{{«a\\.»}}"#, emptySegment, dotCure),
            ("{{«..»}}", emptySegment, dotCure),
            (
                "«{{#if match.order}}»x{{/if}}", "has a tag that asks for '#if'; a section is named by its value alone",
                "write '{{#match.order}}', and '{{/match.order}}' where it ends"
            ),
            (
                "«{{# unless  x}}»", "has a tag that asks for '#unless'; a section is named by its value alone",
                "write '{{^x}}', and '{{/x}}' where it ends"
            ),
            (
                "«{{#each fields.items}}»", "has a tag that asks for '#each'; a section is named by its value alone",
                "name one item, such as '{{fields.items.0}}'"
            ),
            (
                "«{{#with x}}»", "has a tag that asks for '#with'; a section is named by its value alone",
                "write the whole name in every tag"
            ),
            ("a «{{#x}}» b", "has a section that is not closed", "write '{{/x}}' where it ends"),
            ("{{#a}}«{{^b}}»{{#c}}{{/c}}", "has a section that is not closed", "write '{{/b}}' where it ends"),
            ("a «{{/x}}» b", "closes the section 'x', which is not open", nil),
            ("{{#x}}{{/x}}«{{/x}}»", "closes the section 'x', which is not open", nil),
            (
                "{{#match.order}}«{{/match.oder}}»", "closes the section 'match.oder', which is not open",
                "did you mean '{{/match.order}}'?"
            ),
            (
                "{{#a}}{{#b}}«{{/a}}»{{/b}}", "closes the section 'a' before the section 'b' inside it",
                "write '{{/b}}' first"
            ),
        ] as [(MarkedTemplate, String, String?)]
    )
    func `everything else of Mustache is refused where it stands`(
        marked: MarkedTemplate,
        reason: String,
        cure: String?
    ) throws {
        let found = try #require(problem(of: marked.source))
        #expect(found.reason == reason)
        #expect(found.cure == cure)
        #expect(found.range == marked.range)
    }

    @Test(
        arguments: [
            (#"{{fields.a\.b}}"#, #"fields.a\.b"#), (#"{{fields.a\.}}"#, #"fields.a\."#),
            ("{{fields.Order Number}}", "fields.Order Number"), ("{{fields.#}}", "fields.#"),
            ("{{1}}", "1"), ("{{iffy}}", "iffy"), ("{{ नाम }}", "नाम"), (#"{{fields."a'}}"#, #"fields."a'"#),
            ("{{fields.*.sku}}", "fields.*.sku"),
        ]
    )
    func `a name is what stands between the braces`(source: String, name: String) throws {
        #expect(try Template(parsing: source).references.map(\.name) == [name])
    }

    @Test func `references tell where a name stands and whether its absence matters`() throws {
        let source = "é{{ a }}{{#a}}{{a}}{{b}}{{#c}}{{a}}{{/c}}{{/a}}{{^a}}{{a}}{{#a}}{{a}}{{/a}}{{/a}}{{a}}"
        let references = try Template(parsing: source).references
        #expect(
            references.map { "\($0.name) \($0.role)" } == [
                "a variable", "a section", "a guardedVariable", "b variable", "c section", "a guardedVariable",
                "a invertedSection", "a variable", "a section", "a guardedVariable", "a variable",
            ]
        )
        let bytes = Array(source.utf8)
        #expect(references.map { String(decoding: bytes[$0.range], as: UTF8.self) } == references.map(\.name))
        #expect(references[0].range == 5..<6)
        #expect(references.filter { !$0.toleratesAbsence }.map(\.range.lowerBound) == [5, 22, 56, 84])
    }

    @Test func `a template without tags is constant`() throws {
        #expect(try Template(parsing: "{\"a\": {}}").constantText == "{\"a\": {}}")
        #expect(try Template(parsing: "").constantText == "")
        #expect(try Template(parsing: "{{#a}}{{/a}}").constantText == nil)
    }

    @Test(
        arguments: [
            ("{{a}}", true), ("-{{a}}", false), ("x", false), ("{{#a}}-{{/a}}{{b}}", true),
            ("{{#a}}-{{a}}{{/a}}x{{b}}", false),
            ("{{#a}}{{a}}{{/a}}", true), ("{{#a}}-{{#b}}{{b}}{{/b}}{{/a}}-{{c}}", false),
            ("{{#a}}\n{{a}}\n{{/a}}", true),
            ("{{#a}}{{/a}}-{{b}}", false), ("", false),
        ]
    )
    func `it is known whether a value can come first`(source: String, can: Bool) throws {
        #expect(try Template(parsing: source).canBeginWithValue == can)
    }

    @Test func `limits of reading are refusals`() throws {
        let long = String(repeating: "x", count: TemplateLimits.sourceBytesMax)
        #expect(problem(of: long) == nil)
        let longer = try #require(problem(of: long + "x"))
        #expect(longer.reason == "is longer than 262144 bytes")
        #expect(longer.range == 0..<0)

        let tags = String(repeating: "{{x}}", count: TemplateLimits.tagsMax)
        #expect(problem(of: tags) == nil)
        let oneMore = try #require(problem(of: tags + "é{{x}}"))
        #expect(oneMore.reason == "has more than 4096 tags")
        #expect(oneMore.range == tags.utf8.count + 2..<tags.utf8.count + 7)

        let depth = TemplateLimits.sectionDepthMax
        let open = String(repeating: "{{#x}}", count: depth)
        let closed = String(repeating: "{{/x}}", count: depth)
        #expect(problem(of: open + closed) == nil)
        let deeper = try #require(problem(of: open + "{{#x}}" + closed))
        #expect(deeper.reason == "has more than 32 sections inside one another")
        #expect(deeper.range == depth * 6..<depth * 6 + 6)

        let name = String(repeating: "x", count: TemplateLimits.nameBytesMax)
        #expect(problem(of: "{{\(name)}}") == nil)
        let longName = try #require(problem(of: "{{\(name)x}}"))
        #expect(longName.reason == "has a name that is longer than 1024 bytes")
        #expect(longName.range == 2..<1_027)
    }
}
