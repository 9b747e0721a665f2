import ActionKit
import Directory
import Events
import Testing

@testable import RuleEngine

/// The jobs of a firing.
struct JobTests {
    private let add = Make.call(
        "add-collaborator",
        ("business", .event(.business)),
        ("customer", .event(.customer)),
        ("agents", .constant(["919999900101"]))
    )
    private let earlierFailed = Reason("earlier-failed", "An earlier job of the same firing failed.")
    private let shadow = Reason("shadow", "The rule is in the shadow: it decides and never acts.")
    private let fixed = Make.call("add-note", ("text", .constant("hello")))

    private func jobs(
        _ calls: [ActionCall],
        mode: RuleMode = .active,
        origin: String = "stdin:12",
        _ change: (inout Event) -> Void = { _ in }
    ) throws -> [PlannedJob] {
        var event = try Make.event()
        event.id = "message-received:wamid.1"
        event.customer = "919999900001"
        event.business = "919999900000"
        change(&event)
        let engine = RuleEngine(Program(rules: [Make.rule("it", then: calls, mode: mode)]))
        return try #require(engine.decide(event, origin: origin).firings.first).jobs
    }

    @Test func `settings are rendered in their order`() throws {
        let job = try #require(try jobs([add]).first)
        #expect(
            job
                == PlannedJob(
                    job: Job(
                        id: "message-received:wamid.1/it/0",
                        rule: "it",
                        event: "message-received:wamid.1",
                        conversation: "919999900000:919999900001"
                    ),
                    action: "add-collaborator",
                    settings: [
                        "business": "919999900000", "customer": "919999900001", "agents": ["919999900101"],
                    ],
                    plan: .perform
                )
        )
        #expect(job.settings.pairs.map(\.name) == ["business", "customer", "agents"])
    }

    @Test func `settings keep the order of the spec, whichever must be rendered first`() throws {
        let asha = try #require(PhoneNumber(digits: "919999900101"))
        let call = Make.call(
            "add-collaborator",
            ("agents", .agents([.agent(asha)])),
            ("customer", .event(.customer)),
            ("business", .constant("919999900009"))
        )
        let job = try #require(try jobs([call]).first)
        #expect(job.settings == ["agents": ["919999900101"], "customer": "919999900001", "business": "919999900009"])
        #expect(job.job.conversation == "919999900009:919999900001")
    }

    @Test func `a job without its customer fails, and the later ones are held back`() throws {
        let jobs = try jobs([fixed, add, fixed, add]) { $0.customer = nil }
        #expect(
            jobs.map(\.plan) == [
                .perform, .failed(Reason("missing: customer", "The event has no customer.")),
                .suppressed(earlierFailed),
                .suppressed(earlierFailed),
            ]
        )
        #expect(jobs[1].settings == ["business": "919999900000", "agents": ["919999900101"]])
        #expect(jobs[1].job.conversation == nil)
    }

    @Test func `a job without its business number says so`() throws {
        let plans = try jobs([add]) { $0.business = nil }.map(\.plan)
        guard case .failed(let reason) = plans.first else {
            Issue.record("the job does not fail")
            return
        }
        #expect(reason.code == "no-business-number")
    }

    @Test func `in a group there is no conversation to have a business number`() throws {
        let plans = try jobs([add]) {
            $0.business = nil
            $0.isInGroup = true
        }.map(\.plan)
        guard case .failed(let reason) = plans.first else {
            Issue.record("the job does not fail")
            return
        }
        #expect(reason.code == "no-business-number")
        #expect(reason.detail == "The event happened in a group, where there is no conversation with one customer.")
    }

    @Test func `the jobs of a shadow rule are held back, failed or not`() throws {
        #expect(try jobs([fixed, add], mode: .shadow).map(\.plan) == [.suppressed(shadow), .suppressed(shadow)])
        #expect(
            try jobs([add, fixed], mode: .shadow) { $0.customer = nil }.map(\.plan)
                == [
                    .suppressed(
                        Reason("shadow", "The rule is in the shadow; this would fail: The event has no customer.")
                    ), .suppressed(shadow),
                ]
        )
    }

    @Test func `a job's id is the same every time and no other job's`() throws {
        let ids = try jobs([add, fixed, add]).map(\.job.id)
        #expect(ids == (try jobs([add, fixed, add]).map(\.job.id)))
        #expect(
            ids == ["message-received:wamid.1/it/0", "message-received:wamid.1/it/1", "message-received:wamid.1/it/2"]
        )
        #expect(Set(ids).count == 3)
    }

    @Test func `a slash in an id of an event, or an id like an origin, makes no job of another event`() throws {
        let ids = try ["wamid.1", "wamid.1/it", "wamid.1/it/0", "stdin:12", "stdin:12:it/0", "/", ""].map { id in
            try jobs([add, fixed], origin: "stdin:12") { $0.id = id }.map(\.job.id)
        }
        let unnamed = try ["stdin:12", "stdin:12:it/0", "stdin:12/it/0"].map { origin in
            try jobs([add, fixed], origin: origin) { $0.id = nil }.map(\.job.id)
        }
        let all = (ids + unnamed).flatMap(\.self)
        #expect(Set(all).count == all.count)
        #expect(all.count == 20)
    }

    @Test func `an event without an id is named by its origin`() throws {
        let one = try jobs([add], origin: "stdin:12") { $0.id = nil }
        let other = try jobs([add], origin: "stdin:13") { $0.id = nil }
        #expect(one.map(\.job.id) == ["stdin:12:it/0"])
        #expect(other.map(\.job.id) == ["stdin:13:it/0"])
        #expect(one.map(\.job.event) == [nil])
    }
}
