import ActionKit
import BuiltBeckon
import Events
import Foundation
import Ledger
import Testing

/// What customers, rule files and receivers write reaches the terminal as text and nothing else.
struct HostileStateTests {
    private static let hostile = "\u{1B}[2J\u{1B}]0;gone\u{07}\nstatus        delivered\r\u{202E}\u{9B}31m\u{7F}\t"

    private func fill(_ folder: URL) async throws {
        let text = Self.hostile
        let ledger = try Ledger.openBeside(StateFolder(folder.appendingPathComponent(".beckon").path), creates: true)
        let now = Instant(milliseconds: 1_767_767_400_000)
        var batch = IntakeBatch()
        let job = NewJob(
            job: Job(
                id: "id\(text)",
                rule: "rule\(text)",
                event: "event\(text)",
                conversation: "919999900000:9\(text)"
            ),
            action: "action\(text)",
            destination: "destination\(text)",
            effect: .idempotent,
            settings: ["agents": .list([.string("agent\(text)")]), "note": .string(text)]
        )
        batch.events = [
            FiredEvent(
                id: "event\(text)",
                type: "type\(text)",
                time: now,
                customer: "9\(text)",
                conversation: "919999900000:9\(text)",
                origin: EventOrigin(input: "input\(text)", line: 1),
                original: "{\"text\":\"\(text)" + String(repeating: "ж", count: 1 << 19) + "\"}",
                firings: [
                    NewFiring(
                        rule: RuleVersion(id: "rule\(text)", version: text, file: "file\(text)", line: 1, text: text),
                        lane: "lane",
                        jobs: [job]
                    )
                ]
            )
        ]
        try ledger.take(batch, now: now)
        var step = DeliveryStep(now: now)
        let members = RepeatGuard(members: ["agent\(text)"], period: .seconds(60))
        step.beginning = [BeginningAttempt(job: 1, attempt: 1, repeatGuard: members, isSynced: false)]
        _ = try await ledger.take(step, guards: DeliveryGuards())
        step = DeliveryStep(now: now)
        let request = ActionRequest(destination: "d", method: "POST\(text)", path: "/\(text)", json: text)
        step.ended = [
            EndedAttempt(
                job: 1,
                attempt: 1,
                outcome: .rejected(Reason("code\(text)", "detail\(text)")),
                exchange: ExchangeRecord(request: request, status: 400, answer: text),
                consequence: .settled(Settlement(.failed, reason: "code\(text)", detail: "detail\(text)", attempts: 1))
            )
        ]
        _ = try await ledger.take(step, guards: DeliveryGuards())
    }

    @Test(
        arguments: [
            ["list"], ["show", "1"], ["show", "1", "--report"], ["stats"], ["retry", "1"], ["drop", "1"],
            ["retry", hostile],
            ["list", "--status", hostile], ["list", "--since", hostile], ["forget", hostile, "--yes"],
            ["collaborators", "919999900000:9\(hostile)"], ["list", "--state", hostile],
        ]
    )
    func `no control character of a customer reaches the terminal`(arguments: [String]) async throws {
        let place = try Workplace()
        try await fill(place.folder)
        let result = try await place.beckon(["ledger"] + arguments)
        let shown = result.output + result.errors
        #expect(!shown.isEmpty)
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || !Self.isControl($0) }, "\(shown.debugDescription)")
        #expect(shown.utf8.count < 20_000)
    }

    @Test func `a foreign line feed begins no line of its own in a table, and JSON stays one line`() async throws {
        let place = try Workplace()
        try await fill(place.folder)
        #expect(try await place.beckon("ledger").lines.count == 2)
        let story = try await place.beckon("ledger", "show", "1", "--json")
        #expect(story.lines.count == 1)
        var parser = JSONParser()
        let root = try parser.parse(story.output).root
        #expect(root["reason"]?.string == "code\(Self.hostile)")
        #expect((root["event"]?["original_text"]?.string?.utf8.count ?? 0) <= 16_384)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
