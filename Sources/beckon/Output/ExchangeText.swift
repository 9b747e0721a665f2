import ActionKit
import Diagnostics
import DoubleTick

/// Requests, answers and outcomes as a person reads them; the key is never part of them.
enum ExchangeText {
    /// How much of an answer is shown.
    private static let bodyCharactersMax = 2_000

    /// A request and what came back, as lines.
    static func text(_ request: ActionRequest, _ exchange: Exchange, baseURL: String) -> String {
        var lines = ["> \(request.method) \(baseURL)\(request.path)", "> Authorization: (the key)"]
        if let json = request.json { lines += ["> Content-Type: application/json", ">", "> \(json)"] }
        switch exchange {
        case .answered(let answer):
            lines.append("< \(answer.status)")
            let body = String(decoding: answer.body.prefix(bodyCharactersMax), as: UTF8.self)
            if !body.isEmpty { lines.append("< \(ReadableLine(body, lengthMax: bodyCharactersMax))") }
            if answer.body.count > bodyCharactersMax { lines.append("< … \(answer.body.count) bytes in all") }
        case .notSent(let reason): lines.append("! not sent (\(reason.code)): \(reason.detail)")
        case .unanswered(let reason): lines.append("! no answer (\(reason.code)): \(reason.detail)")
        }
        return lines.map { TerminalText.visible($0) }.joined(separator: "\n") + "\n\n"
    }

    /// What became of the call.
    static func text(_ outcome: DeliveryOutcome) -> String {
        switch outcome {
        case .delivered(let receipt): "delivered: \(receipt.detail)"
        case .partial(let receipt): "partial: \(receipt.detail)"
        case .retry(let reason, _): "failed for now (\(reason.code)): \(reason.detail) A run would try again."
        case .rejected(let reason): "failed (\(reason.code)): \(reason.detail)"
        case .unauthorized(let reason): "the key was refused (\(reason.code)): \(reason.detail)"
        case .unknown(let reason): "unknown (\(reason.code)): \(reason.detail)"
        }
    }
}
