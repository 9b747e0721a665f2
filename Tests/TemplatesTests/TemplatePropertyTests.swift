import Foundation
import SeededRandom
import Templates
import Testing

/// Each test runs over generated templates or values; the comments of a failure hold the seed that repeats it.
struct TemplatePropertyTests {
    private static let pieces = [
        "{{", "}}", "{{", "}}", "{{a}}", "{{b}}", "{{#a}}", "{{^a}}", "{{/a}}", "{{#b}}", "{{/b}}", " {{ # b }} \n",
        "\n{{/b}}\n", "\r\n{{/a}}\r\n", "#", "^", "/", "a", "b", ".", " ", "\t", "\n", "\r\n", "{", "}", "é",
        "e\u{301}",
        "!", "&", "{{{", "x",
    ]

    private static let hostile = [
        "\"", "'", "\\", "{", "}", "{{x}}", "{{#x}}", "[", "]", ":", ",", "\r", "\n", "\r\n", "\t", "\0", "\u{1b}",
        "\u{7f}",
        "\u{85}", "/", "//", "?", "#", "&", "=", "%", "%2F", "%00", "+", ";", "@", ".", "..", "-", "--", " ", "$(id)",
        "`",
        "|", "a", "Z", "é", "e\u{301}", "\u{301}", "\u{202e}", "\u{2066}", "\u{2028}", "\u{2029}", "\u{feff}",
        "\u{200b}",
        "🙏🏽", "👩‍👩‍👧", "पैसे", "嘊嘍", "X-Admin: 1", "\\u0022", "\",\"admin\":true,\"a\":\"", "../../etc",
    ]

    /// Values of all lengths, an empty one among them.
    private func values(_ seed: UInt64, count: Int) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in generator.text(from: Self.hostile, countMax: 8) }
    }

    private func isSame(_ one: String, _ other: String) -> Bool {
        one.unicodeScalars.elementsEqual(other.unicodeScalars)
    }

    /// What stands behind percent-encoding; Foundation drops a byte order mark at the beginning while decoding.
    private func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), let code = UInt8(digits, radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func text(_ source: String, for place: TemplatePlace, _ value: String) throws -> String? {
        guard case .text(let text) = try Template(parsing: source).render(for: place, value: { _ in value }) else {
            return nil
        }
        return text
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `template and reference agree`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var acceptedCount = 0
        for _ in 0..<5_000 {
            let source = generator.text(from: Self.pieces, countMax: 9)
            let values = [["a": "A{{b}}"], ["a": "A", "b": ""], ["b": "B"]].randomElement(using: &generator) ?? [:]
            let template = try? Template(parsing: source)
            let reference = try? ReferenceRenderer(source)
            guard (template == nil) == (reference == nil) else {
                Issue.record("seed \(seed): \(source.debugDescription) is taken by one alone")
                continue
            }
            guard let template, let reference else { continue }
            acceptedCount += 1
            switch (template.render(for: .plain) { values[$0] }, reference.render { values[$0] }) {
            case (.text(let text), .success(let expected)) where isSame(text, expected): break
            case (.missing(let name), .failure(let missing)) where isSame(name, missing.name): break
            case (let found, let expected):
                Issue.record("seed \(seed): \(source.debugDescription): \(found), \(expected)")
            }
        }
        #expect((1_000..<4_000).contains(acceptedCount), "seed \(seed) makes cases of one kind only")
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `no value changes the shape of JSON`(seed: UInt64) throws {
        let source = #"{"a":"{{v}}","b":["x{{v}}y",{"c":"{{v}}{{v}}"}],"d":{{#v}}"{{v}}"{{/v}}{{^v}}null{{/v}}}"#
        #expect(try Template(parsing: source).problemAsJSONText() == nil)
        for value in values(seed, count: 3_000) {
            let text = try #require(try text(source, for: .jsonString, value))
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let list = object?["b"] as? [Any]
            let inner = list?.last as? [String: Any]
            let found = [object?["a"], list?.first, inner?["c"], object?["d"]].map { $0 as? String }
            let expected = [value, "x\(value)y", value + value, value.isEmpty ? nil : value]
            let isExact = zip(found, expected).allSatisfy { one, other in isSame(one ?? "null", other ?? "null") }
            let isShapeKept = object?.keys.sorted() == ["a", "b", "d"] && list?.count == 2 && inner?.count == 1
            #expect(isExact && isShapeKept, "seed \(seed): \(value.debugDescription)")
        }
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `no value changes the shape of a URL`(seed: UInt64) throws {
        let source = "https://api.example/v1/{{v}}/x{{v}}y?q={{v}}&r=1{{v}}"
        #expect(try Template(parsing: source).problemAsURL() == nil)
        var refusedCount = 0
        for value in values(seed, count: 3_000) {
            guard let text = try text(source, for: .urlPathSegment, value) else {
                refusedCount += 1
                #expect(["", ".", ".."].contains(value), "seed \(seed): \(value.debugDescription)")
                continue
            }
            let note: Comment = "seed \(seed): \(value.debugDescription)"
            let url = try #require(URLComponents(string: text), note)
            let path = url.percentEncodedPath.split(separator: "/", omittingEmptySubsequences: false)
            let query = url.percentEncodedQuery?.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
            #expect(url.host == "api.example" && url.user == nil && url.fragment == nil, note)
            #expect(path.count == 4 && path[1] == "v1" && query?.count == 2, note)
            let parts: [Substring] = [path[2], path[3], query?[0].dropFirst().first ?? "", query?[1].last ?? ""]
            let isExact = zip(parts.map(decoded), [value, "x\(value)y", value, "1\(value)"]).allSatisfy(isSame)
            #expect(isExact, note)
            // What URL parsers resolve is the same before and after.
            #expect(URL(string: text)?.standardized.pathComponents.count == 4, note)
        }
        #expect(refusedCount > 100, "seed \(seed) makes no segment that is refused")
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `no value leaves its query parameter`(seed: UInt64) throws {
        for value in values(seed, count: 3_000) {
            let text = try #require(try text("a={{v}}&b=2", for: .urlQueryValue, value))
            var url = URLComponents()
            url.percentEncodedQuery = text
            let note: Comment = "seed \(seed): \(value.debugDescription)"
            #expect(url.queryItems?.map(\.name) == ["a", "b"] && url.fragment == nil, note)
            #expect(isSame(decoded(url.percentEncodedQueryItems?.first?.value ?? "?"), value), note)
            #expect(!text.contains("+"), note)
        }
    }

    @Test(arguments: [41, 42] as [UInt64])
    func `no value makes a second header`(seed: UInt64) throws {
        for value in values(seed, count: 3_000) {
            let text = try #require(try text("{{v}}", for: .headerValue, value))
            let note: Comment = "seed \(seed): \(value.debugDescription)"
            #expect(!text.utf8.contains { $0 < 0x20 || $0 == 0x7F }, note)
            #expect(text.utf8.first != UInt8(ascii: " ") && text.utf8.last != UInt8(ascii: " "), note)
            let isControl = { (scalar: Unicode.Scalar) in
                scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
            }
            let spaced = String(String.UnicodeScalarView(value.unicodeScalars.map { isControl($0) ? " " : $0 }))
            let bare = spaced.unicodeScalars.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            #expect(text.unicodeScalars.elementsEqual(bare), note)
        }
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `no value makes a second argument`(seed: UInt64) throws {
        for value in values(seed, count: 3_000) {
            let text = try #require(try text("--note={{v}}", for: .argument, value))
            let note: Comment = "seed \(seed): \(value.debugDescription)"
            let seen = unsafe text.withCString { unsafe String(cString: $0) }
            #expect(isSame(seen, "--note=" + value.replacing("\0", with: "")), note)
        }
    }

    @Test(arguments: TemplatePlace.allCases)
    func `a value is never read as a template`(place: TemplatePlace) throws {
        var asked: [String] = []
        for value in values(61, count: 1_000) {
            _ = try Template(parsing: "x{{v}}{{#v}}{{v}}{{/v}}").render(for: place) { name in
                asked.append(name)
                return value + "{{w}}"
            }
        }
        #expect(asked == Array(repeating: "v", count: 1_000))
    }

    /// A JSON text without the contents of its strings; names of members keep theirs.
    private func shape(ofJSON text: String) -> String {
        var outside = ""
        var literal = ""
        var isInside = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "\"", !isEscaped {
                outside += isInside ? "literal\"" : "\""
                if !isInside { literal = "" }
                isInside.toggle()
            } else if isInside {
                literal.unicodeScalars.append(scalar)
            } else {
                if scalar == ":" { outside += literal }
                if !" \t\r\n".unicodeScalars.contains(scalar) { literal = "" }
                outside.unicodeScalars.append(scalar)
            }
            isEscaped = isInside && scalar == "\\" && !isEscaped
        }
        return outside + (isInside ? "open" : "")
    }

    @Test(arguments: [71, 72] as [UInt64])
    func `values cannot change the shape of what passes as a JSON text`(seed: UInt64) throws {
        let pieces = [
            "\"", "\"", "\"{{v}}\"", "{{v}}", ":", ",", " ", "{{#v}}", "{{/v}}", "{{^v}}", "{{#w}}", "{{/w}}", "\\",
            "\\\"",
            "\\u00", "22", "n", "[", "]",
        ]
        var generator = SeededGenerator(seed: seed)
        var passedCount = 0
        for _ in 0..<20_000 {
            let source = generator.text(from: pieces, countMax: 9)
            guard let template = try? Template(parsing: source), template.problemAsJSONText() == nil else { continue }
            if template.constantText == nil { passedCount += 1 }
            let other = generator.text(from: Self.hostile, countMax: 3) + "\""
            for hasW in [true, false] {
                let shapes = ["x", other].map { value in
                    template.render(for: .jsonString) { $0 == "v" ? value : hasW ? "1" : nil }
                }
                guard case (.text(let plain), .text(let hostile)) = (shapes[0], shapes[1]) else { continue }
                let areEqual = isSame(self.shape(ofJSON: plain), self.shape(ofJSON: hostile))
                #expect(areEqual, "seed \(seed): \(source.debugDescription) with \(other.debugDescription)")
            }
        }
        #expect(passedCount > 500, "seed \(seed) makes hardly any template that passes")
    }

    /// What URL parsers and servers make of a path: dot segments resolved, slashes merged.
    private func depths(ofPath text: String) -> [Int] {
        let path = text.prefix { $0 != "?" && $0 != "#" }.lowercased().replacing("%2e", with: ".").replacing(
            "\\",
            with: "/"
        )
        var depth = 0
        return path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            depth += segment == ".." ? -1 : segment == "." || segment == "" ? 0 : 1
            return depth
        }
    }

    @Test(arguments: [81, 82] as [UInt64])
    func `a path leads as deep with every value that is not refused`(seed: UInt64) throws {
        let pieces = ["/", "/", "{{v}}", "{{v}}", ".", "%2E", "%2", "e", "a", "?", "#", "\\"]
        var generator = SeededGenerator(seed: seed)
        var refusedCount = 0
        for _ in 0..<5_000 {
            let template = try Template(parsing: generator.text(from: pieces, countMax: 7))
            let value = [".", "..", "", "e", "/", "../..", "E", "?", "..."].randomElement(using: &generator) ?? ""
            let note: Comment = "seed \(seed): \(template.source) with '\(value)'"
            guard case .text(let usual) = template.render(for: .urlPathSegment, value: { _ in "usual" }) else {
                Issue.record(note)
                continue
            }
            switch template.render(for: .urlPathSegment, value: { _ in value }) {
            case .text(let text): #expect(depths(ofPath: text) == depths(ofPath: usual), note)
            case .refused("v", _):
                refusedCount += 1
                guard case .text(let open) = template.render(for: .urlQueryValue, value: { _ in value }) else {
                    continue
                }
                #expect(depths(ofPath: open) != depths(ofPath: usual), note)
            case let other: Issue.record("seed \(seed): \(template.source) gives \(other)")
            }
        }
        #expect((150..<2_500).contains(refusedCount), "seed \(seed) makes cases of one kind only: \(refusedCount)")
    }

    /// Reading that took the square of the length would not end within minutes here.
    @Test(
        arguments: [
            ("{ ", true), ("}", true), ("}}", true), (" ", true), ("\n", true), ("{", false), ("{\n{", false),
            ("{{x", false), ("{{!", false), ("{{.", false), ("{{x}} ", false), ("{{#x}} \n\t", false),
        ]
    )
    func `a source of one thing repeated is read or refused`(piece: String, isTemplate: Bool) {
        let source = String(repeating: piece, count: TemplateLimits.sourceBytesMax / piece.utf8.count)
        #expect(((try? Template(parsing: source)) != nil) == isTemplate)
    }

    @Test(arguments: ["{{#x}}{{/x}}", "{{#x}}\n{{/x}}\n", "{{x}}{{x}}"])
    func `as many tags as there may be, with as many blanks, are read`(tags: String) throws {
        let pairs = TemplateLimits.tagsMax / 2
        let blanks = String(repeating: " ", count: TemplateLimits.sourceBytesMax / pairs - tags.utf8.count)
        let template = try Template(parsing: String(repeating: blanks + tags, count: pairs))
        #expect(template.render(for: .plain) { _ in nil } != .tooLong)
    }
}
