import BuiltBeckon
import Events
import Foundation
import Ledger
import Testing

/// `beckon ledger` over a folder that holds a job of every status: every text as a person sees it.
struct LedgerCommandTests {
    /// A transcript: commands in order, each with what it shows and how it ends.
    private static let transcripts: [String: [String]] = [
        "list": [
            "ledger", "ledger list --json", "ledger --status open --limit 1", "ledger --status failed,unknown",
            "ledger --rule late-order --reason 'missing: order'", "ledger --customer '+91 99999 00002'",
            "ledger --conversation '+91 99999 00000:919999900003'", "ledger --action add-collaborator --limit 1",
            "ledger --since 2026-01-08T00:00:00Z", "ledger --since 36500d --json --limit 1",
        ],
        "show": [
            "ledger show 1", "ledger show m2/refund/0", "ledger show 3", "ledger show 5", "ledger show 6",
            "ledger show 7",
            "ledger show 8", "ledger show 8 --json", "ledger show 3 --json",
        ],
        "report": ["ledger show 3 --report", "ledger show 4 --report", "ledger show 7 --report"],
        "retry": [
            "ledger retry 1 3 4 5 6 7", "ledger --status open", "ledger retry --all-failed --json",
            "ledger retry --status partial", "ledger retry --reason timeout", "ledger show 3",
        ],
        "drop": [
            "ledger drop 7 3 --json", "ledger drop 8",
            "ledger show 8 | sed 's/^settled .*/settled       now/'", "ledger retry 8 9",
        ],
        "forget": [
            "ledger forget '+91 (99999) 00008' --yes", "ledger forget 919999900001 --yes --json",
            "ledger forget 919999900001 --yes", "ledger forget 919999900101 --yes", "ledger",
        ],
        "stats": [
            "ledger stats | sed 's/[0-9]* bytes, version [0-9]*/N bytes, version N/'",
            "ledger stats --since 2026-01-08T00:00:00Z | head -4",
            "ledger stats --json | sed 's/\"bytes_on_disk\":[0-9]*,\"version\":[0-9]*/\"bytes_on_disk\":0,\"version\":0/'",
        ],
        "collaborators": [
            "ledger collaborators 919999900000:919999900001", "ledger collaborators '+91 99999 00000:+91 99999 00002'",
            "ledger collaborators --customer 919999900002 --json", "ledger collaborators 919999900000:919999900099",
        ],
    ]

    @Test(arguments: transcripts.keys.sorted())
    func `a command shows what people have seen`(name: String) async throws {
        let place = try Workplace()
        try await SampleState.fill(place.folder)
        try await Transcript(Self.transcripts[name] ?? [], in: place).expect("ledger/\(name)")
    }

    @Test(
        arguments: [
            ("show 99", "no job 99 in '.beckon'"),
            ("show m1/refund", "no job m1/refund in '.beckon'"),
            ("show 5 --report", "job 5 was never sent, so there is nothing to report"),
            ("show 1 --report --json", "--report and --json exclude each other"),
            ("retry 99 3", "no job 99 in '.beckon'"),
            ("retry", "name jobs, or choose them with --all-failed, --status and the like"),
            ("retry 3 --all-failed", "name jobs or choose them by options, not both"),
            ("drop 99", "no job 99 in '.beckon'"),
            (
                "list --status bogus",
                "unknown status 'bogus'; known: open, waiting, delivered, partial, failed, unknown, suppressed"
            ),
            ("list --since x", "--since 'x' is no time; write it like 24h, 7d or 2026-07-21T06:00:00Z"),
            ("list --limit 0", "--limit must be at least 1"),
            ("list --state elsewhere", "there is no state in 'elsewhere'"),
            ("forget 919999900008", "nothing was deleted: deleting for good needs --yes"),
            ("forget 9999900008 --yes", "'9999900008' has no country code; write it like +91 99999 00001"),
            ("forget asha --yes", "'asha' is no phone number"),
            (
                "collaborators",
                "name a conversation, as 919999900000:919999900001, or a customer with --customer"
            ),
        ]
    )
    func `what cannot be done is said in a sentence, and nothing is changed`(
        command: String,
        message: String
    ) async throws {
        let place = try Workplace()
        try await SampleState.fill(place.folder)
        let result = try await place.shell("beckon ledger \(command)")
        #expect(result.errors == "beckon: \(message)\n")
        #expect(result.output == "")
        #expect(result.status == 2)
        let list = try await place.beckon("ledger", "--status", "open", "--json")
        #expect(list.lines.count == 3)
    }

    @Test func `it works beside a run, and says that there is one`() async throws {
        let place = try Workplace()
        try await SampleState.fill(place.folder)
        let run = try Ledger.open(StateFolder(place.folder.appendingPathComponent(".beckon").path))
        let before = try await run.foreignVersion()
        let atWork = "A run is at work on '.beckon' (process \(getpid())).\n"
        let list = try await place.beckon("ledger", "--customer", "919999900008", "--limit", "2")
        #expect(
            list.output == """
                JOB  ASKED (UTC)       STATUS   RULE    CUSTOMER      REASON
                  8  2026-01-07 06:30  waiting  refund  919999900008  attempt 1 under way
                  9  2026-01-07 06:30  waiting  refund  919999900008

                """
        )
        #expect(list.errors == "2 jobs. \(atWork)")
        let retry = try await place.beckon("ledger", "retry", "3")
        #expect(retry.output == "job 3: queued again\n")
        #expect(
            retry.errors == "1 job queued, 0 left. The run that is at work (process \(getpid())) sends them now.\n"
        )
        #expect(try await place.beckon("ledger", "drop", "8").errors == atWork)
        let forget = try await place.beckon("ledger", "forget", "919999900007", "--yes")
        #expect(
            forget.errors == """
                A run is at work (process \(getpid())): what it has read and not decided comes after this, and the file is not \
                written anew. Repeat this when it has ended.
                Not reached: inputs, rejects and output files, copies, and DoubleTick itself.

                """
        )
        #expect(try await run.foreignVersion() != before)
        #expect(try run.waiting(behind: 0, limit: 10).jobs.map(\.number) == [3])
        withExtendedLifetime(run) {}
    }

    @Test func `a job that a timer asked for says when it fired`() async throws {
        let place = try Workplace()
        try await SampleState.fillTimer(place.folder)
        let list = try await place.beckon("ledger", "--json")
        #expect(list.output.contains(#""at":"2026-01-07T06:44:59Z","asked":"2026-01-07T06:30:00Z""#))
        let shown = try await place.beckon("ledger", "show", "1")
        #expect(shown.lines.filter { $0.hasPrefix("fired") } == ["fired         2026-01-07T06:44:59Z, by a timer"])
    }

    @Test func `a forgotten customer's digits are in no file of the folder`() async throws {
        let place = try Workplace()
        try await SampleState.fill(place.folder)
        _ = try await place.beckon("ledger", "forget", "919999900003", "--yes")
        let state = place.folder.appendingPathComponent(".beckon")
        for file in try FileManager.default.contentsOfDirectory(atPath: state.path) {
            let bytes = try Data(contentsOf: state.appendingPathComponent(file))
            #expect(bytes.range(of: Data("919999900003".utf8)) == nil, "\(file)")
        }
    }

    @Test func `a reader that goes away ends the command quietly`() async throws {
        let place = try Workplace()
        try await SampleState.fill(place.folder)
        let result = try await place.shell("beckon ledger --json 2>/dev/null | head -1 | cut -c 1-8")
        #expect(result.output == "{\"job\":1\n")
        #expect(result.errors == "")
    }

    @Test func `every page of help teaches with examples`() async throws {
        for command in [[], ["list"], ["show"], ["retry"], ["drop"], ["forget"], ["stats"], ["collaborators"]] {
            let help = try await Workplace().beckon(["ledger"] + command + ["--help"])
            #expect(help.output.contains("EXAMPLES\n"), "\(command)")
            #expect(help.status == 0)
        }
    }

    @Test func `the page on the ledger shows what the commands show`() async throws {
        let examples = try PageExample.all(on: "Ledger")
        #expect(examples.count == 2)
        for example in examples {
            let place = try Workplace()
            try await SampleState.fill(place.folder)
            #expect(try await place.shell("\(example.command) 2>&1").output == example.shown)
        }
    }
}
