import Foundation
import Testing

@testable import Sandbox

struct SandboxSeedTests {
    @Test func `a whole seed is read`() throws {
        let json = """
            {
              "businesses": ["+91 99999 00000"],
              "team": [{"name": "Asha Rao", "phone": "+919999900101"}, {"phone": "919999900102"}],
              "chats": [
                {"business": "919999900000", "customer": "919999900001", "name": "Kiran Patel", "owner": "+919999900101"},
                {"business": "919999900000", "customer": "919999900002"}
              ]
            }
            """
        #expect(
            try SandboxSeed(json: Data(json.utf8))
                == SandboxSeed(
                    businesses: ["+91 99999 00000"],
                    team: [
                        SandboxSeed.Member(name: "Asha Rao", phone: "+919999900101"),
                        SandboxSeed.Member(name: nil, phone: "919999900102"),
                    ],
                    chats: [
                        SandboxSeed.Chat(
                            business: "919999900000",
                            customer: "919999900001",
                            name: "Kiran Patel",
                            owner: "+919999900101"
                        ),
                        SandboxSeed.Chat(business: "919999900000", customer: "919999900002"),
                    ]
                )
        )
    }

    @Test(
        arguments: [
            ("", "s.json: the seed is not JSON"),
            ("{\"team\": [", "s.json: the seed is not JSON"),
            ("[]", "s.json: the seed must be an object"),
            (#"{"teams": []}"#, "s.json: 'teams' is no key of a seed here; known are businesses, team, chats"),
            (#"{"team": {}}"#, "s.json: 'team' must be a list"),
            (#"{"team": ["Asha"]}"#, "s.json: 'team[0]' must be an object"),
            (#"{"team": [{"phone": "1"}, {"name": "Asha"}]}"#, "s.json: 'team[1].phone' is missing"),
            (#"{"team": [{"phone": 919999900101}]}"#, "s.json: 'team[0].phone' must be text"),
            (#"{"team": [{"phone": null}]}"#, "s.json: 'team[0].phone' must be text"),
            (#"{"team": [{"phone": "none"}]}"#, "s.json: 'team[0].phone' is no phone number: it has no digits"),
            (
                #"{"team": [{"phone": "1234567890123456"}]}"#,
                "s.json: 'team[0].phone' is no phone number: it has more than 15 digits"
            ),
            (
                #"{"team": [{"phone": "1", "nmae": "Asha"}]}"#,
                "s.json: 'team[0].nmae' is no key of a seed here; known are name, phone"
            ),
            (
                #"{"team": [{"phone": "1", "name": ""}]}"#,
                "s.json: 'team[0].name' is empty; leave it out for a member without a name"
            ),
            (
                #"{"team": [{"phone": "+91 1"}, {"phone": "911"}]}"#,
                "s.json: 'team[1].phone' is the same number as 'team[0].phone'"
            ),
            (
                #"{"businesses": ["1", "+1"]}"#, "s.json: 'businesses[1]' is the same number as 'businesses[0]'"
            ),
            (
                #"{"businesses": ["1"], "chats": [{"business": "2", "customer": "3"}]}"#,
                "s.json: 'chats[0].business' is not in 'businesses'"
            ),
            (
                #"{"chats": [{"business": "2", "customer": "3", "owner": "4"}]}"#,
                "s.json: 'chats[0].owner' is not in 'team'"
            ),
            (#"{"chats": [{"business": "2"}]}"#, "s.json: 'chats[0].customer' is missing"),
            (
                #"{"chats": [{"business": "2", "customer": "3"}, {"business": "+2", "customer": "3"}]}"#,
                "s.json: 'chats[1]' is the same chat as 'chats[0]'"
            ),
        ]
    )
    func `a wrong seed is refused where it is wrong`(json: String, problem: String) {
        let found = #expect(throws: SandboxSeedProblem.self) {
            try SandboxSeed(json: Data(json.utf8), file: "s.json")
        }
        #expect(found?.description == problem)
    }

    @Test func `a file that is not there is named`() {
        let found = #expect(throws: SandboxSeedProblem.self) {
            try SandboxSeed(contentsOf: URL(fileURLWithPath: "/nowhere/seed.json"))
        }
        #expect(found?.description == "/nowhere/seed.json: the seed cannot be read")
    }

    @Test func `a seed made in the program is checked too`() {
        let seed = SandboxSeed(team: [SandboxSeed.Member(name: "Asha", phone: "")])
        let found = #expect(throws: SandboxProblem.self) { try Sandbox(SandboxConfiguration(seed: seed)) }
        #expect(found?.description == "'team[0].phone' is no phone number: it has no digits")
    }

    @Test func `a seed beyond the limits is refused`() {
        var limits = SandboxLimits()
        limits.chatsMax = 1
        let found = #expect(throws: SandboxProblem.self) {
            try Sandbox(SandboxConfiguration(seed: .example, limits: limits))
        }
        #expect(found?.description == "'chats' has 2 chats; the sandbox keeps 1")
    }
}
