import DoubleTick
import Testing

struct ErrorBodyTests {
    @Test(
        arguments: [
            // The shapes that were documented or seen.
            (
                #"{ "statusCode": 400, "message": ["agentNumbers must contain at least 1 elements"], "error": "Bad Request" }"#,
                "agentNumbers must contain at least 1 elements"
            ),
            (
                #"{ "statusCode": 401, "message": "Invalid public api key", "error": "Unauthorized" }"#,
                "Invalid public api key"
            ),
            (
                #"{ "statusCode": 422, "message": "User is not a member of the team" }"#,
                "User is not a member of the team"
            ),
            (
                #"{ "message": "Chat window is closed. To message this customer use a template", "handled": true }"#,
                "Chat window is closed. To message this customer use a template"
            ),
            (
                #"{ "message": "Cannot GET /v2/p/nope", "error": "Not Found", "statusCode": 404 }"#,
                "Cannot GET /v2/p/nope"
            ),
            // Lists, junk and what else JSON can be.
            (#"{"message":["from must be text","to must be text"]}"#, "from must be text; to must be text"),
            (#"{"message":["",null,7,["deeper"],{"message":"deepest"}]}"#, "deeper; deepest"),
            (#"{"message":{"statusCode":400,"message":["in the middle"]}}"#, "in the middle"),
            (#"{"error":{"errors":[{"message":"four deep"}]}}"#, "four deep"),
            (#"{"errors":[{"detail":"JSON:API"}]}"#, "JSON:API"),
            (#"{"message":"","error":"Bad Request"}"#, "Bad Request"),
            (#"{"message":null,"error":"Bad Request"}"#, "Bad Request"),
            (#"{"statusCode":1e300,"message":"a strange code"}"#, "a strange code"),
            (#"{"code":17}"#, #"{"code":17}"#),
            (#"{"message":7}"#, #"{"message":7}"#),
            (#"["one","two"]"#, "one; two"),
            (#""just text""#, "just text"),
            ("{}", nil), ("[]", nil), ("null", nil), ("{\"message\":", "{\"message\":"),
            // Pages.
            ("<html><head><title>502 Bad Gateway</title></head><body><h1>no</h1></body></html>", "502 Bad Gateway"),
            (
                "  <!DOCTYPE HTML>\n<TITLE lang=en>\n 503\n &lt;Busy&gt; &#38; &#x263A; &nope; </TITLE>",
                "503 <Busy> & ☺ &nope;"
            ),
            (
                "<html><title> </title><style>p{}</style><script>var a = '<p>';</script><!-- <p>hid</p> -->"
                    + "<body><p>Access<br>denied &amp; logged</p></body>",
                "Access denied & logged"
            ),
            ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "AccessDenied"),
            ("<html><script>never ends", nil), ("<html", nil), ("<p>a < b & c", "a < b & c"), ("<p>&", "&"),
            ("< not a page", "< not a page"),
            // Other texts.
            ("", nil), (" \r\n\t ", nil),
            ("upstream\r\n  connect\terror\u{0}\u{1B}[31m\u{7F}", "upstream connect error[31m"),
            ("right\u{202E}to\u{200B}left\u{FEFF}", "righttoleft"),
        ] as [(String, String?)]
    )
    func `a body of any shape is one readable line`(body: String, line: String?) {
        #expect(ErrorBody(reading: Array(body.utf8)).line == line)
    }

    @Test(
        arguments: [
            ("Invalid key key_abc-DEF_123.", "Invalid key key_…."),
            ("key_key_a key_ key_b", "key_… key_ key_…"),
            ("ke\u{200B}y_a\u{0}bc", "key_…"),
            ("KEY_abc", "KEY_abc"),
            (#"{"message":["key_abc","is key_\u0064ef"]}"#, "key_…; is key_…"),
            (#"{"message":"\u006bey_abc"}"#, "key_…"),
            ("<title>key&#95;abc</title>", "key_…"),
            (#"{"secret":"key_abc"}"#, #"{"secret":"key_…"}"#),
            (String(repeating: "x", count: 194) + " key_abc", String(repeating: "x", count: 194) + " key_…"),
            (String(repeating: "x", count: 197) + "key_abc", String(repeating: "x", count: 197) + "ke…"),
        ]
    )
    func `a key is never repeated`(body: String, line: String) {
        #expect(ErrorBody(reading: Array(body.utf8)).line == line)
    }

    @Test func `a long line is cut`() {
        let exact = String(repeating: "é", count: 200)
        #expect(ErrorBody(reading: Array(exact.utf8)).line == exact)
        let cut = String(repeating: "é", count: 199) + "…"
        #expect(ErrorBody(reading: Array((exact + "é").utf8)).line == cut)
        #expect(ErrorBody(reading: Array(#"{"message":["\#(exact)","b"]}"#.utf8)).line == cut)
        #expect(
            ErrorBody(reading: Array(#"{"message":"\#(String(repeating: "é", count: 1 << 20))"}"#.utf8)).line?.count
                == 200
        )
    }

    @Test(
        arguments: [
            Array(0...255), Array(repeating: 0, count: 1 << 20), Array(repeating: 0xFF, count: 10),
            [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xAB, 0x56],
        ] as [[UInt8]]
    )
    func `what is no text has no line`(body: [UInt8]) {
        #expect(ErrorBody(reading: body).line == nil)
    }

    @Test(arguments: ["[", "{\"message\":", "<", "<!--", "&#", "{\"a\":"])
    func `what is deep and huge is read in passing`(piece: String) {
        let body = Array(String(repeating: piece, count: (1 << 20) / piece.utf8.count).utf8)
        #expect((ErrorBody(reading: body).line ?? "").count <= 200)
    }

    @Test(
        arguments: [
            (
                ErrorBody(statusCode: 400, message: .several(["a \"b\"", "c"]), error: "Bad Request"),
                #"{"statusCode":400,"message":["a \"b\"","c"],"error":"Bad Request"}"#
            ),
            (
                ErrorBody(statusCode: 401, message: .one("Invalid public api key"), error: "Unauthorized"),
                #"{"statusCode":401,"message":"Invalid public api key","error":"Unauthorized"}"#
            ),
            (ErrorBody(message: .one("Chat window is closed")), #"{"message":"Chat window is closed"}"#),
        ]
    )
    func `a body is written as the service writes it and read back`(body: ErrorBody, json: String) {
        #expect(body.json() == json)
        #expect(ErrorBody(reading: Array(json.utf8)) == body)
    }
}
