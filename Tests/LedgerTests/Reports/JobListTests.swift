import ActionKit
import Events
import Ledger
import Testing

/// Lists, stories and numbers say what the steps before them wrote.
struct JobListTests {
    private func filled() async throws -> LedgerScript {
        var script = try LedgerScript()
        for (index, status) in [Settlement.Status.delivered, .partial, .failed, .unknown].enumerated() {
            try script.take(event: "m\(index)", customer: "91999990000\(index)", rule: index < 2 ? "refund" : "late")
            try await script.settle(Int64(index + 1), status)
        }
        try script.take(event: "m4", customer: "919999900004", rule: "late")
        return script
    }

    @Test(
        arguments: [
            (.init(), [1, 2, 3, 4, 5]),
            (.init { $0.statuses = [.failed, .waiting] }, [3, 5]),
            (.init { $0.statuses = [.waiting] }, [5]),
            (.init { $0.rules = ["late"] }, [3, 4, 5]),
            (.init { ($0.rules, $0.statuses) = (["late", "refund"], [.delivered]) }, [1]),
            (.init { $0.customers = ["919999900002"] }, [3]),
            (.init { $0.conversations = ["919999900000:919999900001"] }, [2]),
            (.init { $0.actions = ["add-collaborator"] }, [1, 2, 3, 4, 5]),
            (.init { $0.actions = ["tag"] }, []),
            (.init { $0.reasons = ["timeout"] }, [4]),
            (.init { $0.since = Instant(milliseconds: 1_767_767_403_000) }, [4, 5]),
        ] as [(JobFilter, [Int64])]
    )
    func `a filter lets through what meets all of it`(filter: JobFilter, numbers: [Int64]) async throws {
        let ledger = try await filled().ledger
        #expect(try ledger.jobNumbers(filter) == numbers)
        #expect(try ledger.jobs(filter, limit: 100).jobs.map(\.number) == numbers)
    }

    @Test func `a list is the last jobs, and says how many older ones there are`() async throws {
        let list = try await filled().ledger.jobs(JobFilter(), limit: 2)
        #expect(list.jobs.map(\.number) == [4, 5])
        #expect(list.jobs.map(\.status) == [.unknown, .waiting])
        #expect(list.olderCount == 3)
    }

    @Test func `a job is found by its number and by its whole id`() async throws {
        let ledger = try await filled().ledger
        #expect(try ledger.number(ofJob: "3") == 3)
        #expect(try ledger.number(ofJob: "m2/late/0") == 3)
        #expect(try ledger.number(ofJob: "m2/late") == nil)
        #expect(try ledger.number(ofJob: "99") == nil)
    }

    @Test func `an attempt without an end shows in the list`() async throws {
        let script = try LedgerScript()
        try script.take()
        try await script.begin(1)
        let job = try #require(try script.ledger.jobs(JobFilter(), limit: 1).jobs.first)
        #expect(job.status == .waiting)
        #expect(job.hasOpenAttempt)
        #expect(job.attempts == 1)
    }

    @Test func `the story holds event, rule, settings, attempts, firing and members`() async throws {
        var script = try LedgerScript()
        try script.take(jobs: 2)
        try await script.begin(1)
        let due = script.now.advanced(by: .seconds(9))
        try await script.end(1, .retry(Reason("http-500", "Broken."), after: nil), .again(due: due), status: 500)
        try await script.begin(1, attempt: 2)
        try await script.end(
            1,
            attempt: 2,
            .delivered(Receipt(reached: ["919999900101"], detail: "Added.")),
            .settled(Settlement(.delivered, detail: "Added.", attempts: 2))
        )
        let story = try #require(try script.ledger.story(ofJob: 1))
        #expect(story.summary.status == .delivered)
        #expect(story.event?.original == #"{"text":"refund"}"#)
        #expect(story.rule?.text == "- id: refund")
        #expect(story.settings["agents"] == ["919999900101"])
        #expect(story.attempts.map(\.outcome) == ["retry", "delivered"])
        #expect(story.attempts.map(\.exchange?.status) == [500, 200])
        #expect(story.others.map(\.number) == [2])
        #expect(story.members.map(\.member) == ["919999900101"])
        #expect(story.members.first?.delivered?.job == 1)
        #expect(try script.ledger.story(ofJob: 2)?.others.map(\.number) == [1])
        #expect(try script.ledger.story(ofJob: 3) == nil)
    }

    @Test func `collaborators are found by conversation and by customer`() async throws {
        let ledger = try await filled().ledger
        let people = try ledger.collaborators(inConversation: "919999900000:919999900003")
        #expect(people.map(\.member) == ["919999900104"])
        #expect(people.map(\.status) == [.unknown])
        #expect(people.map(\.rule) == ["late"])
        #expect(try ledger.collaborators(ofCustomer: "919999900003") == people)
        #expect(try ledger.collaborators(ofCustomer: "99900003") == [])
    }
}

extension JobFilter {
    fileprivate init(_ change: (inout JobFilter) -> Void) {
        self.init()
        change(&self)
    }
}
