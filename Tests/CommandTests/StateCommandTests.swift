import BuiltBeckon
import Events
import Foundation
import Ledger
import Testing

/// `beckon state` over a folder that holds something of every kind: every text as a person sees it.
struct StateCommandTests {
    /// Transcripts: commands in order, each with what it shows and how it ends.
    private static let transcripts: [String: [String]] = [
        "list": [
            "state", "state --json", "state list --limit 2", "state 919999900000:919999900001",
            "state '+91 99999 00001'", "state --rule shop --fact vip", "state list --rule shop --customer 919999900002",
            "state --conversation 919999900000:919999900002 --rule price-then-buy --json",
        ],
        "clear": [
            "state clear 919999900000:919999900001 --rule once-a-day", "state clear '+91 99999 00001'",
            "state clear '+91 99999 00001'", "state clear --fact owner --json", "state clear --rule none", "state",
            "state clear --all", "state",
        ],
        "forget": ["ledger forget 919999900002 --yes", "ledger forget 919999900001 --yes --json", "state"],
    ]

    @Test(arguments: transcripts.keys.sorted())
    func `a command shows what people have seen`(name: String) async throws {
        let place = try Workplace()
        try SampleState.remember(place.folder)
        try await Transcript(Self.transcripts[name] ?? [], in: place).expect("state/\(name)")
    }

    @Test(
        arguments: [
            ("list --limit 0", "--limit must be at least 1"),
            ("list 99999", "'99999' has no country code; write it like +91 99999 00001"),
            ("asha:1", "'asha:1' is no conversation; write it like 919999900000:919999900001"),
            ("--state elsewhere", "there is no state in 'elsewhere'"),
            ("clear", "name a conversation or a customer, or choose with --rule, --fact or --all"),
            ("clear --all --rule shop", "--all clears everything; leave it out to clear a part"),
            ("clear --rule shop --fact vip", "--rule and --fact exclude each other"),
            ("clear --all --state elsewhere", "there is no state in 'elsewhere'"),
        ]
    )
    func `what cannot be done is said in a sentence, and nothing is changed`(
        command: String,
        message: String
    ) async throws {
        let place = try Workplace()
        try SampleState.remember(place.folder)
        let result = try await place.shell("beckon state \(command)")
        #expect(result.errors == "beckon: \(message)\n")
        #expect(result.output == "")
        #expect(result.status == 2)
        #expect(try await place.beckon("state", "--json").lines.count == SampleState.memory.count)
    }

    @Test func `beside a run it asks the run to clear, and deletes nothing under it`() async throws {
        let place = try Workplace()
        try SampleState.remember(place.folder)
        let run = try Ledger.open(StateFolder(place.folder.appendingPathComponent(".beckon").path))
        let list = try await place.beckon("state", "--fact", "vip")
        #expect(
            list.errors == """
                1 window. The time of events is 2026-01-07T06:30:00Z. A run is at work on '.beckon' (process \(getpid())).

                """
        )
        let clear = try await place.beckon("state", "clear", "--fact", "vip")
        #expect(clear.output == "fact vip: 1 to be cleared\n")
        #expect(
            clear.errors == "The run that is at work (process \(getpid())) clears 1 window at its next step.\n"
        )
        #expect(clear.status == 0)
        let forget = try await place.beckon("ledger", "forget", "919999900002", "--yes")
        #expect(forget.errors.hasPrefix("Left to the run that is at work, until its next step: 4 windows.\n"))
        #expect(forget.status == 1)
        #expect(
            try run.stateRequests().map(\.wish) == [
                StateWish(owner: .fact("vip")), StateWish(.everyMention(customer: "919999900002")),
            ]
        )
        #expect(try await place.beckon("state", "--json").lines.count == SampleState.memory.count)
        withExtendedLifetime(run) {}
    }

    @Test func `messages are shown with --json only`() async throws {
        let place = try Workplace()
        try SampleState.remember(place.folder)
        #expect(try await !place.beckon("state").output.contains("anyone"))
        #expect(try await place.beckon("state", "--json").output.contains("Is anyone there?"))
    }

    @Test func `every page of help teaches with examples`() async throws {
        for command in [[], ["list"], ["clear"]] {
            let help = try await Workplace().beckon(["state"] + command + ["--help"])
            #expect(help.output.contains("EXAMPLES\n"), "\(command)")
            #expect(help.status == 0)
        }
    }

    @Test func `the page on the state shows what the commands show`() async throws {
        let examples = try PageExample.all(on: "State")
        #expect(examples.count == 2)
        for example in examples {
            let place = try Workplace()
            try SampleState.remember(place.folder)
            #expect(try await place.shell("\(example.command) 2>&1").output == example.shown)
        }
    }
}
