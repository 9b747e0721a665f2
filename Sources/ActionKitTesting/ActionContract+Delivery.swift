internal import ActionKit

/// What the action sends, and what it makes of what comes back.
extension ActionContract {
    /// The same job sends the same bytes, and those that `request(for:)` shows.
    func requestViolations(of example: ActionExample) async -> [String] {
        var sent: [[ActionRequest]] = []
        for _ in 0..<2 {
            let transport = ScriptedTransport(.answered(Answer(status: 200, body: Array("{}".utf8))))
            _ = await attempt(example.settings, .ofContract, over: transport)
            sent.append(transport.requests)
        }
        var found: [String] = []
        if sent[0] != sent[1] {
            found.append("the same job with the settings '\(example.title)' sends different requests")
        }
        let shown = (try? Subject(example.settings))?.request(for: .ofContract)
        if shown != sent[0].first {
            found.append("the request shown for '\(example.title)' is not the one that is sent first")
        }
        for request in sent[0] where request.destination != spec.destination {
            found.append("a request goes to '\(request.destination)', which is not the destination of the spec")
        }
        if spec.effect == .keyed, !sent[0].contains(where: { $0.carries(Job.ofContract.id) }) {
            found.append("the effect is keyed, but no request carries the id of the job")
        }
        return found
    }

    /// Every status with every kind of body ends in an outcome that people can read and that holds no key.
    func answerViolations(of example: ActionExample) async -> [String] {
        var violations = Tally()
        for status in 100...599 {
            for (kind, body) in HostileBody.all {
                let transport = ScriptedTransport(.answered(Answer(status: status, body: body)))
                guard let outcome = await attempt(example.settings, .ofContract, over: transport) else { continue }
                for violation in outcome.violations {
                    violations.count(violation, at: "status \(status) with \(kind)")
                }
            }
        }
        return violations.sentences
    }

    /// Nothing counts as done before the receiver said so.
    func silenceViolations(of example: ActionExample) async -> [String] {
        let silences: [(String, Exchange)] = [
            ("nothing was sent", .notSent(Reason("connection-refused", "Nobody listens there."))),
            ("no answer came", .unanswered(Reason("timeout", "No answer came in time."))),
        ]
        var found: [String] = []
        for (situation, exchange) in silences {
            let transport = ScriptedTransport(exchange)
            let outcome = await attempt(example.settings, .ofContract, over: transport)
            guard !transport.requests.isEmpty else { continue }
            switch outcome {
            case .delivered, .partial: found.append("the outcome claims success although \(situation)")
            case .retry, .rejected, .unauthorized, .unknown, nil: continue
            }
        }
        return found
    }

    /// An attempt that waits for an answer ends when its task is cancelled.
    ///
    /// It runs in a task of its own and not in a child: one that does not end would keep a group from reporting it.
    func cancellationViolations(of example: ActionExample) async -> [String] {
        let (moments, moment) = AsyncStream.makeStream(of: Moment.self)
        let attempt = Task {
            _ = await self.attempt(example.settings, .ofContract, over: ScriptedTransport { moment.yield(.asked) })
            moment.yield(.ended)
        }
        let patience = patience
        let timer = Task {
            try? await ContinuousClock().sleep(for: patience)
            moment.yield(.late)
        }
        defer { timer.cancel() }
        for await moment in moments {
            switch moment {
            case .asked: attempt.cancel()
            case .ended: return []
            case .late:
                attempt.cancel()
                return ["an attempt goes on after its task was cancelled"]
            }
        }
        return []
    }

    private enum Moment {
        case asked
        case ended
        case late
    }
}

/// Counts violations, so that one mistake is reported once and not for every status.
private struct Tally {
    private var counts: [(violation: String, place: String, count: Int)] = []

    mutating func count(_ violation: String, at place: String) {
        if let known = counts.firstIndex(where: { $0.violation == violation }) {
            counts[known].count += 1
        } else {
            counts.append((violation, place, 1))
        }
    }

    var sentences: [String] {
        counts.map { "\($0.violation): first at \($0.place), \($0.count) times in all" }
    }
}

extension ActionRequest {
    /// Whether the text stands in the path or in the body.
    func carries(_ text: String) -> Bool {
        path.contains(text) || json?.contains(text) == true
    }
}

extension DeliveryOutcome {
    /// What is wrong with an outcome, whatever brought it about.
    fileprivate var violations: [String] {
        var found: [String] = []
        let (texts, detail, code) = parts
        if texts.contains(where: { $0.contains(HostileBody.secret) }) {
            found.append("an outcome holds a key that the answer planted")
        }
        if detail.isEmpty { found.append("an outcome has no detail") }
        if detail.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            found.append("the detail of an outcome holds control characters")
        }
        if detail.unicodeScalars.count > HostileBody.detailMax { found.append("the detail of an outcome is too long") }
        if let code, !code.isName(joinedBy: "-") { found.append("the reason code '\(code)' is not in kebab case") }
        return found
    }

    private var parts: (texts: [String], detail: String, code: String?) {
        switch self {
        case .delivered(let receipt), .partial(let receipt):
            (receipt.reached + receipt.missed + [receipt.detail], receipt.detail, nil)
        case .retry(let reason, _), .rejected(let reason), .unauthorized(let reason), .unknown(let reason):
            ([reason.code, reason.detail], reason.detail, reason.code)
        }
    }
}
