import Foundation

/// A customer's message as a line of a recorded stream tells it.
struct IncomingMessage: Hashable, Sendable {
    /// The customer's number, as written.
    var customer: String

    /// The business number, as written; `nil` where the line names none.
    var business: String?

    /// The customer's name.
    var name: String?

    /// What was written.
    var message: SandboxMessage

    /// When it was written, in milliseconds since 1970; `nil` where the line does not tell.
    var milliseconds: Int64?

    /// What a line turned out to be.
    enum Reading: Hashable, Sendable {
        /// A customer's message.
        case message(IncomingMessage)

        /// An event of another kind.
        case otherEvent

        /// Nothing that can be read, and why, as the rest of a sentence.
        case rejected(String)
    }

    /// Reads one line.
    static func read(_ line: some Sequence<UInt8>) -> Reading {
        guard let json = try? JSONSerialization.jsonObject(with: Data(line), options: [.fragmentsAllowed]) else {
            return .rejected("is not JSON")
        }
        guard let fields = json as? [String: Any] else { return .rejected("is no JSON object") }
        guard fields["beckon"] != nil, let original = fields["event"] as? [String: Any] else { return read(fields) }
        // Beckon's envelope: the original inside, and around it what the original lacks.
        if let type = fields["type"] as? String, type != "message-received" { return .otherEvent }
        return read(original, business: fields["business"] as? String, time: fields["received"])
    }

    private static func read(_ fields: [String: Any], business: String? = nil, time: Any? = nil) -> Reading {
        if let content = fields["message"] as? [String: Any] {
            // A status update and a group's message hold a message too, but none of this conversation.
            let status = fields["status"] as? String ?? "received"
            guard status.lowercased() == "received", fields["groupId"] == nil else { return .otherEvent }
            guard let customer = fields["from"] as? String else { return .rejected("names no customer") }
            let contact = fields["contact"]
            return .message(
                IncomingMessage(
                    customer: customer,
                    business: fields["to"] as? String ?? business,
                    name: (contact as? [String: Any])?["name"] as? String ?? contact as? String,
                    message: SandboxMessage(
                        text: content["text"] as? String ?? content["caption"] as? String ?? "",
                        attachment: attachment(content),
                        id: fields["dtMessageId"] as? String ?? fields["messageId"] as? String
                    ),
                    milliseconds: milliseconds(fields["receivedAt"]) ?? milliseconds(time)
                )
            )
        }
        guard let text = fields["text"] as? String,
            (fields["type"] as? String ?? "message-received") == "message-received"
        else { return .otherEvent }
        guard let customer = fields["customer"] as? String else { return .rejected("names no customer") }
        return .message(
            IncomingMessage(
                customer: customer,
                business: fields["business"] as? String ?? business,
                name: fields["name"] as? String,
                message: SandboxMessage(text: text, attachment: nil, id: fields["id"] as? String),
                milliseconds: milliseconds(fields["time"]) ?? milliseconds(time)
            )
        )
    }

    /// What came with the text, in words.
    private static func attachment(_ content: [String: Any]) -> String? {
        func named(_ kind: String, _ names: String...) -> String {
            ([kind] + names.compactMap { content[$0] as? String }.prefix(1)).joined(separator: " · ")
        }
        let type = (content["type"] as? String ?? "TEXT").uppercased()
        return switch type {
        case "TEXT": nil
        case "BUTTON", "LIST_REPLY": "Choice"
        case "IMAGE": "Photo"
        case "VIDEO": "Video"
        case "AUDIO": "Voice message"
        case "STICKER": "Sticker"
        case "DOCUMENT": named("Document", "fileName", "filename")
        case "LOCATION": named("Location", "name", "address")
        case "CONTACTS": "Contact"
        case "FLOW": "Form"
        default: type.lowercased().replacing("_", with: " ").capitalized
        }
    }

    /// A time as text in ISO 8601, or as a number of seconds or milliseconds since 1970.
    private static func milliseconds(_ value: Any?) -> Int64? {
        switch value {
        case let text as String:
            let parsed =
                (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
                ?? (try? Date.ISO8601FormatStyle().parse(text))
            return parsed.flatMap { PageClock.clamped($0.timeIntervalSince1970 * 1_000) }
        case let number as Double:
            // Seconds reach this size in the year 5138, milliseconds reached it in 1973.
            return PageClock.clamped(abs(number) < 1e11 ? number * 1_000 : number)
        default: return nil
        }
    }
}
