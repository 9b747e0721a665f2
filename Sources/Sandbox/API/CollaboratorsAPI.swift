import DoubleTick

/// The two calls of the Collaborators API, decided as DoubleTick decides them.
///
/// The order of the checks is that of DoubleTick's framework as observed: the path first, then the key, then the body.
struct CollaboratorsAPI: Sendable {
    let key: KeyCheck
    let createsChats: Bool

    /// What a call did, for the answer and for the log.
    struct Verdict: Sendable {
        var status: Int
        var json: String
        var effect = SandboxCall.Effect.refused
        var chat: String?
        var matched: [SandboxAgent] = []
        var unmatched: [String] = []
        var refusal: String?
        var hint: String?

        /// Whether somebody was left out on purpose.
        var isHalved = false

        /// A fault came first; what is answered is the fault's.
        static let notPerformed = Verdict(effect: .notPerformed)

        private init(effect: SandboxCall.Effect) {
            status = 0
            json = ""
            self.effect = effect
        }

        /// An error; nothing was changed.
        init(_ error: APIError, chat: String? = nil, hint: String? = nil) {
            status = error.status
            json = error.json
            refusal = error.message.joined
            self.chat = chat
            self.hint = hint
        }

        /// Status 200.
        init(_ matching: Matching, effect: SandboxCall.Effect, chat: String) {
            status = 200
            json = matching.answer.json()
            self.effect = effect
            self.chat = chat
            matched = matching.agents
            unmatched = matching.unmatched
            isHalved = matching.isHalved
        }
    }

    /// Whom the numbers of a call stand for.
    struct Matching: Sendable {
        var agents: [SandboxAgent] = []
        /// The numbers of the agents, as sent.
        var written: [String] = []
        /// The numbers that matched nobody, as sent.
        var unmatched: [String] = []
        /// Whether matched agents stand among those who matched nobody.
        var isHalved = false

        /// Leaves out the second half of the agents, the larger one of an odd number.
        mutating func halve() {
            let kept = agents.count / 2
            isHalved = kept < agents.count
            unmatched += written[kept...]
            agents.removeSubrange(kept...)
            written.removeSubrange(kept...)
        }

        /// The answer, in the form of DoubleTick's own example: a `+` in `success`, none added in `failed`.
        var answer: CollaboratorsAnswer {
            CollaboratorsAnswer(
                success: agents.map { CollaboratorsAnswer.Match(number: "+\($0.number)", name: $0.name) },
                failed: unmatched.map { CollaboratorsAnswer.Miss(number: $0) }
            )
        }
    }

    /// Decides a call and performs it on the state; `isHalved` for only the first half of the agents that it names.
    func perform(_ call: APICall, isHalved: Bool = false, on state: inout SandboxState) -> Verdict {
        let isAdding: Bool
        switch (call.method, call.path) {
        case ("POST", DoubleTickAPI.Path.addCollaborators): isAdding = true
        case ("POST", DoubleTickAPI.Path.removeCollaborators): isAdding = false
        default: return Verdict(.noRoute(method: call.method, path: key.redact(call.path)))
        }
        guard key.accepts(call.authorization) else {
            return Verdict(.unauthorized, hint: key.hint(call.authorization))
        }
        guard let body = call.body else { return Verdict(.tooLarge) }
        switch CollaboratorsReading(call.isJSON ? body : nil) {
        case .notJSON:
            return Verdict(.notJSON)
        case .faulty(let faults):
            let hint = call.isJSON ? nil : "The Content-Type is not application/json, so the body is not read."
            return Verdict(.faulty(faults), hint: hint)
        case .request(let request):
            return perform(request, isAdding: isAdding, isHalved: isHalved, at: call.milliseconds, on: &state)
        }
    }

    private func perform(
        _ request: CollaboratorsBody,
        isAdding: Bool,
        isHalved: Bool,
        at milliseconds: Int64,
        on state: inout SandboxState
    ) -> Verdict {
        let chat = ChatKey(business: request.from, customer: request.to)
        guard exists(chat, in: &state) else {
            return Verdict(.chatNotFound, chat: chat.text, hint: hint(missing: chat, in: state))
        }
        var matching = match(request.agentNumbers, in: state)
        if isHalved { matching.halve() }
        let moved =
            isAdding
            ? state.join(matching.agents, chat, at: milliseconds)
            : state.leave(matching.agents, chat, at: milliseconds)
        let effect: SandboxCall.Effect =
            switch (matching.agents.isEmpty, moved.isEmpty) {
            case (true, _): .nobodyMatched
            case (false, false): isAdding ? .added : .removed
            case (false, true): isAdding ? .alreadyThere : .notThere
            }
        return Verdict(matching, effect: effect, chat: chat.text)
    }

    /// Looks up each number once; whether DoubleTick answers a repeated one twice is not documented.
    private func match(_ numbers: [String], in state: SandboxState) -> Matching {
        var matching = Matching()
        var seen: Set<String> = []
        for number in numbers {
            let agent = state.agent(number)
            guard seen.insert(agent?.number ?? "as sent: \(number)").inserted else { continue }
            guard let agent else {
                matching.unmatched.append(number)
                continue
            }
            matching.agents.append(agent)
            matching.written.append(number)
        }
        return matching
    }

    private func exists(_ chat: ChatKey, in state: inout SandboxState) -> Bool {
        if state.chats[chat] != nil { return true }
        guard createsChats,
            DoubleTickNumber.fault(in: chat.business) == nil, DoubleTickNumber.fault(in: chat.customer) == nil,
            state.isBusiness(chat.business) || !state.knowsBusinesses
        else { return false }
        state.open(chat)
        return true
    }

    private func hint(missing chat: ChatKey, in state: SandboxState) -> String {
        let turned = ChatKey(business: chat.customer, customer: chat.business)
        if state.chats[turned] != nil || (state.isBusiness(chat.customer) && !state.isBusiness(chat.business)) {
            return "“from” and “to” are the wrong way round: “from” is the business number, “to” the customer’s."
        }
        guard state.isBusiness(chat.business) else {
            return "The sandbox knows no business number \(shown(chat.business))."
        }
        return "Customer \(shown(chat.customer)) has no chat with this business number."
    }

    private func shown(_ digits: String) -> String {
        digits.isEmpty
            ? "without digits" : DoubleTickNumber.display(String(digits.prefix(DoubleTickNumber.lengths.upperBound)))
    }
}

extension ErrorBody.Message {
    /// All of it in one line.
    fileprivate var joined: String {
        switch self {
        case .one(let text): text
        case .several(let texts): texts.joined(separator: "; ")
        }
    }
}
