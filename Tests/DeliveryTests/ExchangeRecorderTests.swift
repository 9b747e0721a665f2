import ActionKit
import Delivery
import Ledger
import Testing

struct ExchangeRecorderTests {
    /// A transport that has the same to say to everything.
    private struct Echo: Transport {
        var exchange: Exchange

        func send(_: ActionRequest) async -> Exchange { exchange }
    }

    private static let request = ActionRequest(destination: "doubletick", method: "GET", path: "/team")

    private static func record(_ exchange: Exchange) async -> ExchangeRecord? {
        let recorder = ExchangeRecorder(Echo(exchange: exchange))
        #expect(recorder.record == nil)
        #expect(await recorder.send(request) == exchange)
        #expect(recorder.exchanges.count == 1)
        return recorder.record
    }

    @Test func `the last exchange is kept with its status and answer`() async {
        let record = await Self.record(.answered(Answer(status: 400, body: Array(#"{"message":"no"}"#.utf8))))
        #expect(record == ExchangeRecord(request: Self.request, status: 400, answer: #"{"message":"no"}"#))
    }

    @Test(arguments: [
        Exchange.unanswered(Reason("timeout", "No answer came.")), .notSent(Reason("no-such-host", "There is none.")),
    ])
    func `what was not answered is kept without an answer`(exchange: Exchange) async {
        #expect(await Self.record(exchange) == ExchangeRecord(request: Self.request))
    }

    @Test(arguments: [("é", 1), ("अ", 1), ("अ", 2), ("😀", 1), ("😀", 2), ("😀", 3)])
    func `of a long answer whole characters are kept`(character: String, cut: Int) async {
        let kept = String(repeating: "x", count: LedgerLimits.answerBytesMax - cut)
        let record = await Self.record(.answered(Answer(status: 200, body: Array((kept + character).utf8))))
        #expect(record?.answer == kept)
    }

    @Test func `an answer that is no text is kept as far as it is`() async {
        let record = await Self.record(.answered(Answer(status: 200, body: [0x61, 0xFF, 0x62])))
        #expect(record?.answer == "a\u{FFFD}b")
    }
}
