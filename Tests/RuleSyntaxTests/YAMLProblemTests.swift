import Diagnostics
import RuleSyntax
import Testing

/// What rule files may not hold, each told at its place.
struct YAMLProblemTests {
    @Test(
        arguments: [
            ("a: 1\nb: 2\na: 3\n", ["R104 3:1 1:1 key 'a' stands twice"]),
            ("{a: 1, 'a': 2, \"a\": 3}", ["R104 1:8 1:2 key 'a' stands twice", "R104 1:16 1:2 key 'a' stands twice"]),
            ("a:\n  on: 1\n  on: 2\n", ["R104 3:3 2:3 key 'on' stands twice"]),
            ("? [a, b]\n: c\n", ["R108 1:3 a key must be text"]),
            ("{ {a}: b }", ["R108 1:3 a key must be text"]),
            ("a: &x { b: c }\nd:\n  <<: *x\n", ["R108 3:3 merge keys are not part of YAML 1.2"]),
            ("a: !!int 5\n", ["R108 1:4 tag 'tag:yaml.org,2002:int' is not part of the rule language"]),
            ("a: !mine [b]\n", ["R108 1:4 tag '!mine' is not part of the rule language"]),
            ("a: b\n---\nc: d\n", ["R108 2:1 a second document in one file"]),
            ("a: *nobody\n", ["R302 1:4 unknown anchor 'nobody'"]),
            ("a: &x [*x]\n", ["R302 1:8 unknown anchor 'x'"]),
            ("a: [b\n", ["R103 2:1 1:4 not YAML: did not find expected ',' or ']'"]),
            ("a: b: c\n", ["R103 1:5 not YAML: mapping values are not allowed in this context"]),
            ("a: \"\\d\"\n", ["R103 1:5 1:4 not YAML: found unknown escape character"]),
            ("a: @b\n", ["R103 1:4 not YAML: found character that cannot start any token"]),
            ("a: \"\\ud800\"\n", ["R103 1:7 1:4 not YAML: found invalid Unicode character escape code"]),
        ] as [(String, [String])]
    )
    func `what is not allowed is told at its place`(text: String, problems: [String]) {
        #expect(ReadYAML(text).problems == problems)
    }

    @Test func `several problems of one file are told together`() {
        let read = ReadYAML("a: 1\na: 2\nb: !x 3\n? [c]\n: d\ne: [\n")
        #expect(
            read.problems.map { $0.prefix(4) } == ["R104", "R108", "R108", "R103"]
        )
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "---\n# nothing\n...\n", "\u{FEFF}", "   \n"])
    func `a file with nothing in it is no problem`(text: String) {
        let read = ReadYAML(text)
        #expect(read.problems == [])
        #expect(read.outline.count <= 1)
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF, 0x0A], 3), ([0xC0, 0x80], 0), ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], 3),
            ([0xC3, 0xA9, 0xE2, 0x82], 2), ([0xFF, 0xFE, 0x61, 0x00], 0), ([0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
        ] as [([UInt8], Int)]
    )
    func `what is not UTF-8 is told at its first byte`(bytes: [UInt8], offset: Int) {
        let read = ReadYAML(bytes: bytes)
        #expect(read.root == nil)
        #expect(read.diagnostics.map(\.code) == [.notUTF8])
        #expect(read.diagnostics.first?.primary?.span.bytes.lowerBound == offset)
    }

    @Test(arguments: ["\u{0}", "\u{1}", "\u{7}", "\u{8}", "\u{B}", "\u{1B}", "\u{7F}", "\u{9F}", "\u{FFFE}"])
    func `a control character is told at its place`(character: String) {
        let read = ReadYAML("é: b\nc: \"d\(character)\"\n")
        #expect(read.problems == ["R103 2:6 not YAML: control characters are not allowed"])
    }
}
