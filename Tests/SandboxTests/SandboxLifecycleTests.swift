import Foundation
import Listening
import Logging
import ServiceLifecycle
import Testing

@testable import Sandbox

struct SandboxLifecycleTests {
    @Test(
        arguments: [
            (
                SandboxConfiguration(host: "0.0.0.0"),
                "the sandbox listens on this machine only: '0.0.0.0' is not a loopback address such as 127.0.0.1"
            ),
            (
                SandboxConfiguration(host: "127.evil.example"),
                "the sandbox listens on this machine only: '127.evil.example' is not a loopback address such as 127.0.0.1"
            ),
            (SandboxConfiguration(port: 65_536), "65536 is no port: 0 to 65535"),
            (SandboxConfiguration(port: -1), "-1 is no port: 0 to 65535"),
            (SandboxConfiguration(apiKey: ""), "the sandbox needs an API key that is not empty"),
        ]
    )
    func `a configuration that cannot run is refused`(configuration: SandboxConfiguration, problem: String) {
        let found = #expect(throws: SandboxProblem.self) { try Sandbox(configuration) }
        #expect(found?.description == problem)
    }

    @Test func `a port that is taken is reported to all who wait`() async throws {
        try await LiveSandbox.run { live in
            var configuration = SandboxConfiguration.example()
            configuration.port = live.address.port
            let second = try Sandbox(configuration)
            let problem = SandboxProblem.cannotListen(
                host: "127.0.0.1",
                port: live.address.port,
                reason: "something else listens there"
            )
            await withTaskGroup { group in
                group.addTask { await #expect(throws: problem) { try await second.address() } }
                group.addTask { await #expect(throws: problem) { try await second.run() } }
            }
        }
    }

    @Test func `what the sandbox remembers stays readable when it has ended`() async throws {
        let sandbox = try await LiveSandbox.run { live in live.sandbox }
        #expect(sandbox.snapshot().chats.map(\.customer) == ["919999900001", "919999900002"])
        await #expect(throws: SandboxProblem.ended) { try await sandbox.address() }
    }

    @Test func `a graceful shutdown ends it, open pages included`() async throws {
        let sandbox = try Sandbox(.example())
        let services = ServiceGroup(
            services: [sandbox],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let url = try #require(URL(string: "\(try await sandbox.address())/sandbox/events"))
            var pieces = EventListener.listen(to: url).makeAsyncIterator()
            #expect(await pieces.next() != nil)
            await services.triggerGracefulShutdown()
            #expect(await pieces.next() == nil)
            try await group.waitForAll()
        }
    }

    @Test func `waiting for the address ends with its task`() async throws {
        let sandbox = try Sandbox(.example())
        await withTaskGroup(of: SandboxProblem?.self) { group in
            group.addTask {
                do throws(SandboxProblem) {
                    _ = try await sandbox.address()
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            #expect(await group.next() == .ended)
        }
    }

    @Test func `localhost is bound as an address`() async throws {
        var configuration = SandboxConfiguration.example()
        configuration.host = "localhost"
        let host = try await LiveSandbox.run(configuration) { live in live.address.host }
        #expect(host == "127.0.0.1")
    }
}
