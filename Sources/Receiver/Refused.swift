import Events

/// Why a request is not answered with 200.
struct Refused: Error, Hashable {
    /// The cause, for the counts.
    let cause: ReceiverCounts.Refusal

    /// What somebody who tries the address by hand should know; nothing of the body.
    let detail: String

    /// Whether the answer goes out before all of the request is read.
    let isEarly: Bool

    /// Creates a refusal.
    init(_ cause: ReceiverCounts.Refusal, detail: String = "", isEarly: Bool? = nil) {
        self.cause = cause
        self.detail = detail
        self.isEarly = isEarly ?? [.notFound, .tooLong, .cutOff].contains(cause)
    }

    /// The body of the answer.
    var json: String {
        var writer = JSONWriter()
        writer.object {
            $0.member("refused", cause.rawValue)
            $0.member("detail", ifPresent: detail.isEmpty ? nil : detail)
        }
        return writer.text
    }
}
