import DoubleTick
import Testing

struct CollaboratorsAnswerTests {
    typealias Match = CollaboratorsAnswer.Match
    typealias Miss = CollaboratorsAnswer.Miss

    @Test(
        arguments: [
            (
                #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[{"number":"9999900199"}]}"#,
                CollaboratorsAnswer(
                    success: [Match(number: "+919999900101", name: "Asha Rao")],
                    failed: [Miss(number: "9999900199")]
                )
            ),
            ("{}", CollaboratorsAnswer(success: [], failed: [])),
            (#" {"success":null,"failed":[]} "#, CollaboratorsAnswer(success: [], failed: [])),
            (
                #"{"success":[{"number":919999900101,"name":null,"role":{"a":[]}},{"name":"nobody"}],"took":3}"#,
                CollaboratorsAnswer(success: [Match(number: "919999900101", name: nil)], failed: [])
            ),
            (
                #"{"success":["+91 99999 00101",919999900102,null,true,[],1.5,-1],"failed":[{"number":7},{}]}"#,
                CollaboratorsAnswer(
                    success: [Match(number: "+91 99999 00101", name: nil), Match(number: "919999900102", name: nil)],
                    failed: [Miss(number: "7")]
                )
            ),
            (
                #"{"success":[{"number":"1","name":5}]}"#,
                CollaboratorsAnswer(success: [Match(number: "1", name: nil)], failed: [])
            ),
        ]
    )
    func `what is missing or unknown is tolerated`(json: String, answer: CollaboratorsAnswer) {
        #expect(CollaboratorsAnswer(reading: Array(json.utf8)) == answer)
    }

    @Test(
        arguments: [
            "", " ", "null", "[]", "1", "\"ok\"", "<html>", #"{"success":{}}"#, #"{"success":"all"}"#,
            #"{"success":[],"failed":7}"#, #"{"success":[{"number":"1"}"#, #"{"success":[]}}"#, "{\"success\":tru}",
            String(repeating: "[", count: 100_000),
        ]
    )
    func `what is no answer is not read`(json: String) {
        #expect(CollaboratorsAnswer(reading: Array(json.utf8)) == nil)
    }

    @Test func `an answer is written in the documented order and read back`() {
        let answer = CollaboratorsAnswer(
            success: [
                Match(number: "+919999900101", name: "Asha \"A\" Rao"), Match(number: "919999900102", name: nil),
            ],
            failed: [Miss(number: "")]
        )
        #expect(
            answer.json()
                == #"{"success":[{"number":"+919999900101","name":"Asha \"A\" Rao"},"#
                + #"{"number":"919999900102","name":null}],"failed":[{"number":""}]}"#
        )
        #expect(CollaboratorsAnswer(reading: Array(answer.json().utf8)) == answer)
    }
}
