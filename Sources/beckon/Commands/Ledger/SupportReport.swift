import ActionKit
import Events
import Ledger

/// What one sends to DoubleTick's support about a job: requests without the key, answers and times.
///
/// Holds no rule and no message of a customer. Phone numbers are in it, since they are the request.
struct SupportReport {
    /// The report as lines to be pasted.
    let lines: [String]

    /// Writes a report; `nil` when nothing was sent.
    init?(_ story: JobStory) {
        let sent = story.attempts.filter(\.wasSent)
        guard !sent.isEmpty else { return nil }
        var sheet = FactSheet()
        sheet.add("call", "\(story.summary.action), \(story.summary.id)")
        sheet.add("attempts", "\(sent.count) sent of \(story.attempts.count); all times are in UTC")
        sheet.add("outcome", story.summary.status.rawValue + (story.summary.reason.map { " (\($0))" } ?? ""))
        for attempt in sent {
            guard let exchange = attempt.exchange else { continue }
            sheet.gap()
            sheet.add("attempt \(attempt.number)", "\(exchange.request.method) \(exchange.request.path)")
            sheet.add("sent", attempt.began.withMilliseconds)
            sheet.add("body", exchange.request.json?.inOneLine)
            sheet.add("ended", attempt.ended?.withMilliseconds ?? "not known")
            sheet.add("answer", exchange.status.map { "status \($0)" } ?? "none (\(attempt.reason ?? "not known"))")
            sheet.add("", exchange.answer?.inOneLine)
        }
        lines = sheet.lines
    }
}

extension AttemptRecord {
    /// Whether something of its request may have reached the destination.
    fileprivate var wasSent: Bool {
        // An attempt that is made again without an answer's status found nobody to send to.
        exchange != nil && !(outcome == "retry" && exchange?.status == nil)
    }
}

extension Instant {
    /// The time as ISO 8601 text, always with milliseconds.
    fileprivate var withMilliseconds: String {
        iso8601.contains(".") ? iso8601 : "\(iso8601.dropLast()).000Z"
    }
}
