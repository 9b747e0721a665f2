/// Meta's own webhook envelope of the WhatsApp Cloud API: `entry[].changes[]`, which can hold several events.
///
/// `fields` is relative to the single event: the message or the status itself. A change that holds neither becomes one
/// event of the type `unknown` whose `fields` are the change.
///
/// An envelope's `type` is not used, since one line can hold events of several kinds; neither is its business number
/// where Meta names one.
struct WhatsAppCloudFormat: EventFormat {
    static let name = "whatsapp-cloud"

    func recognizes(_ object: LineObject) -> Bool {
        object.known.kind(.entry) == .list && object.known.isText(.object, "whatsapp_business_account")
    }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        let root = object.root
        var isEmpty = true
        for entry in root["entry"]?.elements ?? root.elements {
            for change in entry["changes"]?.elements ?? root.elements {
                events(of: change, envelope, body)
                isEmpty = false
            }
        }
        if isEmpty { body(unknown(root, envelope)) }
    }

    private func unknown(_ fields: JSONValue, _ envelope: Envelope) -> Event {
        var event = Event(type: EventType.unknown, fields: fields)
        event.business = envelope.business
        event.time = envelope.received
        return event
    }

    private func events(of change: JSONValue, _ envelope: Envelope, _ body: (Event) -> Void) {
        let value = change["value"] ?? change
        var common = unknown(change, envelope)
        if let business = value["metadata"]?["display_phone_number"]?.phoneText { common.texts.business = business }
        let names = ContactNames(in: value)
        var isEmpty = true
        for message in value["messages"]?.elements ?? value.elements {
            body(self.message(in: message, like: common, names))
            isEmpty = false
        }
        for status in value["statuses"]?.elements ?? value.elements {
            body(self.status(in: status, like: common))
            isEmpty = false
        }
        if isEmpty { body(common) }
    }

    private func message(in message: JSONValue, like common: Event, _ names: ContactNames) -> Event {
        var event = common
        event.texts.type = .kind(.messageReceived)
        event.fields = message
        event.texts.customer = message["from"]?.phoneText
        event.texts.name = message["from"].flatMap { names.name(of: $0) }
        event.by = .customer
        event.isInGroup = message["group_id"] != nil
        event.texts.id = message["id"]?.filledText
        event.time = message["timestamp"]?.instant ?? common.time
        readContent(of: message, into: &event)
        return event
    }

    private func readContent(of message: JSONValue, into event: inout Event) {
        let type = message["type"]?.string ?? ""
        let content = message[type]
        event.texts.text = content?["caption"]?.filledText
        switch type {
        case "text":
            event.kind = .text
            event.texts.text = content?["body"]?.filledText
        case "image", "sticker": event.kind = .image
        case "video": event.kind = .video
        case "audio", "voice": event.kind = .audio
        case "document": event.kind = .document
        case "location": event.kind = .location
        case "contacts": event.kind = .contacts
        case "button":
            event.kind = .button
            event.texts.text = content?["text"]?.filledText
            event.texts.choice = content?["payload"]?.filledText
        case "interactive":
            let row = content?["list_reply"]
            let reply = row ?? content?["button_reply"]
            event.kind = reply == nil ? .other : row == nil ? .button : .listReply
            event.texts.text = reply?["title"]?.filledText
            event.texts.choice = reply?["id"]?.filledText
        default: event.kind = .other
        }
    }

    /// A status; Meta does not say who sent the message, and writes `sent` where DoubleTick writes `SENT`.
    private func status(in status: JSONValue, like common: Event) -> Event {
        var event = common
        event.texts.type = .kind(.messageStatusUpdate)
        event.fields = status
        event.texts.customer = status["recipient_id"]?.phoneText
        event.by = .unknown
        if let id = status["id"]?.filledString, let state = status["status"]?.filledString {
            event.id = "\(event.type):\(id):\(state)"
        }
        event.time = status["timestamp"]?.instant ?? common.time
        return event
    }
}

/// What the contacts of one change are called.
private struct ContactNames {
    /// Up to so many contacts are looked through for each message; beyond, a hostile line would make that cost the square
    /// of its length.
    private static let searchedMax = 4

    private let contacts: JSONValue?
    private var names: [String: EventText]?

    init(in value: JSONValue) {
        contacts = value["contacts"]
        guard let contacts, contacts.elements.dropFirst(Self.searchedMax).contains(where: { _ in true }) else { return }
        var names: [String: EventText] = [:]
        for contact in contacts.elements {
            guard let customer = contact["wa_id"]?.phoneDigits, names[customer] == nil else { continue }
            names[customer] = Self.name(in: contact)
        }
        self.names = names
    }

    /// The name of the contact with a number.
    func name(of number: JSONValue) -> EventText? {
        guard let digits = number.phoneDigits else { return nil }
        if let names { return names[digits] }
        for contact in contacts?.elements ?? number.elements where contact["wa_id"]?.phoneDigits == digits {
            if let name = Self.name(in: contact) { return name }
        }
        return nil
    }

    private static func name(in contact: JSONValue) -> EventText? { contact["profile"]?["name"]?.filledText }
}
