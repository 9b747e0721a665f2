import Events
import Testing

struct BadLineTests {
    @Test(
        arguments: [
            (#"{"a":1"#, "not-json: not JSON: the object is not closed"),
            (#"{"a":[1"#, "not-json: not JSON: the list is not closed"),
            (#"{"a":"b"#, "not-json: not JSON: a string is not closed"),
            (#"{"a":tru}"#, "not-json: not JSON: expected 'true' at byte 6"),
            (#"{"a" 1}"#, "not-json: not JSON: expected ':' behind the key at byte 6"),
            (#"{"a":1 "b":2}"#, "not-json: not JSON: expected ',' or '}' at byte 8"),
            (#"{"a":1,}"#, "not-json: not JSON: expected a key in quotation marks at byte 8"),
            (#"{"a":[1,]}"#, "not-json: not JSON: expected a value at byte 9"),
            (#"{a:1}"#, "not-json: not JSON: expected a key in quotation marks at byte 2"),
            (#"{"a":01}"#, "not-json: not JSON: malformed number at byte 6"),
            (#"{"a":+1}"#, "not-json: not JSON: expected a value at byte 6"),
            (#"{"a":1.}"#, "not-json: not JSON: malformed number at byte 6"),
            (#"{"a":1e400}"#, "not-json: not JSON: the number at byte 6 is too large"),
            (#"{"a":-1e400}"#, "not-json: not JSON: the number at byte 6 is too large"),
            (#"{"a":NaN}"#, "not-json: not JSON: expected a value at byte 6"),
            (#"{"a":"\x"}"#, "not-json: not JSON: no such escape at byte 7"),
            (#"{"a":"\u12g4"}"#, #"not-json: not JSON: '\u' without four hexadecimal digits at byte 7"#),
            ("{\"a\":\"\u{1}\"}", "not-json: not JSON: an unescaped control character stands in a string at byte 7"),
            ("{\"a\":\"\0\"}", "not-json: not JSON: an unescaped control character stands in a string at byte 7"),
            ("{}\0", "not-json: not JSON: something follows the end of the value at byte 3"),
            ("\0", "not-json: not JSON: expected a value at byte 1"),
            (#"{} {}"#, "not-json: not JSON: something follows the end of the value at byte 4"),
            (#"{"a":1}x"#, "not-json: not JSON: something follows the end of the value at byte 8"),
            ("refund please", "not-json: not JSON: expected a value at byte 1"),
            ("[]", "not-an-object: the line holds a list instead of an object"),
            ("5", "not-an-object: the line holds a number instead of an object"),
            (#""text""#, "not-an-object: the line holds a string instead of an object"),
            ("true", "not-an-object: the line holds a boolean instead of an object"),
            ("null", "not-an-object: the line holds null instead of an object"),
            (#"{"a":"\ud800"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\udc00"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\udc00\ud800"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\ud83d\u0041"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\ud83dx"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"\udead":1}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\\\udfff"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (#"{"a":"\ud83d\ude00\ud83d"}"#, "not-utf8: not UTF-8: an escape names half of a surrogate pair"),
            (
                #"{"n":123456789012345678901,"a":"\udc00"}"#,
                "not-utf8: not UTF-8: an escape names half of a surrogate pair"
            ),
            (#"{"beckon":2,"event":{}}"#, "bad-envelope: the envelope's version is 2 instead of 1"),
            (#"{"beckon":1}"#, "bad-envelope: the envelope has no object under 'event'"),
            (#"{"beckon":1,"event":[]}"#, "bad-envelope: the envelope has no object under 'event'"),
        ]
    )
    func `a line that is no event says why`(line: String, expected: String) {
        #expect(summary(of: line) == expected)
    }

    @Test(
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]]
    )
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        var decoder = EventDecoder(format: .auto)
        let line = Array(#"{"text":""#.utf8) + bytes + Array(#""}"#.utf8)
        let decoded = unsafe line.withUnsafeBytes { unsafe decoder.decode($0) }
        #expect(summary(of: decoded) == "not-utf8: not UTF-8")
    }

    @Test(arguments: ["", " ", "\t  ", "\r", "\u{FEFF}", "\u{FEFF} \r\n"])
    func `a line of white space is blank`(line: String) {
        #expect(summary(of: line) == "blank")
    }

    @Test(
        arguments: [
            (#"{"text":"\ud83d\ude00"}"#, "😀"), (#"{"text":"\\ud800"}"#, #"\ud800"#),
            (#"{"text":"\\\\ud800"}"#, #"\\ud800"#),
            (#"{"text":"\u0000|"}"#, "\0|"), ("\u{FEFF}{\"text\":\"a\"}\r", "a"), (#"  {"text":"a"}  "#, "a"),
            (#"{"text":"a","\ud83d\ude00":"\ud83d\ude00"}"#, "a"), (#"{"text":"\uD83D\uDE00\uD83D\uDE00"}"#, "😀😀"),
        ]
    )
    func `what looks bad and is not is read`(line: String, text: String) {
        var decoder = EventDecoder(format: .plain)
        guard case .events(let events) = decoder.decode(line) else {
            Issue.record("not an event: \(line)")
            return
        }
        #expect(events.map(\.text) == [text])
    }

    @Test func `nesting is read up to the limit and refused beyond`() {
        let depth = JSONParser.depthMax
        let inside = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let beyond = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        #expect(summary(of: #"{"text":"a","x":\#(inside)}"#) == "message-received by=customer kind=text text=a")
        #expect(
            summary(of: #"{"text":"a","x":\#(beyond)}"#) == "too-deep: nested deeper than \(depth) lists and objects"
        )
        #expect(
            summary(of: String(repeating: "[", count: 100_000))
                == "too-deep: nested deeper than \(depth) lists and objects"
        )
        #expect(
            summary(of: String(repeating: #"{"a":"#, count: 100_000))
                == "too-deep: nested deeper than \(depth) lists and objects"
        )
    }

    @Test func `a decoder goes on after a bad line`() {
        var decoder = EventDecoder(format: .auto)
        let lines = [#"{"text":"a"}"#, "{", #"{"text":"b"}"#, "{\"\u{1}", "", #"{"text":"c"}"#]
        let summaries = lines.map { summary(of: decoder.decode($0)) }
        #expect(
            summaries == [
                "message-received by=customer kind=text text=a", "not-json: not JSON: the object is not closed",
                "message-received by=customer kind=text text=b",
                "not-json: not JSON: an unescaped control character stands in a string at byte 3", "blank",
                "message-received by=customer kind=text text=c",
            ]
        )
    }
}
