/// Meta's own webhook envelope of the WhatsApp Cloud API: `entry[].changes[]`, which can hold several events.
///
/// `fields` is relative to the single event: the message or the status itself. A change that holds neither becomes one
/// event of the type `unknown` whose `fields` are the change.
///
/// An envelope's `type` is not used, since one line can hold events of several kinds; neither is its business number
/// where Meta names one.
struct WhatsAppCloudFormat: EventFormat {
    static let name = "whatsapp-cloud"

    func recognizes(_ root: JSONValue) -> Bool {
        root["object"]?.string == "whatsapp_business_account" && root["entry"]?.kind == .list
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        var events: [Event] = []
        for entry in root["entry"]?.elements ?? root.elements {
            for change in entry["changes"]?.elements ?? root.elements {
                events += self.events(of: change, envelope)
            }
        }
        guard events.isEmpty else { return events }
        var event = Event(type: EventType.unknown, fields: root)
        event.business = envelope.business
        event.time = envelope.received
        return [event]
    }

    private func events(of change: JSONValue, _ envelope: Envelope) -> [Event] {
        let value = change["value"] ?? change
        var common = Event(type: EventType.unknown, fields: change)
        common.business = value["metadata"]?["display_phone_number"]?.phoneDigits ?? envelope.business
        common.time = envelope.received
        let names = names(in: value)
        let messages = value["messages"]?.elements.map { message(in: $0, like: common, names) } ?? []
        let statuses = value["statuses"]?.elements.map { status(in: $0, like: common) } ?? []
        return messages.isEmpty && statuses.isEmpty ? [common] : messages + statuses
    }

    private func names(in value: JSONValue) -> [String: String] {
        var names: [String: String] = [:]
        for contact in value["contacts"]?.elements ?? value.elements {
            guard let customer = contact["wa_id"]?.phoneDigits, names[customer] == nil else { continue }
            names[customer] = contact["profile"]?["name"]?.filledString
        }
        return names
    }

    private func message(in message: JSONValue, like common: Event, _ names: [String: String]) -> Event {
        var event = common
        event.type = EventType.messageReceived
        event.fields = message
        event.customer = message["from"]?.phoneDigits
        event.name = event.customer.flatMap { names[$0] }
        event.by = .customer
        event.isInGroup = message["group_id"] != nil
        event.id = message["id"]?.filledString
        event.time = message["timestamp"]?.instant ?? common.time
        readContent(of: message, into: &event)
        return event
    }

    private func readContent(of message: JSONValue, into event: inout Event) {
        let type = message["type"]?.string ?? ""
        let content = message[type]
        event.text = content?["caption"]?.filledString
        switch type {
        case "text":
            event.kind = .text
            event.text = content?["body"]?.filledString
        case "image", "sticker": event.kind = .image
        case "video": event.kind = .video
        case "audio", "voice": event.kind = .audio
        case "document": event.kind = .document
        case "location": event.kind = .location
        case "contacts": event.kind = .contacts
        case "button":
            event.kind = .button
            event.text = content?["text"]?.filledString
            event.choice = content?["payload"]?.filledString
        case "interactive":
            let row = content?["list_reply"]
            let reply = row ?? content?["button_reply"]
            event.kind = reply == nil ? .other : row == nil ? .button : .listReply
            event.text = reply?["title"]?.filledString
            event.choice = reply?["id"]?.filledString
        default: event.kind = .other
        }
    }

    /// A status; Meta does not say who sent the message, and writes `sent` where DoubleTick writes `SENT`.
    private func status(in status: JSONValue, like common: Event) -> Event {
        var event = common
        event.type = EventType.messageStatusUpdate
        event.fields = status
        event.customer = status["recipient_id"]?.phoneDigits
        event.by = .unknown
        if let id = status["id"]?.filledString, let state = status["status"]?.filledString {
            event.id = "\(event.type):\(id):\(state)"
        }
        event.time = status["timestamp"]?.instant ?? common.time
        return event
    }
}
