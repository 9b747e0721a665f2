import BuiltBeckon
import Foundation
import Testing

/// One call by hand, written down like any job.
struct TryTests {
    private static let call = ["try", "add-collaborator", "--customer", "+91 99999 00001", "--agents"]

    private static func shown(_ agents: String, _ answer: String, _ rest: String) -> String {
        """
        > POST http://127.0.0.1:PORT/collaborators/add
        > Authorization: (the key)
        > Content-Type: application/json
        >
        > {"from":"919999900000","to":"919999900001","agentNumbers":[\(agents)]}
        < 200
        < \(answer)

        \(rest)

        """
    }

    private static let asha = shown(
        "\"919999900101\"",
        "{\"success\":[{\"number\":\"+919999900101\",\"name\":\"Asha Rao\"}],\"failed\":[]}",
        "delivered: Added Asha Rao (919999900101)."
    )

    @Test func `a call is shown without the key and written down`() async throws {
        try await LivePlace.with { live in
            let arguments = Self.call + ["asha,919999900199"]
            let result = try await live.place.beckon(arguments, environment: live.environment)
            #expect(
                result.told
                    == Self.shown(
                        "\"919999900101\",\"919999900199\"",
                        "{\"success\":[{\"number\":\"+919999900101\",\"name\":\"Asha Rao\"}],"
                            + "\"failed\":[{\"number\":\"919999900199\"}]}",
                        "partial: Added Asha Rao (919999900101), but no team member has 919999900199.\njob 1 in '.beckon'"
                    )
            )
            #expect(result.output == "")
            #expect(result.status == 1)
            #expect(live.answers == [200])
        }
    }

    @Test func `a call beside a run is known to it`() async throws {
        try await LivePlace.with { live in
            try live.place.write(LivePlace.help(2), to: "first")
            try live.place.write(LivePlace.help(1), to: "second")
            let script = """
                mkfifo events
                events=events begin run
                cat first >&3
                record
                beckon try add-collaborator --customer 919999900001 --agents asha 2>&1; echo "status $?"
                cat second >&3
                IFS= read -r line <&4
                echo "$line" | grep -o '"status".*'
                exec 3>&-
                rest
                """
            let result = try await live.shell(script)
            let told = result.lines.map(\.recordInBrief).joined(separator: "\n") + "\n"
            #expect(
                told == """
                    line 1, customer 2, help, delivered, job 1
                    \(Self.asha.split(separator: "\n").joined(separator: "\n"))
                    job 2 in '.beckon'
                    status 0
                    "status":"suppressed","reason":"already-done","detail":"It was done for 919999900101 on TIME by rule \
                    'try' (job 2).","job":3}
                    read 2 events; 2 matched, 2 firings: 1 delivered, 1 suppressed
                    status 0

                    """
            )
            #expect(live.answers == [200, 200])
        }
    }

    @Test func `a call is made again although it was made before`() async throws {
        try await LivePlace.with { live in
            for number in 1...2 {
                let result = try await live.place.beckon(Self.call + ["asha"], environment: live.environment)
                #expect(result.told == Self.asha + "job \(number) in '.beckon'\n")
                #expect(result.status == 0)
            }
            #expect(live.answers == [200, 200])
        }
    }

    @Test func `a call need not be written down`() async throws {
        try await LivePlace.with { live in
            let arguments = Self.call + ["asha", "--no-state"]
            let result = try await live.place.beckon(arguments, environment: live.environment)
            #expect(result.told == Self.asha)
            #expect(!live.place.holds(".beckon"))
        }
    }

    @Test func `a state that cannot be written keeps the call from being made`() async throws {
        try await LivePlace.with { live in
            try live.place.write("", to: "file")
            let arguments = Self.call + ["asha", "--state", "file"]
            let result = try await live.place.beckon(arguments, environment: live.environment)
            #expect(result.errors == "beckon: cannot use the state in 'file': it is a file, and must be a folder\n")
            #expect(result.status == 2)
            #expect(live.answers == [])
        }
    }
}
