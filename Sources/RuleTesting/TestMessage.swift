import Events
import RuleSyntax

/// The DoubleTick message that a test's shorthand stands for (`MESSAGE_RECEIVED`, with the fields that are always there).
struct TestMessage {
    var id: String
    var customer: String
    var business: String?
    var name: String?
    var kind: MessageKind
    var text: String?
    var choice: String?
    var received: Instant

    /// The customer's name where a test gives none.
    static let defaultName = "Test Customer"

    /// The payload as JSON text.
    ///
    /// - Parameters:
    ///   - isMessage: Whether the event is a message; others carry only what the test's `fields` say.
    ///   - fields: What the test says about the original, which wins over what is here.
    /// - Returns: One JSON object.
    func json(asMessage isMessage: Bool, overriddenBy fields: YAMLNode?) -> String {
        let written = fields?.mapping ?? []
        let own = Set(written.map(\.key))
        var writer = JSONWriter()
        writer.object { object in
            if isMessage { writeMessage(into: &object, except: own) }
            for entry in written {
                object.key(entry.key)
                if entry.key == "message", isMessage {
                    writeContent(into: &object, overriddenBy: entry.value)
                } else {
                    object.write(entry.value)
                }
            }
        }
        return writer.text
    }

    private func writeMessage(into object: inout JSONWriter, except own: Set<String>) {
        let texts = [
            ("to", business), ("from", customer), ("messageId", "wamid.\(id)"), ("dtMessageId", id),
            ("receivedAt", received.iso8601), ("integrationType", "WHATSAPP"),
            ("dtCustomerId", "customer_\(customer)"),
        ]
        for (key, value) in texts where !own.contains(key) { object.member(key, ifPresent: value) }
        if !own.contains("contact") {
            object.member("contact") { $0.object { $0.member("name", name ?? Self.defaultName) } }
        }
        if !own.contains("message") {
            object.key("message")
            writeContent(into: &object, overriddenBy: nil)
        }
    }

    private func writeContent(into writer: inout JSONWriter, overriddenBy fields: YAMLNode?) {
        let written = fields?.mapping ?? []
        let own = Set(written.map(\.key))
        let textKey = [.image, .video, .document].contains(kind) ? "caption" : "text"
        let texts = [
            ("type", kind.rawValue.uppercased().replacing("-", with: "_")), (textKey, text),
            (kind == .listReply ? "id" : "payload", choice),
        ]
        writer.object { object in
            for (key, value) in texts where !own.contains(key) { object.member(key, ifPresent: value) }
            for entry in written {
                object.key(entry.key)
                object.write(entry.value)
            }
        }
    }
}

extension JSONWriter {
    /// Writes a YAML value as JSON, scalars by the core schema.
    mutating func write(_ node: YAMLNode) {
        switch node.content {
        case .sequence(let nodes): list { for node in nodes { $0.write(node) } }
        case .mapping(let entries):
            object {
                for entry in entries {
                    $0.key(entry.key)
                    $0.write(entry.value)
                }
            }
        case .scalar(let scalar):
            switch scalar.value {
            case .null: null()
            case .boolean(let value): boolean(value)
            case .integer(let value): integer(value)
            case .number(let value): number(value)
            case .string(let value): string(value)
            }
        }
    }
}
