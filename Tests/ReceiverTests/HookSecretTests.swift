import Testing

@testable import Receiver

struct HookSecretTests {
    @Test(
        arguments: [
            ("", HookSecret.Problem.isEmpty), ("0123456789abcde", .isTooShort),
            (String(repeating: "a", count: 257), .isTooLong), ("0123456789abcdef\n", .hasOtherCharacters),
            ("0123456789abcdef/", .hasOtherCharacters), ("0123456789abcdef%41", .hasOtherCharacters),
            ("0123456789abcdefé", .hasOtherCharacters), ("short and spaced", .hasOtherCharacters),
        ]
    )
    func `a text that is no secret is refused`(text: String, problem: HookSecret.Problem) {
        #expect(throws: problem) { try HookSecret(text) }
    }

    @Test func `a problem says how to make a secret and not what was given`() {
        #expect(
            HookSecret.Problem.isTooShort.description
                == "the secret has fewer than 16 characters; 'openssl rand -hex 24' makes a good one"
        )
    }

    @Test(arguments: ["0123456789abcdef", "abc-DEF_123.456~xyz", String(repeating: "z", count: 256)])
    func `only the secret itself matches, not what begins with it or it begins with`(text: String) throws {
        let secret = try HookSecret(text)
        #expect(secret.matches(text[...]))
        for place in text.indices {
            var other = text
            other.replaceSubrange(place...place, with: "!")
            #expect(!secret.matches(other[...]))
            #expect(!secret.matches(text[..<place]))
        }
        #expect(!secret.matches("\(text)\(text)"))
        #expect(!secret.matches("\(text)a"))
        #expect(!secret.matches(text.uppercased()[...]) || text == text.uppercased())
    }

    @Test func `no description or dump shows the secret or its digest`() throws {
        let secret = try HookSecret("0123456789abcdef")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(["\(secret)", String(reflecting: secret), dumped] == ["(secret)", "(secret)", "- (secret)\n"])
    }
}
