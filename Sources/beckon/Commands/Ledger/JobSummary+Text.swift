import Events
import Ledger

extension JobSummary {
    /// Why the job stands as it does, in a few words.
    ///
    /// An attempt without an end is under way while a run is at work; else its process may have been killed.
    func standing(isRunAtWork: Bool) -> String {
        guard status == .waiting, hasOpenAttempt else { return reason ?? "" }
        return isRunAtWork ? "attempt \(attempts) under way" : "attempt \(attempts) has no end"
    }

    /// Writes the job as a JSON object.
    func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    /// Writes the members of the job's JSON object.
    func writeMembers(to object: inout JSONWriter) {
        object.member("job", number)
        object.member("id", id)
        object.member("rule", rule)
        object.member("action", action)
        object.member("conversation", ifPresent: conversation)
        object.member("status", status.rawValue)
        object.member("reason", ifPresent: reason)
        object.member("detail", ifPresent: detail)
        object.member("at", ifPresent: firedAt)
        object.member("asked", asked)
        object.member("settled", ifPresent: settled)
        object.member("due", ifPresent: due)
        object.member("attempts", attempts)
        object.member("under_way", hasOpenAttempt)
    }
}

extension Instant {
    /// The time to the minute, in UTC, as tables show it: `2026-07-21 06:14`.
    var tableText: String {
        String(iso8601.prefix(16)).replacing("T", with: " ")
    }
}
