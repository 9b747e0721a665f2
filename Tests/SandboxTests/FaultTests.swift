import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import Sandbox

/// What a client sees of each fault over a real socket, and what was done behind it.
@Suite(.timeLimit(.minutes(10)))
struct FaultTests {
    private static let asha = SandboxAgent(name: "Asha Rao", number: "919999900101")
    private static let added = #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"failed":[]}"#

    private static func body(_ customer: String, _ agents: [String] = ["919999900101"]) -> String {
        let numbers = agents.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"from":"919999900000","to":"\#(customer)","agentNumbers":[\#(numbers)]}"#
    }

    private static func configuration(_ plan: String, clock: GateClock = GateClock()) throws -> SandboxConfiguration {
        var configuration = SandboxConfiguration.example(createsChats: true)
        configuration.faults = try FaultPlan(written: plan)
        configuration.faultSeed = 7
        configuration.clock = clock
        return configuration
    }

    @Test(
        arguments: [
            (500, #"{"statusCode":500,"message":"Internal server error"}"#, "application/json; charset=utf-8", nil),
            (
                429, #"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#,
                "application/json; charset=utf-8", "1"
            ),
            (403, #"{"statusCode":403,"message":"Forbidden"}"#, "application/json; charset=utf-8", nil),
            (599, #"{"statusCode":599,"message":"Error"}"#, "application/json; charset=utf-8", nil),
            (
                503,
                """
                <html>
                <head><title>503 Service Unavailable</title></head>
                <body>
                <center><h1>503 Service Unavailable</h1></center>
                </body>
                </html>

                """,
                "text/html", nil
            ),
        ] as [(Int, String, String, String?)]
    )
    func `a status is answered and nothing is performed`(
        status: Int,
        body: String,
        type: String,
        retryAfter: String?
    ) async throws {
        try await LiveSandbox.run(try Self.configuration("\(status):100%")) { live in
            let reply = try await live.call("/collaborators/add", Self.body("919999900001"))
            #expect(reply == LiveSandbox.Reply(status: status, body: body))
            let headers = try await live.headers("/collaborators/add", ["Content-Type", "Retry-After"])
            #expect(headers == [type, retryAfter])
            let snapshot = live.sandbox.snapshot()
            #expect(snapshot.chats.flatMap(\.entries) == [])
            #expect(snapshot.calls.map(\.status) == [status, status] as [Int?])
            #expect(snapshot.calls.map(\.effect) == [.notPerformed, .notPerformed])
            #expect(snapshot.faultsMet == [.status(status): 2])
        }
    }

    @Test(arguments: ["reset", "hang"])
    func `a call that is not answered was performed or not, as the dice say`(fault: String) async throws {
        let configuration = try Self.configuration("\(fault):100%")
        let dice = FaultDice(plan: configuration.faults, seed: configuration.faultSeed)
        let performed = (1...8).map { dice.roll($0)?.isPerformed == true }
        #expect(Set(performed).count == 2)
        try await LiveSandbox.run(configuration) { live in
            let changes = try await live.changes()
            for number in 1...8 {
                let client = RawClient(address: live.address)
                if fault == "hang" {
                    let seen = try await client.add(to: "91999980000\(number)") { await changes.waitForOne() }
                    #expect(seen == RawClient.Seen(text: "", ending: .closed))
                } else {
                    let seen = try await client.add(to: "91999980000\(number)")
                    #expect(seen == RawClient.Seen(text: "", ending: .reset))
                }
            }
            let snapshot = live.sandbox.snapshot()
            #expect(snapshot.calls.map(\.effect) == performed.map { $0 ? .added : .notPerformed })
            #expect(snapshot.calls.compactMap(\.status).isEmpty)
            #expect(snapshot.calls.map(\.answer).joined() == "")
            for (number, isPerformed) in zip(1...8, performed) {
                let chat = snapshot.chat(business: "919999900000", customer: "91999980000\(number)")
                #expect(chat?.additions == (isPerformed ? ["919999900101": 1] : nil))
            }
        }
    }

    @Test func `a slow call is performed at once and answered late`() async throws {
        let clock = GateClock()
        try await LiveSandbox.run(try Self.configuration("slow:100%", clock: clock)) { live in
            async let reply = live.call("/collaborators/add", Self.body("919999900001"))
            #expect(await clock.waitForSleeper() == .seconds(2))
            let chat = live.sandbox.snapshot().chat(business: "919999900000", customer: "919999900001")
            #expect(chat?.collaborators.map(\.agent) == [Self.asha])
            clock.open()
            let late = try await reply
            #expect(late == LiveSandbox.Reply(status: 200, body: Self.added))
            #expect(live.sandbox.snapshot().calls.map(\.fault) == [.slow])
        }
    }

    @Test(
        arguments: [
            (
                ["919999900101", "+919999900102", "99", "919999900103"], ["919999900101"],
                #"{"success":[{"number":"+919999900101","name":"Asha Rao"}],"#
                    + #""failed":[{"number":"99"},{"number":"+919999900102"},{"number":"919999900103"}]}"#,
                .partial
            ),
            (["919999900101"], [], #"{"success":[],"failed":[{"number":"919999900101"}]}"#, .partial),
            (["99"], [], #"{"success":[],"failed":[{"number":"99"}]}"#, nil),
        ] as [([String], [String], String, Fault?)]
    )
    func `a partial call adds the first half and names the others`(
        agents: [String],
        joined: [String],
        answer: String,
        fault: Fault?
    ) async throws {
        try await LiveSandbox.run(try Self.configuration("partial:100%")) { live in
            let reply = try await live.call("/collaborators/add", Self.body("919999900001", agents))
            #expect(reply == LiveSandbox.Reply(status: 200, body: answer))
            let snapshot = live.sandbox.snapshot()
            let chat = snapshot.chat(business: "919999900000", customer: "919999900001")
            #expect(chat?.collaborators.map(\.agent.number) == joined)
            #expect(chat?.additions == Dictionary(uniqueKeysWithValues: joined.map { ($0, 1) }))
            #expect(snapshot.calls.map(\.fault) == [fault])
        }
    }

    @Test func `a truncated answer promises more bytes than come`() async throws {
        try await LiveSandbox.run(try Self.configuration("truncate:100%")) { live in
            let seen = try await RawClient(address: live.address).add(to: "919999900001")
            #expect(seen.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(seen.header("content-length") == "\(Self.added.utf8.count)")
            #expect(seen.body == String(Self.added.prefix(Self.added.utf8.count / 2)))
            #expect(seen.ending == .closed)
            let snapshot = live.sandbox.snapshot()
            let chat = snapshot.chat(business: "919999900000", customer: "919999900001")
            #expect(chat?.collaborators.map(\.agent) == [Self.asha])
            #expect(snapshot.calls.map(\.status) == [200])
        }
    }

    @Test func `the page and the sandbox's own door meet no faults`() async throws {
        try await LiveSandbox.run(try Self.configuration("reset:50%,500:50%")) { live in
            for path in ["/", "/sandbox/page.css", "/sandbox/page.js", "/sandbox/icon.svg", "/sandbox/state"] {
                let reply = try await live.send("GET", path)
                #expect(reply.status == 200)
            }
            let line = #"{"customer":"919999900001","text":"hello"}"#
            let intake = try await live.send("POST", "/sandbox/messages", body: line)
            #expect(intake.status == 200)
            #expect(live.sandbox.snapshot().faultsMet == [:])
        }
    }

    @Test func `the same seed brings the same faults, call by call`() async throws {
        let plan = "500:20%,429:20%,502:20%,partial:20%"
        var runs: [[Int]] = []
        for _ in 1...2 {
            let statuses = try await LiveSandbox.run(try Self.configuration(plan)) { live in
                var statuses: [Int] = []
                for number in 1...20 {
                    statuses.append(try await live.call("/collaborators/add", Self.body("9199998000\(number)")).status)
                }
                return statuses
            }
            runs.append(statuses)
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]) == [200, 429, 500, 502])
    }

    @Test(arguments: ["hang", "slow"], [true, false])
    func `a sandbox that stops waits for no fault`(fault: String, isGraceful: Bool) async throws {
        let clock = GateClock()
        let sandbox = try Sandbox(try Self.configuration("\(fault):100%", clock: clock))
        let services = ServiceGroup(
            services: [sandbox],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let address = try await sandbox.address()
            let url = try #require(URL(string: "\(address)/sandbox/events"))
            let changes = EventListener.listen(to: url)
            await changes.waitForOne()
            async let seen = RawClient(address: address).add(to: "919999900001")
            await changes.waitForOne()
            if fault == "slow" { _ = await clock.waitForSleeper() }
            if isGraceful { await services.triggerGracefulShutdown() } else { group.cancelAll() }
            let text = try await seen.text
            if isGraceful { #expect(text.isEmpty == (fault == "hang")) }
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }

    @Test func `the page shows the plan, and which call met which fault`() async throws {
        try await LiveSandbox.run(try Self.configuration("reset:99%,500:1%")) { live in
            for customer in ["919999900001", "919999900002"] {
                _ = try await RawClient(address: live.address).add(to: customer)
            }
            let page = try await live.send("GET", "/").body
            let planned = page.components(separatedBy: "<p class=\"planned\">").dropFirst().first?.prefix { $0 != "<" }
            #expect(planned == "Faults on purpose: reset:99%, 500:1%; seed 7")
            let faults = page.components(separatedBy: "data-text=\"fault\"").dropFirst()
                .map { $0.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" } }
            #expect(faults == ["fault: reset", "fault: reset", ""])
            let deeds = page.components(separatedBy: "class=\"effect\" data-text=\"deed\">").dropFirst()
                .map { $0.prefix { $0 != "<" } }
            #expect(deeds == ["Nothing was performed", "joined the chat with", ""])
        }
    }
}

extension LiveSandbox {
    /// Something for each change of the state from now on; several at once may be one.
    fileprivate func changes() async throws -> AsyncStream<String> {
        guard let url = URL(string: "\(address)/sandbox/events") else { throw URLError(.badURL) }
        let changes = EventListener.listen(to: url)
        await changes.waitForOne()
        return changes
    }
}

extension AsyncStream {
    fileprivate func waitForOne() async {
        for await _ in self { return }
    }
}
