/// Writes recorded messages, one JSON object a line, into the chats that they belong to.
struct MessageIntake: Sendable {
    let store: SandboxStore
    let limits: SandboxLimits
    let nowMilliseconds: @Sendable () -> Int64

    /// Takes the lines in order; a chat that a message names appears if it is not there.
    ///
    /// Each line is one step of its own, so that a long input does not keep the API waiting.
    func receive(lines bytes: some Collection<UInt8>) -> SandboxIntake {
        var report = SandboxIntake()
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { !Self.isSpace($0) }) else { continue }
            report.lines += 1
            if let reason = take(line, &report) {
                report.rejected += 1
                guard report.problems.count < limits.rejectedLinesMax else { continue }
                report.problems.append(SandboxIntake.Problem(line: number, reason: reason))
            }
        }
        return report
    }

    /// Takes one line; returns why it cannot be used, if so.
    private func take(_ line: some Collection<UInt8>, _ report: inout SandboxIntake) -> String? {
        guard line.count <= limits.bodyBytesMax else { return "is longer than \(limits.bodyBytesMax) bytes" }
        switch IncomingMessage.read(line) {
        case .rejected(let reason):
            return reason
        case .otherEvent:
            report.skipped += 1
            return nil
        case .message(let incoming):
            switch write(incoming) {
            case .written: report.messages += 1
            case .repeated: report.repeated += 1
            case .refused(let reason): return reason
            }
            return nil
        }
    }

    private enum Writing: Sendable {
        case written
        case repeated
        case refused(String)
    }

    private func write(_ incoming: IncomingMessage) -> Writing {
        if let fault = PhoneDigits.fault(in: incoming.customer) { return .refused("has a customer that \(fault)") }
        return store.change { state in
            guard let business = incoming.business ?? state.onlyBusiness else {
                return .refused("names no business number, and the sandbox does not know just one")
            }
            if let fault = PhoneDigits.fault(in: business) { return .refused("has a business number that \(fault)") }
            let key = ChatKey(business: business, customer: incoming.customer)
            var message = incoming.message
            message.id = message.id.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }
            if let id = message.id, state.holdsMessage(id, in: key) { return .repeated }
            message.text = PlainText.text(message.text, bytesMax: limits.textBytesMax)
            message.attachment = message.attachment.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }
            state.open(key, name: incoming.name)
            state.append(message, to: key, at: incoming.milliseconds ?? nowMilliseconds())
            return .written
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0D].contains(byte)
    }
}
