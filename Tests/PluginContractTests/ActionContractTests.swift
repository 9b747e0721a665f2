import ActionKit
import ActionKitTesting
import Testing

struct ActionContractTests {
    @Test func `a sound action keeps the contract`() async {
        #expect(await ActionContract(SoundAction.self).violations() == [])
    }

    @Test func `a sound action that is not done again for a while keeps the contract`() async {
        #expect(await ActionContract(SoundCards.self).violations() == [])
    }

    @Test func `an action without a guard stays as it is when it is narrowed`() throws {
        let letter = try SoundAction(SoundAction.letter)
        #expect(letter.repeatGuard == nil)
        #expect(letter.narrowed(to: ["919999900009"]).to == letter.to)
    }

    @Test(
        arguments: [
            (
                BadlyNamed.self,
                [
                    "the id 'PostLetter' is not in kebab case",
                    "the summary of 'PostLetter' is not one sentence with a full stop",
                    "the setting 'postScript' is not in snake case",
                    "the summary of the setting 'postScript' is not one sentence with a full stop",
                ]
            ),
            (
                SaysThingsTwice.self,
                ["the setting 'post_script' stands in the spec twice", "two examples have the title 'A letter'"]
            ),
            (ShowsNothingAccepted.self, ["no example shows settings that are accepted"]),
            (
                ShowsWhatIsNotSo.self,
                [
                    "the example 'Nothing to say' should be accepted, but is refused because 'text' must not be empty",
                    "the example 'Too much to say' holds 'stamp', which is no setting of 'post-letter'",
                    "the example 'Polite' should be refused because 'text' is rude, but is accepted",
                    "the example 'Silent' should be refused because 'text' is silent, "
                        + "but is refused because 'text' is missing",
                ]
            ),
            (
                InsistsOnTheWrongSettings.self,
                [
                    "the example 'A note' without 'to' is refused because 'post_script' has no reader",
                    "'text' is required, but the example 'A note' without it is accepted",
                    "'post_script' may be absent, but the example 'A note' without it is refused because "
                        + "'post_script' is missing",
                ]
            ),
            (
                RefusesUnknownSettings.self,
                ["A letter", "A note"].map {
                    "the example '\($0)' with an unknown setting is refused because "
                        + "'setting_that_no_action_has' is unknown"
                }
            ),
            (
                SendsUnknownSettings.self,
                ["A letter", "A note"].map { "an unknown setting changes the request of the example '\($0)'" }
            ),
            (
                SendsAnotherRequestEachTime.self,
                ["A letter", "A note"].flatMap {
                    [
                        "the same job with the settings '\($0)' sends different requests",
                        "the request shown for '\($0)' is not the one that is sent first",
                    ]
                }
            ),
            (
                ShowsNoRequest.self,
                ["A letter", "A note"].map { "the request shown for '\($0)' is not the one that is sent first" }
            ),
            (
                SendsElsewhere.self,
                ["the destination 'Post Office' is not in kebab case"]
                    + Array(
                        repeating: "a request goes to 'post-office', which is not the destination of the spec",
                        count: 2
                    )
            ),
            (
                ForgetsTheJob.self,
                Array(repeating: "the effect is keyed, but no request carries the id of the job", count: 2)
            ),
            (
                RepeatsWhatItHears.self,
                [
                    "an outcome has no detail: first at status 100 with an empty body, 500 times in all",
                    "the reason code 'HTTP 0' is not in kebab case: first at status 100 with an empty body, "
                        + "5000 times in all",
                    "an outcome holds a key that the answer planted: first at status 100 with a JSON message, "
                        + "4000 times in all",
                    "the detail of an outcome is too long: first at status 100 with deep JSON, 1000 times in all",
                    "the detail of an outcome holds control characters: first at status 100 with HTML, "
                        + "1500 times in all",
                ]
            ),
            (
                AlwaysSucceeds.self,
                [
                    "the outcome claims success although nothing was sent",
                    "the outcome claims success although no answer came",
                ]
            ),
            (
                GuardsNobody.self,
                ["Two cards", "A card"].map { "the repeat guard of the example '\($0)' names nobody" }
                    + ["no example is for several members of the repeat guard"]
            ),
            (
                GuardsTwiceAndBackwards.self,
                ["Two cards", "A card"].flatMap {
                    [
                        "the repeat guard of the example '\($0)' names somebody twice",
                        "the period of the repeat guard of the example '\($0)' is less than nothing",
                    ]
                }
            ),
            (
                StaysAsWideAsItIs.self,
                ["the example 'Two cards' narrowed to some of its members is for others too"]
            ),
            (
                TakesTheOrderOfOthers.self,
                ["the example 'Two cards' narrowed to all of its members is another call"]
            ),
            (
                ForgetsThePeriod.self,
                ["the example 'Two cards' narrowed to some of its members is for others too"]
            ),
            (ShowsNoneForSeveral.self, ["no example is for several members of the repeat guard"]),
            (
                ShowsAnotherDefault.self,
                ["Two cards", "A card"].map {
                    "writing the default of 'again_after' makes another call of the example '\($0)'"
                }
            ),
        ] as [(any Action.Type, [String])]
    )
    func `each broken promise is found, and nothing else`(action: any Action.Type, violations: [String]) async {
        func found<Subject: Action>(_ action: Subject.Type) async -> [String] {
            await ActionContract(action).violations()
        }
        #expect(await found(action) == violations)
    }

    @Test func `an attempt that goes on after cancellation is found`() async {
        let contract = ActionContract(IgnoresCancellation.self, patience: .milliseconds(50))
        #expect(await contract.violations() == ["an attempt goes on after its task was cancelled"])
        IgnoresCancellation.gate.continuation.finish()
    }

    @Test func `a scripted transport plays its exchanges and then the last one again`() async {
        let first = Exchange.notSent(Reason("connection-refused", "Nobody there."))
        let last = Exchange.answered(Answer(status: 200, body: []))
        let transport = ScriptedTransport(first, last)
        let requests = ["/a", "/b", "/c"].map { ActionRequest(destination: "x", method: "GET", path: $0) }
        var exchanges: [Exchange] = []
        for request in requests { exchanges.append(await transport.send(request)) }
        #expect(exchanges == [first, last, last])
        #expect(transport.requests == requests)
    }

    @Test func `a hanging transport ends with its task`() async {
        let transport = ScriptedTransport(ending: .hanging)
        let sending = Task { await transport.send(ActionRequest(destination: "x", method: "GET", path: "/")) }
        sending.cancel()
        #expect(
            await sending.value
                == .unanswered(Reason("cancelled", "The request was cancelled before an answer came."))
        )
    }
}
