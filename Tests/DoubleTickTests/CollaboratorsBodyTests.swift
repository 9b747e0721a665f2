import DoubleTick
import Foundation
import Testing

struct CollaboratorsBodyTests {
    @Test func `a body is written compactly in the documented order`() {
        let body = CollaboratorsBody(
            from: "919999900000",
            to: "919999900001",
            agentNumbers: ["919999900101", "919999900102"]
        )
        #expect(
            body.json()
                == #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101","919999900102"]}"#
        )
    }

    @Test(
        arguments: [
            "", "\"", "\\", "\\u0041", "/", "\n\r\t\u{8}\u{C}", "\u{0}\u{1}\u{1F}\u{7F}\u{80}", "\u{2028}\u{2029}",
            "नमस्ते", "👩‍👩‍👧‍👧", "\u{10FFFF}", "\u{FEFF}", "e\u{301}", "\"\u{301}", "\\\u{301}", "\r\n", "</script>",
        ]
    )
    func `any text is read back as it was`(text: String) throws {
        let body = CollaboratorsBody(from: text, to: text + text, agentNumbers: ["", text, "x" + text])
        let read = try JSONDecoder().decode(CollaboratorsBody.self, from: Data(body.json().utf8))
        #expect(Array(read.from.utf8) == Array(text.utf8))
        #expect(read == body)
    }

    @Test func `every control character is read back as it was`() throws {
        let text = String(String.UnicodeScalarView((0...0xA0).compactMap { Unicode.Scalar($0) }))
        let body = CollaboratorsBody(from: text, to: "", agentNumbers: [])
        #expect(try JSONDecoder().decode(CollaboratorsBody.self, from: Data(body.json().utf8)) == body)
    }
}
