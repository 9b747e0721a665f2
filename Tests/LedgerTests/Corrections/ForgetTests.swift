import ActionKit
import Events
import Foundation
import Testing

@testable import Directory
@testable import Ledger

/// A customer is forgotten to the last digit, and nobody else is.
struct ForgetTests {
    private static let forgotten = "919999900001"
    private static let kept = "919999900002"

    /// Jobs in every state, members, picks and undecided events of two customers.
    private func fill(_ ledger: Ledger) async throws -> LedgerScript {
        var script = LedgerScript(ledger)
        for (customer, name) in [(Self.forgotten, "f"), (Self.kept, "k")] {
            let original =
                "{\"customer\":\(customer),\"text\":\"I am \(customer) \(String(repeating: "x", count: 9_000))\"}"
            try script.take(event: "\(name)1-\(customer)", customer: customer, original: original, jobs: 2)
            try script.take(event: "\(name)2", customer: customer, original: original)
            try script.take(event: "\(name)3", customer: customer, original: original)
        }
        try await script.settle(1, .failed, heldBack: [2])
        try await script.settle(3, .delivered)
        try await script.settle(5, .delivered)
        try await script.begin(4)
        var batch = IntakeBatch()
        for customer in [Self.forgotten, Self.kept] {
            let agent = try #require(PhoneNumber(digits: "919999900101"))
            let conversation = "919999900000:\(customer)"
            batch.picks.append(
                Picks.Change(team: "billing", phone: agent, movesTurn: true, conversation: conversation, until: nil)
            )
        }
        try ledger.take(batch, now: script.now)
        let lines = [Self.forgotten, "+91 99999-00001", Self.kept, "1\(Self.forgotten)"].map { number in
            NewInboxLine(bytes: Array("{\"customer\":\"\(number)\"}".utf8))
        }
        try await ledger.receive(lines, now: script.now)
        return script
    }

    @Test func `the digits are in no file of the folder, and another customer is whole`() async throws {
        let disk = try StateOnDisk()
        let ledger = try Ledger.open(disk.state)
        _ = try await fill(ledger)
        let before = try (5...8).map { try ledger.story(ofJob: $0) }
        let people = try ledger.collaborators(ofCustomer: Self.kept)
        #expect(try !disk.files(holding: Self.forgotten).isEmpty)
        let result = try Ledger.openBeside(disk.state).forget(customer: Self.forgotten)
        #expect(result.events == 3)
        #expect(result.jobs == 4)
        #expect(result.openJobs == 1)
        #expect(result.attempts == 3)
        #expect(result.members == 3)
        #expect(result.picks == 1)
        #expect(result.inboxEvents == 2)
        #expect(result.redactions == 0)
        #expect(result.usesAsAgent == 0)
        // Its own digits are part of a longer number, which is another one, and stay with it.
        try ledger.take(inbox(upTo: 4), now: .init(milliseconds: 0))
        try disk.state.rewriteLedger()
        #expect(try disk.state.emptyLog())
        #expect(try disk.files(holding: Self.forgotten) == [])
        #expect(try disk.files(holding: Self.kept) == ["ledger.sqlite"])
        #expect(try (5...8).map { try ledger.story(ofJob: $0) } == before)
        #expect(try ledger.collaborators(ofCustomer: Self.kept) == people)
        #expect(try ledger.picks().kept.keys.map(\.conversation) == ["919999900000:\(Self.kept)"])
        #expect(try ledger.waiting(behind: 0, limit: 10).jobs.map(\.number) == [6, 7, 8])
    }

    private func inbox(upTo number: Int64) -> IntakeBatch {
        var batch = IntakeBatch()
        batch.inboxEnd = number
        return batch
    }

    @Test func `beside a run the digits are gone once the log is empty`() async throws {
        let disk = try StateOnDisk()
        let run = try Ledger.open(disk.state)
        _ = try await fill(run)
        try run.take(inbox(upTo: 4), now: .init(milliseconds: 0))
        _ = try Ledger.openBeside(disk.state).forget(customer: Self.forgotten)
        #expect(try disk.state.emptyLog())
        #expect(try disk.files(holding: Self.forgotten) == [])
    }

    @Test func `an attempt that is under way at that moment changes nothing any more`() async throws {
        let disk = try StateOnDisk()
        var script = try await fill(try Ledger.open(disk.state))
        _ = try Ledger.openBeside(disk.state).forget(customer: Self.forgotten)
        try await script.end(
            4,
            .delivered(Receipt(reached: [], detail: "")),
            .settled(Settlement(.delivered, attempts: 1))
        )
        #expect(try script.ledger.story(ofJob: 4) == nil)
        #expect(try script.ledger.collaborators(ofCustomer: Self.forgotten) == [])
    }

    @Test func `a number in messages of others is blotted out, however it is grouped`() throws {
        let script = try LedgerScript()
        let original = #"{"text":"call +91 99999-00001, 00919999900001 or 1919999900001","n":919999900001}"#
        try script.take(customer: Self.kept, original: original)
        let result = try script.ledger.forget(customer: Self.forgotten)
        #expect(result.redactions == 1)
        #expect(result.hasDeleted)
        let story = try #require(try script.ledger.story(ofJob: 1))
        #expect(story.event?.original == #"{"text":"call +0, 000 or 1919999900001","n":0}"#)
    }

    /// A window of each customer, and one of nobody that holds both numbers.
    private static let windows: [KeptState] =
        [forgotten, kept].map { customer in
            .counted(
                "919999900000:\(customer)",
                part: "unless",
                subject: .conversation("919999900000:\(customer)"),
                value: #"{"event":{"text":"I am \#(customer)"}}"#
            )
        } + [.counted("[]", value: #"{"times":[1,2],"values":["\#(forgotten)","\#(kept)"]}"#)]

    @Test func `windows that hold the number go at once where no run has them in memory`() throws {
        let disk = try StateOnDisk()
        try Ledger.openBeside(disk.state, creates: true).put(Self.windows)
        let ledger = try Ledger.openBeside(disk.state)
        let result = try ledger.forget(customer: Self.forgotten)
        #expect(result.state.count == 2)
        #expect(!result.state.isLeftToRun)
        #expect(result.hasDeleted)
        #expect(try disk.state.emptyLog())
        #expect(try disk.files(holding: Self.forgotten) == [])
        #expect(try ledger.state() == [Self.windows[1]])
    }

    @Test func `windows that hold the number are left to the run, and then gone`() throws {
        let disk = try StateOnDisk()
        let run = try Ledger.open(disk.state)
        try run.put(Self.windows)
        let result = try Ledger.openBeside(disk.state).forget(customer: Self.forgotten)
        #expect(result.state.count == 2)
        #expect(result.state.isLeftToRun)
        var batch = IntakeBatch()
        let requests = try run.stateRequests()
        batch.stateChanges = try run.state(askedFor: requests).map { .remove($0.slot, key: $0.key) }
        batch.requestsDone = requests.map(\.number)
        try run.take(batch, now: .noon)
        #expect(try disk.state.emptyLog())
        #expect(try disk.files(holding: Self.forgotten) == [])
        #expect(try Ledger.openBeside(disk.state).forget(customer: Self.forgotten) == ForgottenCustomer())
    }

    @Test func `jobs without a conversation are looked through too`() throws {
        let ledger = try Ledger.inMemory()
        let job = NewJob(
            job: Job(id: "x/0", rule: "refund"),
            action: "tag",
            destination: nil,
            effect: .keyed,
            settings: ["note": "none"]
        )
        let version = RuleVersion(id: "refund", version: "1", file: "r.yml", line: 1, text: "VIP: +91 99999 00001")
        var batch = IntakeBatch()
        batch.events = [
            FiredEvent(
                id: nil,
                type: "tick",
                time: nil,
                customer: nil,
                conversation: nil,
                origin: EventOrigin(),
                original: "{}",
                firings: [NewFiring(rule: version, lane: "x", jobs: [job])]
            )
        ]
        try ledger.take(batch, now: .init(milliseconds: 0))
        var expected = ForgottenCustomer()
        expected.redactions = 1
        #expect(try ledger.forget(customer: Self.forgotten) == expected)
        #expect(try ledger.story(ofJob: 1)?.rule?.text == "VIP: +0")
    }

    @Test func `the number of an agent stays in jobs of others, and is told`() throws {
        let script = try LedgerScript()
        try script.take()
        let result = try script.ledger.forget(customer: "919999900101")
        #expect(result.usesAsAgent == 1)
        #expect(!result.hasDeleted)
        #expect(try script.ledger.story(ofJob: 1)?.settings["agents"] == ["919999900101"])
    }
}
