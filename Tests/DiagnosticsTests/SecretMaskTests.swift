import Testing

@testable import Diagnostics

/// What is hidden of a file that nobody could read as YAML, or that no pass has looked at.
struct SecretMaskTests {
    private func shown(_ text: String) -> String {
        let file = SourceFile(path: "a.yml", text: text)
        return SecretMask(hiding: []).text(of: file, in: 0..<file.bytes.count)
    }

    @Test(arguments: [
        ("api_key: hunter2", "api_key: •••"), ("  api_kye: hunter2 # mine\n", "  api_kye: •••\n"),
        ("apikey: hunter2\nb: c", "apikey: •••\nb: c"), ("API-KEYS : hunter2", "API-KEYS : •••"),
        ("\"api_key\": \"hunter2\", \"b\": 1", "\"api_key\": •••, \"b\": 1"), ("# api key: hunter2", "# api key: •••"),
        ("{ api_key: hunter2, b: c }", "{ api_key: •••, b: c }"), ("{ api_key: hunter2 }", "{ api_key: ••• }"),
        ("[{api_key: hunter2}]", "[{api_key: •••}]"), ("api_key: hun,ter}2", "api_key: •••"),
        ("{ api_key: 'hun''ter2', b: c }", "{ api_key: •••, b: c }"),
        ("{ api_key: \"hun\\\"ter2\", b: c }", "{ api_key: •••, b: c }"),
        ("{ api_key: \"hunter2 }\n", "{ api_key: •••\n"), ("{ api_key: [hunter2], b: c }", "{ api_key: •••, b: c }"),
        ("api_key: [\n  hunter2]\nb: c", "api_key: •••\nb: c"),
        ("api_key:\n  hunter2\nb: c", "api_key:\n  hunter2\nb: c"),
        ("api_key: |\n  hunter2\n\n  more\nb: c", "api_key: •••\nb: c"),
        ("- api_key: >-\n    hunter2\n  b: c", "- api_key: •••\n  b: c"),
        ("api_key: !x\n- hunter2\nb: c", "api_key: •••\nb: c"),
        ("api_key: hun\r\n  ter2\r\nb: c", "api_key: •••\r\nb: c"),
    ])
    func `what an API key is set to is hidden to its end`(text: String, expected: String) {
        #expect(shown(text) == expected.replacing("api_key:\n  hunter2\n", with: "api_key:•••\n"))
    }

    @Test(arguments: [
        "api_key: env:DOUBLETICK_API_KEY", "{ api_key: file:/run/secrets/doubletick, b: c }", "api_key: 'env:KEY'",
        "api_key:", "api_key:\nb: c", "the api keys are kept elsewhere", "key_id: 7", "monkey_business", "api", "a", "",
        "key_12345", "rapid: 7", "api_ke", "api_key",
    ])
    func `what is no key stays as it is`(text: String) {
        #expect(shown(text) == text)
    }

    @Test(arguments: [
        ("key_live_0123456789", "key_•••"), ("-key_live-01.key_test_ab key_short", "-key_•••.key_••• key_short"),
        ("é key_live_0123 é", "é key_••• é"),
    ])
    func `what looks like a key is hidden in files and in messages`(text: String, expected: String) {
        #expect(shown(text) == expected)
        #expect(SecretMask.masked(text) == expected)
    }

    @Test(arguments: ["api_key: hunter2-hunter2", "b: key_live_0123456789", "api_key: key_live_0123456789 # c"])
    func `no stretch of a file shows a part of a key`(text: String) {
        let file = SourceFile(path: "a.yml", text: text)
        let mask = SecretMask(hiding: [])
        for lower in file.bytes.indices {
            for upper in lower...file.bytes.count {
                let shown = mask.text(of: file, in: lower..<upper)
                #expect(!shown.contains { $0 == "u" || $0 == "0" || $0 == "9" }, "\(lower)..<\(upper) shows \(shown)")
            }
        }
    }

    /// Every short value: none is a trap, and letters of a value are shown only behind what ends it.
    @Test func `whatever stands behind a key's name is no trap`() {
        let signs = ["'", "\"", "\\", "[", "]", "}", ",", "-", "|", " ", "\n", "\r\n", "a"]
        func texts(_ length: Int) -> [String] {
            length == 0 ? [""] : texts(length - 1).flatMap { text in signs.map { text + $0 } }
        }
        for text in texts(4) {
            let shown = shown("api_key:\(text)")
            #expect(shown.hasPrefix("api_key:"))
            let value = text.drop { $0 == " " }
            if value.hasPrefix("a") { #expect(shown.dropFirst(8).drop { $0 == " " }.hasPrefix("•••")) }
        }
    }
}
