import ActionKit
import DoubleTick
import Testing

struct DoubleTickNumberTests {
    @Test(arguments: ["919999900101", "+919999900101", "+91 99999-00101", "\u{202A}(91) 99999 00101\u{202C}"])
    func `numbers are compared by their digits`(number: String) {
        #expect(DoubleTickNumber(number) == DoubleTickNumber("919999900101"))
        #expect(DoubleTickNumber(number).description == "919999900101")
    }

    @Test(arguments: ["9999900101", "0919999900101", "", "nobody"])
    func `no digits are guessed`(number: String) {
        #expect(DoubleTickNumber(number) != DoubleTickNumber("919999900101"))
    }

    @Test func `a list of numbers holds each once`() throws {
        let settings: Settings = ["agents": ["919999900102", "919999900101", "919999900102"]]
        #expect(try settings.phones("agents") == ["919999900102", "919999900101"])
    }
}
