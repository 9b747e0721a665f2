import DoubleTick

/// Writes recorded messages, one JSON object a line, into the chats that they belong to.
struct MessageIntake: Sendable {
    let store: SandboxStore
    let limits: SandboxLimits
    let nowMilliseconds: @Sendable () -> Int64

    /// Takes the lines in order; a chat that a message names appears if it is not there.
    ///
    /// Each message is one step of its own, so that a long input does not keep the API waiting.
    func receive(lines bytes: some Collection<UInt8>) -> SandboxIntake {
        var report = SandboxIntake()
        var reader = MessageReader()
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let readings = read(line, with: &reader)
            guard !readings.isEmpty else { continue }
            report.lines += 1
            let reasons = readings.compactMap { take($0, &report) }
            guard let reason = reasons.first else { continue }
            report.rejected += 1
            guard report.problems.count < limits.rejectedLinesMax else { continue }
            report.problems.append(SandboxIntake.Problem(line: number, reason: reason))
        }
        return report
    }

    private func read(_ line: some Collection<UInt8>, with reader: inout MessageReader) -> [IncomingMessage.Reading] {
        guard line.count <= limits.bodyBytesMax else {
            return [.rejected("is longer than \(limits.bodyBytesMax) bytes")]
        }
        return reader.read(line)
    }

    /// Takes what a line holds; returns why it cannot be used, if so.
    private func take(_ reading: IncomingMessage.Reading, _ report: inout SandboxIntake) -> String? {
        switch reading {
        case .rejected(let reason): return reason
        case .otherEvent: report.skipped += 1
        case .message(let incoming):
            switch write(incoming) {
            case .written: report.messages += 1
            case .repeated: report.repeated += 1
            case .refused(let reason): return reason
            }
        }
        return nil
    }

    private enum Writing: Sendable {
        case written
        case repeated
        case refused(String)
    }

    private func write(_ incoming: IncomingMessage) -> Writing {
        if let fault = DoubleTickNumber.fault(in: incoming.customer) { return .refused("has a customer that \(fault)") }
        return store.change { state in
            guard let business = incoming.business ?? state.onlyBusiness else {
                return .refused("names no business number, and the sandbox does not know just one")
            }
            if let fault = DoubleTickNumber.fault(in: business) {
                return .refused("has a business number that \(fault)")
            }
            let key = ChatKey(business: business, customer: incoming.customer)
            var message = incoming.message
            message.id = message.id.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }
            if let id = message.id, state.holdsMessage(id, in: key) { return .repeated }
            message.text = PlainText.text(message.text, bytesMax: limits.textBytesMax)
            message.attachment = message.attachment.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }
            state.open(key, name: incoming.name)
            let written = incoming.milliseconds.flatMap { PageClock.range.contains($0) ? $0 : nil }
            state.append(message, to: key, at: written ?? nowMilliseconds())
            return .written
        }
    }
}
