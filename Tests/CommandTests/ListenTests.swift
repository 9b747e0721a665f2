import BuiltBeckon
import Foundation
import Testing

/// `beckon listen`: webhooks in over a real socket.
struct ListenTests {
    private static let secret = "0123456789abcdef_MARKED"
    private static let variables = ["BECKON_LISTEN_SECRET": secret]
    private static let start =
        "begin listen --port 0; told 'listening at'; take_port; hook=/hooks/$BECKON_LISTEN_SECRET\n"

    /// A message as DoubleTick sends it.
    private static func message(_ customer: Int, id: String) -> String {
        #"{"to":"919999900000","from":"91999990000\#(customer)","messageId":"\#(id)","dtMessageId":"\#(id)","#
            + #""receivedAt":"2026-01-07T06:30:00.000Z","message":{"type":"TEXT","text":"help"}}"#
    }

    @Test func `what is posted is answered, decided and delivered`() async throws {
        try await LivePlace.with { live in
            let script =
                Self.start + """
                    post $hook/MESSAGE_RECEIVED '\(Self.message(1, id: "a"))'
                    record
                    post $hook/MESSAGE_RECEIVED '\(Self.message(1, id: "a"))'
                    post $hook '[\(Self.message(2, id: "b")),\(Self.message(3, id: "c"))]'
                    record
                    record
                    post /hooks/0123456789abcdef_WRONG '\(Self.message(4, id: "d"))'
                    post /hooks '{}'
                    post $hook 'no JSON'
                    kill -TERM $run
                    rest
                    """
            let result = try await live.shell(script, with: Self.variables)
            #expect(
                result.story == [
                    "listening at http://127.0.0.1:PORT/hooks/SECRET/[BUSINESS/][EVENT]",
                    "HTTP/1.1 200 OK",
                    "event a, customer 1, help, delivered, job 1",
                    "HTTP/1.1 200 OK",
                    "HTTP/1.1 200 OK",
                    "event b, customer 2, help, delivered, job 2",
                    "event c, customer 3, help, delivered, job 3",
                    "HTTP/1.1 404 Not Found",
                    "HTTP/1.1 404 Not Found",
                    "HTTP/1.1 400 Bad Request",
                    "a body behind the right secret was answered with 400: not JSON: expected 'null' at byte 1",
                    "stopped by a signal",
                    "read 4 events, 1 known already; 3 matched, 3 firings: 3 delivered",
                    "received 6 requests, kept 4 events; refused: 2 not-found, 1 not-json",
                    "status 143",
                ]
            )
            #expect(!(result.output + result.errors).contains("MARKED"))
        }
    }

    @Test func `an event that was answered and not decided is decided after the start`() async throws {
        try await LivePlace.with { live in
            // A text is no event. So long a one does not fit into the pipe of rejected lines, and holds up what comes behind it.
            let script = """
                mkfifo rejected
                exec 6<> rejected
                begin listen --port 0 --rejects rejected; told 'listening at'; take_port
                hook=/hooks/$BECKON_LISTEN_SECRET
                post $hook "\\"$(printf 'x%.0s' {1..300000})\\""
                head -c 12 <&6; echo
                post $hook '\(Self.message(1, id: "a"))'
                kill -9 $run
                wait $run 2> /dev/null
                begin listen --port 0; told 'listening at'
                record
                kill -TERM $run
                rest
                """
            let result = try await live.shell(script, with: Self.variables)
            #expect(
                result.story == [
                    "listening at http://127.0.0.1:PORT/hooks/SECRET/[BUSINESS/][EVENT]",
                    "HTTP/1.1 200 OK",
                    "{\"beckon\":1,",
                    "HTTP/1.1 200 OK",
                    "listening at http://127.0.0.1:PORT/hooks/SECRET/[BUSINESS/][EVENT]",
                    "event a, customer 1, help, delivered, job 1",
                    "warning: a received event rejected (bad-envelope): the envelope has no object under 'event'",
                    "stopped by a signal",
                    "read 1 event, 1 line rejected; 1 matched, 1 firing: 1 delivered",
                    "received 0 requests, kept 0 events",
                    "status 143",
                ]
            )
        }
    }

    @Test func `the stream alone feeds a run that follows it`() async throws {
        try await LivePlace.with { live in
            let script = """
                mkfifo heard
                beckon listen --port 0 --to events.jsonl 2> heard & receiver=$!
                exec 6< heard
                IFS= read -r line <&6; take_port
                begin run --follow --input events.jsonl
                post /hooks/$BECKON_LISTEN_SECRET '\(Self.message(1, id: "a"))'
                record
                kill -TERM $receiver; cat <&6; wait $receiver; echo "status $?"
                kill -TERM $run; cat <&4; wait $run; echo "status $?"
                """
            let result = try await live.shell(script, with: Self.variables)
            #expect(
                result.story == [
                    "HTTP/1.1 200 OK",
                    "line 1, event a, customer 1, help, delivered, job 1",
                    "received 1 request, kept 1 event",
                    "status 143",
                    "status 143",
                ]
            )
            #expect(try live.place.read("events.jsonl").hasPrefix("{\"beckon\":1,"))
        }
    }

    @Test func `a port that is in use keeps it from starting`() async throws {
        try await LivePlace.with { live in
            let script =
                Self.start + """
                    beckon listen --port $port --state other 2>&1 | sed "s/port $port/port PORT/"
                    echo "status ${PIPESTATUS[0]}"
                    kill -TERM $run
                    rest > /dev/null
                    """
            let result = try await live.shell(script, with: Self.variables)
            #expect(
                result.story.dropFirst() == [
                    "beckon: cannot listen on 127.0.0.1 port PORT: something else listens there", "status 2",
                ]
            )
        }
    }

    @Test(
        arguments: [
            (
                ["listen"], [:],
                "no secret for the webhooks: set BECKON_LISTEN_SECRET, for which 'openssl rand -hex 24' makes a good one"
            ),
            (
                ["listen"], ["BECKON_LISTEN_SECRET": "short"],
                "the secret in the variable BECKON_LISTEN_SECRET cannot be used: the secret has fewer than 16 characters; "
                    + "'openssl rand -hex 24' makes a good one"
            ),
            (
                ["listen", "--secret", "0123456789abcdef"], [:],
                "--secret takes the place of the secret, not the secret itself: env:NAME or file:PATH"
            ),
            (
                ["listen", "--secret", "file:none"], [:],
                "no secret for the webhooks: the file 'none' cannot be read"
            ),
            (["listen", "--port", "70000"], variables, "70000 is no port: 0 to 65535"),
            (
                ["listen", "--to", "a", "--rejects", "b"], variables,
                "--rejects, --output and --state belong to the run that reads 'a'; leave them out with --to"
            ),
            (
                ["listen", "--to", "no/such/file"], variables,
                "cannot open 'no/such/file': No such file or directory"
            ),
        ] as [([String], [String: String], String)]
    )
    func `what keeps it from starting is said with its cure`(
        arguments: [String],
        variables: [String: String],
        message: String
    ) async throws {
        let place = try Workplace(["rules/rules.yml": LivePlace.rules])
        let environment = variables.merging(["DOUBLETICK_API_KEY": "key_x"]) { _, new in new }
        let result = try await place.beckon(arguments, environment: environment)
        #expect(result.errors == "beckon: \(message)\n")
        #expect(result.output == "")
        #expect(result.status == 2)
    }
}
