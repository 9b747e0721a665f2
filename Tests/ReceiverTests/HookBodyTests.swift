import Events
import SeededRandom
import Testing

@testable import Receiver

struct HookBodyTests {
    @Test(
        arguments: [
            (#"{"a": 1.0e2, "b":12345678901234567890123}"#, [#"{"a": 1.0e2, "b":12345678901234567890123}"#]),
            ("\u{FEFF} {\r\n\t\"a\":\n\"x\\n, ]\"\r} \n", ["{  \t\"a\": \"x\\n, ]\" }"]),
            ("[]", []), (" [ \n ] ", []), ("[{}]", ["{}"]), ("5", ["5"]), (#""a\"b""#, [#""a\"b""#]),
            (#"[ {"a":[1,2]} ,"x,]\\",[[],{}], null ]"#, [#"{"a":[1,2]}"#, #""x,]\\""#, "[[],{}]", "null"]),
            (#"{"a":1,"a":2}"#, [#"{"a":1,"a":2}"#]),
        ]
    )
    func `originals keep their bytes on one line`(body: String, originals: [String]) {
        #expect(HookBody(Array(body.utf8)) == .originals(originals.map { Array($0.utf8)[...] }))
    }

    @Test(arguments: ["", " \r\n\t ", "\u{FEFF}"])
    func `white space is no body`(body: String) {
        #expect(HookBody(Array(body.utf8)) == .empty)
    }

    @Test(
        arguments: [
            ("{", "not JSON: the object is not closed"), ("a=1&b=2", "not JSON: expected a value at byte 1"),
            ("{\"a\":\"x\ny\"}", "not JSON: an unescaped control character stands in a string at byte 8"),
            ("{} {}", "not JSON: something follows the end of the value at byte 4"),
        ]
    )
    func `what is not JSON is refused with a reason`(body: String, reason: String) {
        guard case .notJSON(let problem) = HookBody(Array(body.utf8)) else {
            Issue.record("it was taken for JSON")
            return
        }
        #expect(problem.reason == reason)
    }

    @Test(arguments: 1...50)
    func `a list is split into what it was made of`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let elements = (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.value(depth: 3, &random) }
        let body = "[" + elements.joined(separator: " ,\n") + "]"
        let originals = elements.map { Array($0.replacing("\n", with: " ").utf8)[...] }
        #expect(HookBody(Array(body.utf8)) == .originals(originals), "seed \(seed)")
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> String {
        let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            depth == 0 ? "1" : value(depth: depth - 1, &random)
        }
        return switch Int.random(in: 0...4, using: &random) {
        case 0: "[" + parts.joined(separator: ",\n") + "]"
        case 1: "{" + parts.map { "\"\\\\,]\\\"\":\n" + $0 }.joined(separator: ",") + "}"
        case 2: #""],[\"{\\""#
        case 3: "-1.5e3"
        default: "null"
        }
    }
}
