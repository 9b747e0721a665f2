import Logging

/// The one place through which every call of the stand-in API and every answer to it passes.
///
/// What answers, delays or breaks a call on purpose belongs here, between the call and `perform`.
struct APIDoor: Sendable {
    let api: CollaboratorsAPI
    let store: SandboxStore
    let limits: SandboxLimits
    let logger: Logger

    /// Answers a call and writes it into the log of calls, both as one step.
    func answer(_ call: APICall) -> APIAnswer {
        let (answer, record) = store.change { state in
            let verdict = api.perform(call, on: &state)
            let answer = APIAnswer(status: verdict.status, body: verdict.json)
            let record = entry(for: call, verdict: verdict, answer: answer)
            state.record(record)
            return (answer, record)
        }
        logger.info(
            "answered",
            metadata: [
                "method": "\(record.method)", "path": "\(record.path)", "status": "\(record.status)",
                "effect": "\(record.effect.rawValue)", "hint": "\(record.hint ?? "")",
            ]
        )
        return answer
    }

    /// What the log of calls keeps: bounded, and without the key wherever the caller may have put it.
    private func entry(for call: APICall, verdict: CollaboratorsAPI.Verdict, answer: APIAnswer) -> SandboxCall {
        SandboxCall(
            sequence: 0,
            milliseconds: call.milliseconds,
            method: line(call.method, limits.nameBytesMax),
            path: line(call.path, limits.nameBytesMax),
            status: verdict.status,
            effect: verdict.effect,
            chat: verdict.chat.map { line($0, limits.nameBytesMax) },
            matched: Array(verdict.matched.prefix(limits.agentsPerCallMax)),
            unmatched: verdict.unmatched.prefix(limits.agentsPerCallMax).map { line($0, limits.nameBytesMax) },
            answer: line(answer.body, limits.excerptBytesMax),
            refusal: verdict.refusal.map { line($0, limits.nameBytesMax) },
            hint: verdict.hint
        )
    }

    private func line(_ text: String, _ bytesMax: Int) -> String {
        PlainText.line(api.key.redact(text), bytesMax: bytesMax)
    }
}
