import Foundation
import Listening
import Logging
import Sandbox
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A sandbox that listens on a loopback socket, and a client that talks to it.
struct LiveSandbox: Sendable {
    let sandbox: Sandbox
    let address: ListeningAddress
    let session: URLSession

    /// What came back.
    struct Reply: Equatable {
        var status: Int
        var body: String
    }

    /// Runs a sandbox for as long as the body does.
    static func run<Result: Sendable>(
        _ configuration: SandboxConfiguration = .example(),
        logger: Logger? = nil,
        _ body: (LiveSandbox) async throws -> Result
    ) async throws -> Result {
        let sandbox = try logger.map { try Sandbox(configuration, logger: $0) } ?? Sandbox(configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            let session = URLSession(configuration: .ephemeral)
            defer { session.invalidateAndCancel() }
            let live = LiveSandbox(sandbox: sandbox, address: try await sandbox.address(), session: session)
            let result = try await body(live)
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }

    /// Sends a request and returns the answer.
    func send(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Reply {
        let (data, response) = try await exchange(method, path, headers: headers, body: body)
        return Reply(status: response.statusCode, body: String(decoding: data, as: UTF8.self))
    }

    /// The headers of an answer that matter here.
    func headers(_ path: String, _ names: [String]) async throws -> [String?] {
        let (_, response) = try await exchange("GET", path, headers: [:], body: nil)
        return names.map { response.value(forHTTPHeaderField: $0) }
    }

    /// Calls the stand-in API as Beckon does.
    func call(_ path: String, key: String? = "key_sandbox", _ json: String) async throws -> Reply {
        var headers = ["Content-Type": "application/json"]
        headers["Authorization"] = key
        return try await send("POST", path, headers: headers, body: json)
    }

    private func exchange(
        _ method: String,
        _ path: String,
        headers: [String: String],
        body: String?
    ) async throws -> (Data, HTTPURLResponse) {
        guard let url = URL(string: "\(address)\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return (data, response)
    }
}

extension SandboxConfiguration {
    /// One business number, three agents, two chats, and a clock that goes a second further each time it is read.
    static func example(
        createsChats: Bool = false,
        limits: SandboxLimits = SandboxLimits(),
        seed: SandboxSeed = .example
    ) -> SandboxConfiguration {
        let clock = TestClock()
        return SandboxConfiguration(
            seed: seed,
            createsChats: createsChats,
            limits: limits,
            timeZone: .gmt,
            nowMilliseconds: { clock.next() }
        )
    }
}

extension SandboxSeed {
    /// What most tests begin with.
    static let example = SandboxSeed(
        businesses: ["919999900000"],
        team: [
            SandboxSeed.Member(name: "Asha Rao", phone: "+91 99999 00101"),
            SandboxSeed.Member(name: "Ravi Iyer", phone: "919999900102"),
            SandboxSeed.Member(name: nil, phone: "919999900103"),
        ],
        chats: [
            SandboxSeed.Chat(
                business: "919999900000",
                customer: "919999900001",
                name: "Kiran Patel",
                owner: "919999900102"
            ),
            SandboxSeed.Chat(business: "919999900000", customer: "919999900002"),
        ]
    )
}

/// A clock that starts at 2026-07-21T12:00:00Z.
final class TestClock: Sendable {
    private let ticks = Mutex<Int64>(1_784_635_199_000)

    /// The time, a second later than the last.
    func next() -> Int64 {
        ticks.withLock { ticks in
            ticks += 1_000
            return ticks
        }
    }
}
