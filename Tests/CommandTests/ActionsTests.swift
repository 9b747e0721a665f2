import BuiltBeckon
import Testing

/// `beckon actions`, and what becomes of a setting that is rarely written.
struct ActionsTests {
    @Test func `the list tells what a second attempt may do, and what each action is for`() async throws {
        let result = try await Workplace().beckon("actions")
        #expect(
            result.output
                == "add-collaborator  idempotent    Adds agents as collaborators to a DoubleTick conversation.\n"
        )
        #expect(result.errors == "")
        #expect(result.status == 0)
    }

    @Test func `an action is documented with its defaults, and with what is not done twice`() async throws {
        let result = try await Workplace().beckon("actions", "add-collaborator")
        #expect(
            result.output == """
                add-collaborator
                  Adds agents as collaborators to a DoubleTick conversation.

                SETTINGS
                  business      The business number of the conversation.
                                A name from 'business_numbers', or a phone number with country code. If left out: \
                the event's 'business'.
                  customer      The customer of the conversation.
                                A phone number with country code. If left out: the event's 'customer'.
                  agents        The agents to add.
                                An agent, a team, a phone number, or a list of these. Required.
                  repeat_after  For how long an agent who was added to the conversation is not added again.
                                A length of time, such as 30s or 24h. If left out: 30d.

                EFFECT
                  idempotent: doing it twice is the same as doing it once, so an attempt whose outcome could not be \
                learnt is made again.

                REPEATS
                  Those for whom it was done are left out of later calls in the same conversation for 30d, if \
                nothing else is said.
                  Calls for the same ones on one event are made once.

                IN A RULE
                  then:
                    - add-collaborator: { agents: billing }

                EXAMPLES
                  One agent joins:
                    - add-collaborator:
                        business: +91 99999 00000
                        customer: +91 99999 00001
                        agents: [+91 99999 00101]
                  A whole team joins:
                    - add-collaborator:
                        business: +91 99999 00000
                        customer: +91 99999 00001
                        agents: [+91 99999 00101, +91 99999 00102]
                  An agent who is named twice joins once:
                    - add-collaborator:
                        business: +91 99999 00000
                        customer: +91 99999 00001
                        agents: [+91 99999 00101, +91 99999 00102, +91 99999 00101]
                  An agent who joined an hour ago and left joins again:
                    - add-collaborator:
                        business: +91 99999 00000
                        customer: +91 99999 00001
                        agents: [+91 99999 00101]
                        repeat_after: 1h

                """
        )
        #expect(result.status == 0)
    }

    @Test(arguments: [[], ["--repeat-after", "1h"], ["--repeat-after=0s"]])
    func `how long an agent is not added again is no part of the request`(options: [String]) async throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let call = ["try", "add-collaborator", "--curl", "--customer", "919999900001", "--agents", "asha"]
        let result = try await place.beckon(call + options)
        #expect(
            result.output == """
                curl --request POST 'https://public.doubletick.io/collaborators/add' \\
                  --header "Authorization: $DOUBLETICK_API_KEY" \\
                  --header 'Content-Type: application/json' \\
                  --data-raw '{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}'

                """
        )
        #expect(result.errors == "")
    }

    @Test(arguments: [("", ""), (", repeat_after: 1h", #","repeat_after":3600"#)])
    func `a record shows it only where a rule says it`(written: String, shown: String) async throws {
        let rules = """
            agents: { asha: { phone: +91 99999 00101 } }
            business_numbers: { main: +91 99999 00000 }
            rules: [{ id: hi, then: [{ add-collaborator: { agents: asha\(written) } }] }]
            """
        let place = try Workplace(["rules/rules.yml": rules, "events.jsonl": #"{"customer":"919999900001"}"#])
        let result = try await place.beckon("run", "--dry-run", "--input", "events.jsonl")
        #expect(
            result.output == """
                {"line":1,"rule":"hi","action":"add-collaborator","conversation":"919999900000:919999900001",\
                "with":{"business":"919999900000","customer":"919999900001","agents":["919999900101"]\(shown)},\
                "status":"planned"}

                """
        )
    }
}
