import ActionKit
import Delivery
import Testing

struct HTTPTransportDestinationTests {
    // MARK: - Base URLs

    @Test(
        arguments: [
            ("https://public.doubletick.io", "https://public.doubletick.io"),
            ("https://public.doubletick.io/", "https://public.doubletick.io"),
            ("HTTPS://Public.DoubleTick.IO/V2//", "https://public.doubletick.io/V2"),
            ("https://example.com:8443/a/b%20c", "https://example.com:8443/a/b%20c"),
            ("https://10.0.0.7", "https://10.0.0.7"),
            ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]:443/x"),
            ("https://127.0.0.1.example.com", "https://127.0.0.1.example.com"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://LOCALHOST", "http://localhost"),
            ("http://127.0.0.1:1", "http://127.0.0.1:1"),
            ("http://127.255.255.254", "http://127.255.255.254"),
            ("http://[::1]:65535/p", "http://[::1]:65535/p"),
        ]
    )
    func `a base URL is kept without slashes at its end`(text: String, kept: String) throws {
        let url = try BaseURL(text)
        #expect(url.description == kept)
        #expect(try BaseURL(kept) == url)
    }

    @Test(
        arguments: [
            ("", .scheme), ("public.doubletick.io", .scheme), ("ftp://files.example", .scheme), ("://x", .scheme),
            (" https://x.example", .scheme), ("https:/x.example", .scheme),
            ("https://key_abc@x.example", .userInformation), ("https://a:b@x.example/", .userInformation),
            ("http://localhost@evil.example", .userInformation),
            ("https://x.example?key=1", .queryOrFragment), ("https://x.example/a#b", .queryOrFragment),
            ("https://", .host), ("https:///a", .host), ("https://-a.example", .host), ("https://a..example", .host),
            ("https://a_b.example", .host), ("https://ex ample", .host), ("https://exämple.com", .host),
            ("https://127.1", .host), ("https://2130706433", .host), ("https://127.0.0.256", .host),
            ("https://0127.0.0.1", .host), ("https://x.example.", .host), ("https://[::1", .host),
            ("https://[::g]", .host), ("https://[127.0.0.1]", .host), ("https://::1", .port),
            ("https://\(String(repeating: "a", count: 64)).example", .host),
            ("https://x.example:", .port), ("https://x.example:0", .port), ("https://x.example:65536", .port),
            ("https://x.example:+80", .port), ("https://x.example:8080:1", .port),
            ("https://x.example/a b", .path), ("https://x.example/../b", .path), ("https://x.example/%2e%2E/", .path),
            ("https://x.example/ä", .path), ("https://x.example/%zz", .path), ("https://x.example\\b", .path),
            ("https://x.example/a\r\nb", .path),
            ("http://x.example", .plainHTTP(host: "x.example")),
            ("http://128.0.0.1", .plainHTTP(host: "128.0.0.1")),
            ("http://127.0.0.1.example.com", .plainHTTP(host: "127.0.0.1.example.com")),
            ("http://localhost.example", .plainHTTP(host: "localhost.example")),
            ("http://[::2]", .plainHTTP(host: "[::2]")),
            ("http://[::ffff:127.0.0.1]", .plainHTTP(host: "[::ffff:127.0.0.1]")),
        ] as [(String, BaseURL.Problem)]
    )
    func `a URL that is no base URL is refused`(text: String, problem: BaseURL.Problem) {
        #expect(throws: problem) { try BaseURL(text) }
    }

    @Test func `problems of base URLs are readable`() {
        let problems: [BaseURL.Problem] = [
            .scheme, .userInformation, .queryOrFragment, .host, .port, .path, .plainHTTP(host: "x.example"),
        ]
        #expect(
            problems.map(\.description) == [
                "a base URL begins with 'https://'",
                "a base URL must not hold a user name or password",
                "a base URL must not have a query or a fragment",
                "the host of the base URL is neither a name nor an address",
                "the port of the base URL is not a number from 1 to 65535",
                "the path of the base URL holds '.', '..' or characters that must be escaped",
                "plain http is for this machine only, so write 'https://x.example'",
            ]
        )
    }

    // MARK: - Keys

    @Test func `a key is shown by nothing`() throws {
        let credential = try Credential("key_abc-DEF_123")
        let destination = Destination(
            name: "doubletick",
            baseURL: try BaseURL("https://x.example"),
            credential: credential
        )
        #expect("\(credential)" == "(secret)")
        #expect(String(reflecting: credential) == "(secret)")
        #expect(Mirror(reflecting: credential).children.isEmpty)
        var dumped = ""
        dump(destination, to: &dumped)
        #expect(!(dumped + "\(destination)" + String(reflecting: destination)).contains("abc"))
    }

    @Test(
        arguments: [
            ("", .isEmpty),
            (" key_abc", .hasSpacesAround), ("key_abc ", .hasSpacesAround), ("key_abc\n", .hasSpacesAround),
            ("key_abc\r\n", .hasSpacesAround), ("\tkey_abc", .hasSpacesAround), ("\u{A0}key_abc", .hasSpacesAround),
            ("key\nabc", .hasControlCharacters), ("key\r\nX-Evil: 1", .hasControlCharacters),
            ("key\tabc", .hasControlCharacters), ("key\u{0}abc", .hasControlCharacters),
            ("key\u{7F}", .hasControlCharacters),
            ("Bearer key_abc", .hasSpaces),
            ("“key_abc”", .isNotASCII), ("key—abc", .isNotASCII),
        ] as [(String, Credential.Problem)]
    )
    func `a text that cannot be a key is refused`(text: String, problem: Credential.Problem) {
        #expect(throws: problem) { try Credential(text) }
    }

    @Test func `what repeats the key is masked, inside JSON too`() throws {
        let credential = try Credential(#"s3cr"et/1"#)
        let answer = #"{"plain":"s3cr"et/1","json":"s3cr\"et/1","slashed":"s3cr\"et\/1","other":"s3cr"}"#
        let masked = credential.masked(in: Array(answer.utf8))
        #expect(
            String(decoding: masked, as: UTF8.self)
                == #"{"plain":"•••","json":"•••","slashed":"•••","other":"s3cr"}"#
        )
    }

    @Test func `problems of keys are readable`() {
        let problems: [Credential.Problem] = [
            .isEmpty, .hasSpacesAround, .hasSpaces, .hasControlCharacters, .isNotASCII,
        ]
        #expect(
            problems.map(\.description) == [
                "the key is empty",
                "the key begins or ends with white space",
                "the key holds white space; it is sent alone, without 'Bearer' or any other word before it",
                "the key holds a control character",
                "the key holds a character outside ASCII",
            ]
        )
    }
}
