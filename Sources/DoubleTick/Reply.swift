public import ActionKit

/// What DoubleTick made of one request, read the same way for every action.
public enum Reply: Hashable, Sendable {
    /// A 2xx status. Whether all of the job is done, the body tells.
    case accepted(body: [UInt8])

    /// Everything else, with what it means for the job.
    case ended(DeliveryOutcome)

    /// Reads an exchange.
    public init(_ exchange: Exchange) {
        switch exchange {
        case .answered(let answer) where (200..<300).contains(answer.status): self = .accepted(body: answer.body)
        case .answered(let answer): self = .ended(Self.outcome(of: answer))
        case .notSent(let reason): self = .ended(.retry(Self.readable(reason)))
        case .unanswered(let reason): self = .ended(.unknown(Self.readable(reason)))
        }
    }

    private static func outcome(of answer: Answer) -> DeliveryOutcome {
        func reason(_ code: String) -> Reason {
            Reason(code, detail(of: answer))
        }
        switch answer.status {
        case 300..<400: return .rejected(reason("redirected"))
        case 400: return .rejected(reason("bad-request"))
        case 401: return .unauthorized(reason("unauthorized"))
        case 403: return .rejected(reason("forbidden"))
        case 404: return .rejected(reason("not-found"))
        case 422: return .rejected(reason("unprocessable"))
        case 408, 429, 500..<600: return .retry(reason("http-\(answer.status)"), after: answer.retryAfter)
        case 400..<500: return .rejected(reason("http-\(answer.status)"))
        // Not a status that ends an exchange: nobody can say what became of the request.
        default: return .unknown(reason("http-\(answer.status)"))
        }
    }

    private static func detail(of answer: Answer) -> String {
        guard let line = ErrorBody(reading: answer.body).line else {
            return "DoubleTick answered \(answer.status) without a message."
        }
        return "DoubleTick answered \(answer.status): \(line)"
    }

    /// The transport's reason, held to the same rules as foreign text.
    private static func readable(_ reason: Reason) -> Reason {
        Reason(reason.code, ReadableLine(reason.detail).description)
    }
}
