import Templates
import Testing

struct TemplateRenderingTests {
    private static let values = [
        "name": "Kiran", "text": "Hi \"you\"", "empty": "", "fields.contact.name": "Kiran Rao",
        "fields.items.0.sku": "A-1", #"fields.a\.b"#: "dotted", "business": "{{business}} {{{x}}} {{#text}}",
        "match.order": "5512", "space": " ",
    ]

    private func render(_ source: String, for place: TemplatePlace = .plain) throws -> TemplateRendering {
        try Template(parsing: source).render(for: place) { Self.values[$0] }
    }

    @Test(
        arguments: [
            ("", ""),
            ("no tags, { one } brace, }} two, }}} three", "no tags, { one } brace, }} two, }}} three"),
            ("{{name}}", "Kiran"),
            ("{{ name }}{{\tname\t}}", "KiranKiran"),
            ("Hi {{name}}!", "Hi Kiran!"),
            ("{{fields.contact.name}}/{{fields.items.0.sku}}", "Kiran Rao/A-1"),
            (#"{{fields.a\.b}}"#, "dotted"),
            (#"{"a":{"b":"{{name}}"}}"#, #"{"a":{"b":"Kiran"}}"#),
            ("{ {{name}} }", "{ Kiran }"),
            ("{{name}}}", "Kiran}"),
            ("{{empty}}", ""),
            ("a{{empty}}b", "ab"),
            // What a customer wrote stays text.
            ("{{business}}", "{{business}} {{{x}}} {{#text}}"),
            ("{{text}}", "Hi \"you\""),
            ("{{#name}}yes{{/name}}", "yes"),
            ("{{^name}}no{{/name}}", ""),
            ("{{#none}}yes {{none}}{{/none}}", ""),
            ("{{^none}}no{{/none}}", "no"),
            // An empty value counts as none, a blank one does not.
            ("{{#empty}}yes{{/empty}}{{^empty}}no{{/empty}}", "no"),
            ("{{#space}}yes{{/space}}{{^space}}no{{/space}}", "yes"),
            ("{{ # name }}{{ name }}{{ / name }}", "Kiran"),
            (
                "{{#match.order}}order {{match.order}}{{/match.order}}{{^match.order}}no order{{/match.order}}",
                "order 5512"
            ),
            ("{{#name}}a{{#none}}b{{/none}}{{^none}}c{{/none}}d{{/name}}e", "acde"),
            ("{{#none}}a{{#name}}b{{/name}}{{/none}}c", "c"),
            ("{{#name}}{{#name}}twice{{/name}}{{/name}}", "twice"),
            ("{{#name}}{{/name}}x", "x"),
            ("नमस्ते {{name}} 🙏🏽", "नमस्ते Kiran 🙏🏽"),
        ]
    )
    func `a template renders`(source: String, rendered: String) throws {
        #expect(try render(source) == .text(rendered))
    }

    @Test(
        arguments: [
            // A section tag alone on its line takes the line along.
            ("a\n{{#name}}\nb\n{{/name}}\nc", "a\nb\nc"),
            ("a\r\n{{#name}}\r\nb\r\n{{/name}}\r\nc", "a\r\nb\r\nc"),
            ("a\n  {{#name}}  \n  b\n\t{{/name}}\t\nc", "a\n  b\nc"),
            ("{{#name}}\nb\n{{/name}}", "b\n"),
            ("{{#name}}\n{{^none}}\nb\n{{/none}}\n{{/name}}\n", "b\n"),
            ("a\n{{#none}}\nb\n{{/none}}\nc", "a\nc"),
            ("  {{#name}}  ", nil),
            // Anything else on the line keeps it.
            ("a\n{{#name}}b\n{{/name}}\nc", "a\nb\nc"),
            ("a\n{{#name}}\u{a0}\n{{/name}}\nc", "a\n\u{a0}\nc"),
            (" {{#name}} {{/name}} \n", "   \n"),
            ("a\n{{name}}\nb", "a\nKiran\nb"),
            ("a\n{{#name}} {{name}}\n{{/name}}b", "a\n Kiran\nb"),
            ("\n{{#name}}{{/name}}\n", "\n\n"),
            // A carriage return by itself is no line break.
            ("{{#name}}\rb{{/name}}", "\rb"),
        ] as [(String, String?)]
    )
    func `a section tag alone on its line leaves no blank line`(source: String, rendered: String?) throws {
        guard let rendered else {
            #expect(throws: TemplateProblem.self) { try render(source) }
            return
        }
        #expect(try render(source) == .text(rendered))
    }

    @Test(
        arguments: [
            ("{{none}}", "none"),
            ("a {{name}} {{none}} {{other}}", "none"),
            ("{{#name}}{{none}}{{/name}}", "none"),
            ("{{^none}}{{none}}{{/none}}", "none"),
            ("{{#none}}{{other}}{{/none}}{{^none}}{{third}}{{/none}}", "third"),
        ]
    )
    func `a value that is missing where the rendering gets to is named`(source: String, name: String) throws {
        #expect(try render(source) == .missing(name: name))
    }

    @Test func `a value is asked for once, and only where the rendering gets to`() throws {
        var asked: [String] = []
        let template = try Template(
            parsing: "{{a}}{{#a}}{{a}}{{b}}{{/a}}{{^a}}{{c}}{{/a}}{{#d}}{{e}}{{/d}}{{b}}{{missing}}{{f}}"
        )
        let rendering = template.render(for: .plain) { name in
            asked.append(name)
            return ["a": "1", "b": "2", "f": "3"][name]
        }
        #expect(rendering == .missing(name: "missing"))
        #expect(asked == ["a", "b", "d", "missing"])
    }

    @Test func `names are told apart byte by byte`() throws {
        let template = try Template(parsing: "{{fields.\u{e9}}}{{fields.e\u{301}}}")
        let rendering = template.render(for: .plain) { "\($0.unicodeScalars.count) " }
        #expect(rendering == .text("8 9 "))
        #expect(throws: TemplateProblem.self) { try Template(parsing: "{{#\u{e9}}}{{/e\u{301}}}") }
        #expect(try Template(parsing: "\u{e9}") != Template(parsing: "e\u{301}"))
    }

    @Test(
        arguments: [
            (.plain, "a\"\\\n\0"),
            (.jsonString, #"a\"\\\n\u0000"#),
            (.urlPathSegment, "a%22%5C%0A%00"),
            (.urlQueryValue, "a%22%5C%0A%00"),
            (.headerValue, #"a"\"#),
            (.argument, "a\"\\\n"),
        ] as [(TemplatePlace, String)]
    )
    func `a value is escaped for its place, and the text around it stays`(place: TemplatePlace, escaped: String) throws
    {
        let template = try Template(parsing: "\"\n\\ é/{{v}}\n\"")
        #expect(template.render(for: place) { _ in "a\"\\\n\0" } == .text("\"\n\\ é/" + escaped + "\n\""))
    }

    @Test(
        arguments: [
            ("\u{8}\u{c}\r\t\u{1f}", #"\u0008\u000c\r\t\u001f"#),
            ("\u{2028}\u{2029}\u{feff}\u{7f}é/", "\\u2028\\u2029\\ufeff\u{7f}é/"),
        ]
    )
    func `JSON escapes are the short ones where there are any`(value: String, escaped: String) throws {
        #expect(try Template(parsing: "{{v}}").render(for: .jsonString) { _ in value } == .text(escaped))
    }

    @Test(
        arguments: [
            ("a\r\nX-Admin: 1", "a  X-Admin: 1"),
            (" \t a b \r\n", "a b"),
            ("a\0b\u{7f}c\u{85}d\u{2028}e", "a b c d e"),
            ("\r\n", ""),
            ("Zoë", "Zoë"),
        ]
    )
    func `a header value keeps to its line`(value: String, written: String) throws {
        #expect(try Template(parsing: "{{v}}").render(for: .headerValue) { _ in value } == .text(written))
    }

    @Test(
        arguments: [
            ("/a/{{v}}/b", "..", ".."), ("/a/{{v}}", ".", "."), ("{{v}}", "..", ".."), ("/a/.{{v}}/b", ".", ".."),
            ("/a/{{v}}{{v}}/b", ".", ".."), ("/a/%2E{{v}}?q", ".", ".."), ("/a/{{v}}%2e#f", ".", ".."),
            ("\\{{v}}\\", "..", ".."),
        ]
    )
    func `a value that makes a dot segment is refused`(source: String, value: String, segment: String) throws {
        let rendering = try Template(parsing: source).render(for: .urlPathSegment) { _ in value }
        #expect(rendering == .refused(name: "v", reason: "would make a part of the URL's path '\(segment)'"))
    }

    @Test func `a value that leaves a segment empty is refused`() throws {
        let template = try Template(parsing: "/customers/{{v}}")
        let rendering = template.render(for: .urlPathSegment) { _ in "" }
        #expect(rendering == .refused(name: "v", reason: "would leave a part of the URL's path empty"))
    }

    @Test(
        arguments: [
            ("/a/{{v}}/b", "...", "/a/.../b"), ("/a/x{{v}}", "..", "/a/x.."), ("/a?q={{v}}", "..", "/a?q=.."),
            ("/a?{{v}}/", "..", "/a?../"), ("/a#{{v}}/", ".", "/a#./"), ("/a/../{{v}}", "b", "/a/../b"),
            ("/a/{{#none}}{{v}}{{/none}}", "..", "/a/"), ("/a/x{{v}}", "", "/a/x"), ("/{{v}}", "../..", "/..%2F.."),
        ]
    )
    func `other segments stay as the author wrote them`(source: String, value: String, path: String) throws {
        let template = try Template(parsing: source)
        #expect(template.render(for: .urlPathSegment) { $0 == "none" ? nil : value } == .text(path))
    }

    @Test func `a rendering has a longest length`() throws {
        let max = TemplateLimits.renderedBytesMax
        let half = String(repeating: "é", count: max / 4)
        #expect(try Template(parsing: "{{v}}{{v}}").render(for: .plain) { _ in half } == .text(half + half))
        #expect(try Template(parsing: "{{v}}{{v}}.").render(for: .plain) { _ in half } == .tooLong)
        #expect(try Template(parsing: "{{v}}").render(for: .urlQueryValue) { _ in half } == .tooLong)
        #expect(
            try Template(parsing: "{{v}}{{v}}{{v}}{{none}}").render(for: .plain) { $0 == "v" ? half : nil } == .tooLong
        )
    }
}
