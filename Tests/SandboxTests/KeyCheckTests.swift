import Logging
import Synchronization
import Testing

@testable import Sandbox

struct KeyCheckTests {
    @Test(
        arguments: [
            (nil, "The request has no Authorization header."),
            ("", "The request has no Authorization header."),
            ("Bearer key_1", "The Authorization header begins with “Bearer”; DoubleTick wants the key alone."),
            ("BEARER key_1", "The Authorization header begins with “Bearer”; DoubleTick wants the key alone."),
            ("Basic a2V5", "The Authorization header begins with “Basic”; DoubleTick wants the key alone."),
            ("key key_1", "The Authorization header begins with “Key”; DoubleTick wants the key alone."),
            ("key_2", "The Authorization header holds another key than the sandbox’s."),
            ("Bearer", "The Authorization header holds another key than the sandbox’s."),
        ] as [(String?, String)]
    )
    func `the hint says what to look at`(authorization: String?, hint: String) {
        let check = KeyCheck("key_1")
        #expect(!check.accepts(authorization))
        #expect(check.hint(authorization) == hint)
    }

    @Test(arguments: [
        ("key_1", "•••"), ("a key_1b key_1", "a •••b •••"), ("key_1\u{301}", "•••\u{301}"), ("kkey_", "kkey_"),
    ])
    func `the key is taken out wherever it stands`(text: String, redacted: String) {
        #expect(KeyCheck("key_1").redact(text) == redacted)
    }

    @Test func `no log, no page and no answer shows the key`() async throws {
        let log = LogBook()
        let logger = Logger(label: "test") { _ in LogBookHandler(book: log) }
        let shown = try await LiveSandbox.run(.example(), logger: logger) { live in
            let body = #"{"from":"key_sandbox","to":"key_sandbox","agentNumbers":["key_sandbox"]}"#
            let inChat = #"{"from":"919999900000","to":"919999900001","agentNumbers":["key_sandbox"]}"#
            _ = try await live.call("/collaborators/add", body)
            _ = try await live.call("/collaborators/add", inChat)
            _ = try await live.call("/collaborators/key_sandbox?key=key_sandbox", key: "Bearer key_sandbox", body)
            _ = try await live.call("/collaborators/add", key: "Bearer key_sandbox", body)
            let page = try await live.send("GET", "/").body
            let state = try await live.send("GET", "/sandbox/state").body
            return [page, state, "\(live.sandbox.snapshot())", log.text]
        }
        #expect(shown.map { $0.contains("key_sandbox") } == [false, false, false, false])
        #expect(log.text.contains("path=/collaborators/•••"))
    }
}

/// Keeps what was logged.
private final class LogBook: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func write(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}

private struct LogBookHandler: LogHandler {
    let book: LogBook
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let pairs = (event.metadata ?? [:]).merging(metadata) { own, _ in own }
        book.write("\(event.message) " + pairs.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " "))
    }
}
