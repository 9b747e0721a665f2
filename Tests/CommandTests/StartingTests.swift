import BuiltBeckon
import Foundation
import Testing

/// What keeps a command from starting: one clear message, nothing on stdout, status 2.
struct StartingTests {
    @Test(
        arguments: [
            (["run"], "beckon: no folder 'rules' here; name a folder or file of rules, or make one\n"),
            (["check", "nowhere"], "beckon: no rules at 'nowhere': there is no such file or folder\n"),
            (["run", "ok", "--input", "none.jsonl"], "beckon: cannot open 'none.jsonl': No such file or directory\n"),
            (["run", "ok", "--input", "ok"], "beckon: cannot open 'ok': it is a folder\n"),
            (
                ["run", "ok"],
                "beckon: no API key: set DOUBLETICK_API_KEY, or name another place in 'settings.doubletick.api_key'; "
                    + "'run --dry-run' and 'try --curl' need none\n"
            ),
            (
                ["run", "ok", "--dry-run", "--input-format", "xml"],
                "beckon: unknown format 'xml'; known: auto, doubletick, plain, whatsapp-cloud, cloudevents, mapped\n"
            ),
            (
                ["run", "ok", "--dry-run", "--output", "no/such/folder"],
                "beckon: cannot write to 'no/such/folder': No such file or directory\n"
            ),
            (
                ["run", "ok", "--drain", "soon"],
                "beckon: --drain 'soon' is not a length of time; write it like 30s, 5m or 1h\n"
            ),
            (["run", "--follow"], "beckon: --follow needs files; name them with --input FILE\n"),
            (
                ["run", "--follow", "--input", "a", "--drain", "1m"],
                "beckon: --drain counts from the end of the input, and with --follow there is none\n"
            ),
            (
                ["run", "--follow", "--input", "a", "--at-end", "fire"],
                "beckon: --at-end is for the end of the input, and with --follow there is none\n"
            ),
            (
                ["run", "--follow", "--input", "a", "--dry-run"],
                "beckon: --dry-run reads to the end of its input and cannot --follow it\n"
            ),
            (["run", "--from-start"], "beckon: --from-start is for files; stdin has no start to go back to\n"),
            (
                ["run", "--spool", "--from-start"],
                "beckon: --from-start is for files; stdin has no start to go back to\n"
            ),
            (["run", "--spool", "--input", "a"], "beckon: --spool is for stdin; files can be read again\n"),
            (
                ["run", "--spool", "--no-state"],
                "beckon: --spool writes into the state and cannot be used with --no-state\n"
            ),
            (
                ["run", "ok", "--state", "a", "--no-state"],
                "beckon: --state and --no-state contradict each other; leave one out\n"
            ),
            (["ledger", "list"], "beckon: there is no state in '.beckon'\n"),
            (
                ["try", "add-colaborator"],
                "beckon: no action is called 'add-colaborator'; did you mean 'add-collaborator'?\n"
            ),
            (
                ["try", "add-collaborator", "--rules", "ok", "--agents", "ashq", "--customer", "919999900001"],
                "beckon: --agents: unknown agent or team 'ashq'; did you mean 'asha'?\n"
            ),
            (
                [
                    "try", "add-collaborator", "--rules", "ok", "--agents", "asha", "--customer", "919999900001",
                    "--repeat-after", "never",
                ], "beckon: --repeat-after: 'never' is not a length of time\n"
            ),
            (["actions", "post"], "beckon: no action is called 'post'; known: add-collaborator\n"),
            (["test", "ok"], "beckon: there are no tests\n"),
        ] as [([String], String)]
    )
    func `a command that cannot start says why`(arguments: [String], message: String) async throws {
        let place = try Workplace(["ok/rules.yml": SampleRules.text])
        let result = try await place.beckon(arguments)
        #expect(result.errors == message)
        #expect(result.output == "")
        #expect(result.status == 2)
    }

    @Test func `an unknown option names the usage and ends with status 2`() async throws {
        let result = try await Workplace().beckon("run", "--bogus")
        #expect(
            result.errors == """
                Error: Unknown option '--bogus'
                Usage: beckon run [<options>] [<rules>]
                  See 'beckon run --help' for more information.

                """
        )
        #expect(result.status == 2)
    }

    @Test func `rules with an error do not run`() async throws {
        let place = try Workplace(["rules/a.yml": "rules:\n  - id: x\n    when: {}\n"])
        let result = try await place.beckon("run", "--dry-run")
        #expect(result.output == "")
        #expect(result.errors.hasSuffix("beckon: the rules have 2 errors; nothing was started\n"))
        #expect(result.status == 2)
    }

    @Test func `help and version go to stdout`() async throws {
        let version = try await Workplace().beckon("--version")
        #expect(version.output == "0.1.0\n")
        #expect(version.status == 0)
        let help = try await Workplace().beckon("run", "--help")
        #expect(help.output.hasPrefix("OVERVIEW: Read events, decide by the rules, and perform the jobs.\n"))
        #expect(help.errors == "")
    }
}
