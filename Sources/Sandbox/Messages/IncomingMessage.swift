import Events

/// A customer's message as a line of a recorded stream tells it.
struct IncomingMessage: Hashable, Sendable {
    /// The customer's number: digits, or as written where `Events` takes it for no phone number.
    var customer: String

    /// The business number, in the same way; `nil` where the line names none.
    var business: String?

    /// The customer's name.
    var name: String?

    /// What was written.
    var message: SandboxMessage

    /// When it was written, in milliseconds since 1970; `nil` where the line does not tell.
    var milliseconds: Int64?

    /// What an event turned out to be.
    enum Reading: Hashable, Sendable {
        /// A customer's message.
        case message(IncomingMessage)

        /// An event of another kind.
        case otherEvent

        /// Nothing that can be read, and why, as the rest of a sentence.
        case rejected(String)
    }
}

extension IncomingMessage.Reading {
    /// Reads an event; a message in a group belongs to no chat here.
    init(_ event: Event) {
        let event = event.asMessage
        guard event.type == EventType.messageReceived, event.by == .customer, !event.isInGroup,
            event.text != nil || event.kind != nil
        else {
            self = .otherEvent
            return
        }
        // What `Events` takes for no phone number is passed on as written: the intake says what is wrong with it.
        let fields = event.fields
        guard let customer = event.customer ?? (fields["from"] ?? fields["customer"])?.string else {
            self = .rejected("names no customer")
            return
        }
        self = .message(
            IncomingMessage(
                customer: customer,
                business: event.business ?? (fields["to"] ?? fields["business"])?.string,
                name: event.name,
                message: SandboxMessage(
                    text: event.text ?? "",
                    attachment: AttachmentWords.of(event),
                    id: event.id
                ),
                milliseconds: event.time?.milliseconds
            )
        )
    }

    /// Why a line is no event, as the rest of a sentence.
    init(_ rejection: Rejection) {
        switch rejection.code {
        case .notJSON: self = .rejected("is not JSON")
        case .notAnObject: self = .rejected("is no JSON object")
        case .notUTF8, .tooLong, .tooDeep: self = .rejected("is \(rejection.detail)")
        case .badEnvelope: self = .rejected("cannot be opened: \(rejection.detail)")
        }
    }
}

extension Event {
    /// The event as a message, where the engine's reading of the line leaves that open.
    fileprivate var asMessage: Event {
        guard let format = formatOfMessage else { return self }
        let envelope = Envelope(type: EventType.messageReceived, business: business, received: time)
        var first: Event?
        format.events(from: fields, envelope: envelope) { first = first ?? $0 }
        return first ?? self
    }

    /// The format in which to read the original once more as a message; `nil` where the first reading stands.
    private var formatOfMessage: InputFormat? {
        switch type {
        // DoubleTick's second word on a message, which it sends under the message's own id.
        case DoubleTickWebhook.adMessageReceived.rawValue: return .doubletick
        // A message without `dtMessageId`, as people write them by hand, has no shape that the engine knows.
        case EventType.unknown:
            let status = fields["status"]?.string ?? "RECEIVED"
            return fields["message"]?.kind == .object && status.uppercased() == "RECEIVED" ? .doubletick : nil
        // An envelope that names DoubleTick's type makes the engine read a plain event as DoubleTick's payload.
        case EventType.messageReceived: return text == nil && kind == nil ? .plain : nil
        default: return nil
        }
    }
}
