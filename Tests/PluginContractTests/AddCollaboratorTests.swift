import ActionKit
import ActionKitTesting
import AddCollaborator
import Testing

struct AddCollaboratorTests {
    private static let job = Job(id: "job-1", rule: "refund-brings-in-billing")

    private static let settings: Settings = [
        "business": "919999900000", "customer": "919999900001", "agents": ["919999900101", "919999900102"],
    ]

    /// What becomes of a job for two agents when this comes back.
    private static func outcome(of exchange: Exchange) async throws -> DeliveryOutcome {
        try await AddCollaborator(settings).deliver(job, over: ScriptedTransport(exchange))
    }

    private static func outcome(status: Int, _ body: String, retryAfter: Duration? = nil) async throws
        -> DeliveryOutcome
    {
        try await outcome(of: .answered(Answer(status: status, body: Array(body.utf8), retryAfter: retryAfter)))
    }

    // MARK: - Settings

    @Test(
        arguments: [
            ("business", .integer(919_999_900_000), "must be text"),
            ("business", "", "must not be empty"),
            ("business", "1234567", "must have 8 to 15 digits"),
            ("business", "1234567890123456", "must have 8 to 15 digits"),
            ("business", "91٩999900000", "must be digits only, without '+', spaces or other signs"),
            ("customer", "91 99999 00001", "must be digits only, without '+', spaces or other signs"),
            ("customer", "919999900000", "must not be the business number"),
            ("agents", "919999900101", "must be a list"),
            ("agents", [1], "must be a list of texts"),
            ("agents", [""], "must have 8 to 15 digits, but one is ''"),
            (
                "agents", ["919999900101", "asha\n"],
                "must be digits only, without '+', spaces or other signs, but one is 'asha'"
            ),
            ("agents", ["919999900101", "919999900001"], "must not name the customer"),
            ("repeat_after", "30d", "must be a length of time"),
            ("repeat_after", -1, "must be a length of time"),
            ("repeat_after", .integer(.max), "must not be longer than 3650d"),
        ] as [(String, SettingValue, String)]
    )
    func `a setting that cannot be sent is refused`(name: String, value: SettingValue, reason: String) {
        var settings = Self.settings
        settings[name] = value
        #expect(throws: SettingsProblem(field: name, reason: reason)) { try AddCollaborator(settings) }
    }

    // MARK: - Repeats

    @Test(arguments: [(nil, 2_592_000), (0, 0), (3600, 3600)] as [(Int?, Int)])
    func `an agent is not added again for as long as is written, else for 30 days`(written: Int?, seconds: Int) throws {
        var settings = Self.settings
        settings["repeat_after"] = written.map { .integer($0) }
        let action = try AddCollaborator(settings)
        let agents = ["919999900101", "919999900102"]
        #expect(action.repeatGuard == RepeatGuard(members: agents, period: .seconds(seconds)))
        #expect(action.request(for: Self.job) == (try AddCollaborator(Self.settings).request(for: Self.job)))
    }

    @Test func `a call narrowed to some is the call that would have been written for them`() throws {
        var settings = Self.settings
        settings["repeat_after"] = 3600
        settings["agents"] = ["919999900103", "919999900101", "919999900102"]
        let narrowed = try AddCollaborator(settings).narrowed(to: ["919999900102", "919999900103", "919999900999"])
        settings["agents"] = ["919999900103", "919999900102"]
        let written = try AddCollaborator(settings)
        #expect(narrowed.request(for: Self.job) == written.request(for: Self.job))
        #expect(narrowed.repeatGuard == written.repeatGuard)
    }

    @Test func `an answer is read for those whom a narrowed call is for`() async throws {
        let body = #"{"success":[{"number":"919999900102","name":"Ravi"}]}"#
        let transport = ScriptedTransport(.answered(Answer(status: 200, body: Array(body.utf8))))
        let call = try AddCollaborator(Self.settings).narrowed(to: ["919999900102"])
        let receipt = Receipt(reached: ["919999900102"], detail: "Added Ravi (919999900102).")
        #expect(await call.deliver(Self.job, over: transport) == .delivered(receipt))
    }

    @Test func `nobody narrows a call to nobody`() async {
        await #expect(processExitsWith: .failure) {
            let settings: Settings = [
                "business": "919999900000", "customer": "919999900001", "agents": ["919999900101"],
            ]
            _ = try AddCollaborator(settings).narrowed(to: ["919999900102"])
        }
    }

    // MARK: - The request

    @Test func `agents are asked for once each, in the order written`() throws {
        var settings = Self.settings
        settings["agents"] = ["919999900102", "919999900101", "919999900102"]
        #expect(
            try AddCollaborator(settings).request(for: Self.job)
                == ActionRequest(
                    destination: "doubletick",
                    method: "POST",
                    path: "/collaborators/add",
                    json: #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900102","919999900101"]}"#
                )
        )
    }

    @Test func `one attempt sends one request, whatever comes back`() async throws {
        let action = try AddCollaborator(Self.settings)
        let transport = ScriptedTransport(.answered(Answer(status: 500, body: [])))
        _ = await action.deliver(Self.job, over: transport)
        #expect(transport.requests == [action.request(for: Self.job)])
    }

    // MARK: - Accepted requests

    @Test(arguments: [200, 201, 202, 299])
    func `all who were asked for stand in the answer`(status: Int) async throws {
        let outcome = try await Self.outcome(
            status: status,
            #"{"success":[{"number":"+91 99999 00102","name":null},{"number":919999900101,"name":"Asha Rao"}]}"#
        )
        let reached = ["919999900101", "919999900102"]
        #expect(
            outcome == .delivered(Receipt(reached: reached, detail: "Added Asha Rao (919999900101), 919999900102."))
        )
    }

    @Test(
        arguments: [
            #"{"success":[{"number":"+919999900102","name":" Ravi\n"}],"failed":[{"number":"919999900101"}]}"#,
            #"{"success":[{"number":"919999900102","name":"Ravi"}]}"#,
            // Who stands in both lists was added, and strangers are nobody's business.
            #"{"success":[{"number":"919999900102","name":"Ravi"},{"number":"1"}],"failed":[{"number":"919999900102"}]}"#,
        ]
    )
    func `who does not stand among the matches was not added`(body: String) async throws {
        #expect(
            try await Self.outcome(status: 200, body)
                == .partial(
                    Receipt(
                        reached: ["919999900102"],
                        missed: ["919999900101"],
                        detail: "Added Ravi (919999900102), but no team member has 919999900101."
                    )
                )
        )
    }

    @Test(
        arguments: [
            "{}", #"{"success":[],"failed":[{"number":"919999900101"},{"number":"919999900102"}]}"#,
            #"{"success":[{"number":"9999900101","name":"Asha without country code"}]}"#,
        ]
    )
    func `an answer that names none of them is a refusal`(body: String) async throws {
        #expect(
            try await Self.outcome(status: 200, body)
                == .rejected(
                    Reason("no-agent-matched", "Nobody was added: no team member has 919999900101, 919999900102.")
                )
        )
    }

    @Test(arguments: [
        "", "OK", "[]", "<html>ok</html>", #"{"success":[{"number":"919999900101"}"#, #"{"success":true}"#,
    ])
    func `an accepted request with an unreadable answer may have been done`(body: String) async throws {
        #expect(
            try await Self.outcome(status: 201, body)
                == .unknown(
                    Reason("unreadable-answer", "DoubleTick accepted the request, but its answer is unreadable.")
                )
        )
    }

    @Test func `a name cannot bring a key or a line feed into a report`() async throws {
        let name = String(repeating: "A", count: 40) + #"\nkey_abc\u0000"# + String(repeating: "B", count: 40)
        #expect(
            try await Self.outcome(
                status: 200,
                #"{"success":[{"number":"919999900101","name":"\#(name)"},{"number":"919999900102"}]}"#
            )
                == .delivered(
                    Receipt(
                        reached: ["919999900101", "919999900102"],
                        detail: "Added \(String(repeating: "A", count: 40)) key_… (919999900101), 919999900102."
                    )
                )
        )
    }

    // MARK: - Everything else

    @Test(
        arguments: [
            (302, .rejected(Reason("redirected", "DoubleTick answered 302: no"))),
            (304, .rejected(Reason("redirected", "DoubleTick answered 304: no"))),
            (400, .rejected(Reason("bad-request", "DoubleTick answered 400: no"))),
            (401, .unauthorized(Reason("unauthorized", "DoubleTick answered 401: no"))),
            (402, .rejected(Reason("http-402", "DoubleTick answered 402: no"))),
            (403, .rejected(Reason("forbidden", "DoubleTick answered 403: no"))),
            (404, .rejected(Reason("not-found", "DoubleTick answered 404: no"))),
            (408, .retry(Reason("http-408", "DoubleTick answered 408: no"), after: .seconds(9))),
            (409, .rejected(Reason("http-409", "DoubleTick answered 409: no"))),
            (418, .rejected(Reason("http-418", "DoubleTick answered 418: no"))),
            (422, .rejected(Reason("unprocessable", "DoubleTick answered 422: no"))),
            (429, .retry(Reason("http-429", "DoubleTick answered 429: no"), after: .seconds(9))),
            (499, .rejected(Reason("http-499", "DoubleTick answered 499: no"))),
            (500, .retry(Reason("http-500", "DoubleTick answered 500: no"), after: .seconds(9))),
            (503, .retry(Reason("http-503", "DoubleTick answered 503: no"), after: .seconds(9))),
            (599, .retry(Reason("http-599", "DoubleTick answered 599: no"), after: .seconds(9))),
            (100, .unknown(Reason("http-100", "DoubleTick answered 100: no"))),
            (600, .unknown(Reason("http-600", "DoubleTick answered 600: no"))),
        ] as [(Int, DeliveryOutcome)]
    )
    func `every status has its meaning`(status: Int, outcome: DeliveryOutcome) async throws {
        #expect(try await Self.outcome(status: status, #"{"message":"no"}"#, retryAfter: .seconds(9)) == outcome)
    }

    @Test(
        arguments: [
            ("", "DoubleTick answered 400 without a message."),
            ("\u{0}\u{1}\u{2}", "DoubleTick answered 400 without a message."),
            ("<title>Bad</title>", "DoubleTick answered 400: Bad"),
            (#"{"message":["a","b key_abc"]}"#, "DoubleTick answered 400: a; b key_…"),
        ]
    )
    func `a refusal passes on what the service says`(body: String, detail: String) async throws {
        #expect(try await Self.outcome(status: 400, body) == .rejected(Reason("bad-request", detail)))
    }

    @Test func `what was not sent is tried again`() async throws {
        let reason = Reason("connection-refused", "Nobody accepts connections at 127.0.0.1.")
        #expect(try await Self.outcome(of: .notSent(reason)) == .retry(reason))
    }

    @Test func `what was not answered may have been done`() async throws {
        let reason = Reason("timeout", "No whole answer came.")
        #expect(try await Self.outcome(of: .unanswered(reason)) == .unknown(reason))
    }
}
