import ActionKit
import Delivery
import Events
import RuleEngine

/// One line of output: what became of one job.
struct JobRecord {
    /// The statuses that a record can have.
    enum Status: String, CaseIterable {
        case planned
        case delivered
        case partial
        case failed
        case unknown
        case suppressed
    }

    /// The 1-based line of the input; `nil` where there is none.
    var line: Int?

    /// The input, where there are several.
    var input: String?

    /// The job with its settings.
    var job: PlannedJob

    /// What became of it.
    var status: Status

    /// Why, as a short code.
    var reason: String?

    /// Why, as a sentence.
    var detail: String?

    /// Writes the record as a JSON object, the members in the order that the product shows.
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("line", ifPresent: line)
            $0.member("input", ifPresent: input)
            $0.member("event", ifPresent: job.job.event)
            $0.member("rule", job.job.rule)
            $0.member("action", job.action)
            $0.member("conversation", ifPresent: job.job.conversation)
            $0.member("with") { with in
                with.object { object in
                    for pair in job.settings.pairs {
                        object.key(pair.name)
                        object.value(pair.value)
                    }
                }
            }
            $0.member("status", status.rawValue)
            $0.member("reason", ifPresent: reason)
            $0.member("detail", ifPresent: detail)
        }
    }
}

extension JobRecord {
    /// A record of a job as the rules decided it, nothing performed.
    init(line: Int?, input: String?, planned job: PlannedJob) {
        self.init(line: line, input: input, job: job, status: .planned)
        switch job.plan {
        case .perform: break
        case .suppressed(let why):
            status = .suppressed
            reason = why.code
            detail = why.detail
        case .failed(let why):
            status = .failed
            reason = why.code
            detail = why.detail
        }
    }

    /// The same record with what delivery made of the job.
    func settled(_ settlement: Settlement) -> JobRecord {
        var record = self
        switch settlement.status {
        case .delivered: record.status = .delivered
        case .partial: record.status = .partial
        case .failed: record.status = .failed
        case .unknown: record.status = .unknown
        case .suppressed: record.status = .suppressed
        }
        record.reason = settlement.reason
        record.detail = settlement.detail
        return record
    }
}

extension JSONWriter {
    /// Writes a setting as one value.
    fileprivate mutating func value(_ setting: SettingValue) {
        switch setting {
        case .string(let text): string(text)
        case .integer(let number): integer(number)
        case .boolean(let flag): boolean(flag)
        case .list(let values): list { for value in values { $0.value(value) } }
        }
    }
}
