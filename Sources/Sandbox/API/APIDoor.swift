import Logging

/// The one place through which every call of the stand-in API and every answer to it passes.
///
/// Here a call meets its fault, if the dice say so: before it is performed, or between that and its answer.
struct APIDoor: Sendable {
    let api: CollaboratorsAPI
    let dice: FaultDice
    let store: SandboxStore
    let limits: SandboxLimits
    let logger: Logger

    /// Answers a call and writes it into the log of calls, both as one step.
    func answer(_ call: APICall) -> APIAnswer {
        let (answer, record) = store.change { state in
            let roll = dice.roll(state.callsSeen + 1)
            let (verdict, answer) = meet(roll, call, on: &state)
            // A half of nothing is no fault.
            let fault = roll?.fault == .partial && !verdict.isHalved ? nil : roll?.fault
            let record = entry(for: call, verdict: verdict, answer: answer, fault: fault)
            state.record(record)
            return (answer, record)
        }
        logger.info(
            "answered",
            metadata: [
                "method": "\(record.method)", "path": "\(record.path)",
                "status": "\(record.status.map(String.init) ?? "none")", "effect": "\(record.effect.rawValue)",
                "fault": "\(record.fault?.description ?? "")", "hint": "\(record.hint ?? "")",
            ]
        )
        return answer
    }

    /// Performs the call unless its fault comes first, and says how the answer is delivered.
    private func meet(
        _ roll: FaultDice.Roll?,
        _ call: APICall,
        on state: inout SandboxState
    ) -> (CollaboratorsAPI.Verdict, APIAnswer) {
        guard roll?.isPerformed != false else {
            guard case .status(let status) = roll?.fault else {
                return (.notPerformed, APIAnswer(status: 0, body: "", delivery: delivery(roll?.fault)))
            }
            return (.notPerformed, APIAnswer(fault: status))
        }
        let verdict = api.perform(call, isHalved: roll?.fault == .partial, on: &state)
        return (verdict, APIAnswer(status: verdict.status, body: verdict.json, delivery: delivery(roll?.fault)))
    }

    private func delivery(_ fault: Fault?) -> APIAnswer.Delivery {
        switch fault {
        case nil, .status, .partial: .whole
        case .slow: .late
        case .truncate: .cutOff
        case .reset: .reset
        case .hang: .never
        }
    }

    /// What the log of calls keeps: bounded, and without the key wherever the caller may have put it.
    private func entry(
        for call: APICall,
        verdict: CollaboratorsAPI.Verdict,
        answer: APIAnswer,
        fault: Fault?
    ) -> SandboxCall {
        let isAnswered = answer.delivery != .reset && answer.delivery != .never
        return SandboxCall(
            sequence: 0,
            milliseconds: call.milliseconds,
            method: line(call.method, limits.nameBytesMax),
            path: line(call.path, limits.nameBytesMax),
            status: isAnswered ? answer.status : nil,
            effect: verdict.effect,
            chat: verdict.chat.map { line($0, limits.nameBytesMax) },
            matched: Array(verdict.matched.prefix(limits.agentsPerCallMax)),
            unmatched: verdict.unmatched.prefix(limits.agentsPerCallMax).map { line($0, limits.nameBytesMax) },
            answer: isAnswered ? line(answer.body, limits.excerptBytesMax) : "",
            refusal: verdict.refusal.map { line($0, limits.nameBytesMax) },
            hint: verdict.hint,
            fault: fault
        )
    }

    private func line(_ text: String, _ bytesMax: Int) -> String {
        PlainText.line(api.key.redact(text), bytesMax: bytesMax)
    }
}
