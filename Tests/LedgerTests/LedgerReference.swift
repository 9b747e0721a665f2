import ActionKit
import Events

@testable import Ledger

/// What the ledger is to show, worked out from a few dictionaries.
struct LedgerReference {
    struct Work: Equatable {
        var event: Int64
        var firing: Int64
        var conversation: String
        var effect: EffectClass
        var attempts = 0
        var began: Instant?
        var isUnderWay = false
        var mayBeDone = false
        var status: String?
        var reason: String?
        var asked: [String] = []
    }

    struct Place: Hashable {
        var conversation: String
        var member: String
    }

    struct Member: Equatable {
        var job: Int64
        var status: String?
        var delivered: (at: Instant, job: Int64, event: Int64)?

        static func == (one: Self, other: Self) -> Bool {
            (one.job, one.status, one.delivered?.job) == (other.job, other.status, other.delivered?.job)
        }
    }

    var jobs: [Int64: Work] = [:]
    var members: [Place: Member] = [:]
    var eventCount: Int64 = 0

    var openJobs: [Int64] { jobs.filter { $0.value.status == nil }.keys.sorted() }

    mutating func take(_ batch: IntakeBatch) {
        for event in batch.events {
            eventCount += 1
            for firing in event.firings {
                let first = Int64(jobs.count + 1)
                for job in firing.jobs {
                    jobs[Int64(jobs.count + 1)] = Work(
                        event: eventCount,
                        firing: first,
                        conversation: firing.lane,
                        effect: job.effect
                    )
                }
            }
        }
    }

    mutating func begin(
        _ number: Int64,
        for asked: [String],
        within period: Duration,
        loop: DeliveryGuards.LoopGuard,
        now: Instant
    ) -> String {
        guard var job = jobs[number], job.status == nil else { return "gone" }
        defer { jobs[number] = job }
        func isDone(_ member: String) -> Bool {
            let place = Place(conversation: job.conversation, member: member)
            guard let delivered = members[place]?.delivered else { return false }
            return delivered.event == job.event || delivered.at > now.advanced(by: .zero - period)
        }
        func refuse(_ reason: String) -> String {
            (job.status, job.reason) = ("suppressed", reason)
            for (place, member) in members where member.job == number { members[place]?.status = "suppressed" }
            return reason
        }
        let rest = asked.filter { !isDone($0) }
        if rest.isEmpty, !asked.isEmpty {
            return refuse("already-done")
        }
        let since = now.advanced(by: .zero - loop.period)
        let lately = jobs.values.filter {
            $0.conversation == job.conversation && ($0.began.map { $0 > since } ?? false)
        }
        if job.attempts == 0, lately.count >= loop.count {
            job.began = now
            return refuse("loop-guard")
        }
        for member in rest {
            let place = Place(conversation: job.conversation, member: member)
            members[place] = Member(job: number, status: nil, delivered: members[place]?.delivered)
        }
        job.attempts += 1
        job.began = job.began ?? now
        job.isUnderWay = true
        job.asked = rest
        return rest == asked ? "granted" : "narrowed \(rest)"
    }

    mutating func end(_ number: Int64, status: String?, isUnknown: Bool, reached: [String], now: Instant) {
        guard var job = jobs[number] else { return }
        job.isUnderWay = false
        if job.status == nil {
            job.status = status
            if status == nil { job.mayBeDone = job.mayBeDone || isUnknown }
        }
        jobs[number] = job
        guard let status else { return }
        for (place, member) in members where member.job == number && place.conversation == job.conversation {
            members[place]?.status = status == "partial" ? "failed" : status
        }
        for member in reached {
            let place = Place(conversation: job.conversation, member: member)
            members[place]?.status = "delivered"
            members[place]?.delivered = (now, number, job.event)
        }
    }

    mutating func takeBack(_ number: Int64) {
        guard var job = jobs[number] else { return }
        job.isUnderWay = false
        if job.status == nil {
            job.attempts -= 1
            if job.attempts == 0 { job.began = nil }
        }
        jobs[number] = job
    }

    mutating func drop(_ number: Int64) {
        jobs[number]?.status = "suppressed"
        jobs[number]?.reason = "dropped"
    }

    mutating func recover() {
        for number in jobs.keys.sorted() {
            guard let job = jobs[number], job.isUnderWay else { continue }
            jobs[number]?.isUnderWay = false
            guard job.status == nil else { continue }
            jobs[number]?.mayBeDone = true
            guard job.effect == .atMostOnce else { continue }
            jobs[number]?.status = "unknown"
            for (place, member) in members where member.job == number && place.conversation == job.conversation {
                members[place]?.status = "unknown"
            }
            for (later, other) in jobs where later > number && other.firing == job.firing && other.status == nil {
                jobs[later]?.status = "suppressed"
                jobs[later]?.reason = "earlier-failed"
            }
        }
    }

    /// All of it as lines.
    var lines: [String] {
        let jobLines = jobs.keys.sorted().compactMap { number -> String? in
            guard let job = jobs[number] else { return nil }
            let reason = job.status == "suppressed" ? job.reason ?? "-" : "-"
            let isUnderWay = job.isUnderWay ? 1 : 0
            return "\(number)|\(job.status ?? "-")|\(reason)|\(job.attempts)|\(job.mayBeDone ? 1 : 0)|\(isUnderWay)"
        }
        let memberLines = members.map { place, member in
            "\(place.conversation)|\(place.member)|\(member.job)|\(member.status ?? "-")"
                + "|\(member.delivered.map { "\($0.job)" } ?? "-")"
        }
        return jobLines + memberLines.sorted()
    }
}

extension Ledger {
    /// All of it as lines, as in the reference.
    func referenceLines() throws -> [String] {
        try lines(
            """
            SELECT number, status, iif(status = 'suppressed', reason, NULL), attempts, may_be_done,
                EXISTS (SELECT 1 FROM attempt WHERE attempt.job = job.number AND ended_at IS NULL)
            FROM job ORDER BY number
            """
        )
            + lines("SELECT conversation, member, job, status, delivered_job FROM membership").sorted()
    }
}
