/// The `message` object of DoubleTick's messages.
enum DoubleTickMessage {
    /// The keys that Beckon reads, each named as it is written there.
    enum Key: Int, KnownKey {
        case caption
        case id
        case payload
        case text
        case title
        case type
    }

    static let keys = KeyTable<Key>()

    /// What the message holds; `other` for what DoubleTick does not document.
    static func kind(_ content: KnownMembers<Key>) -> MessageKind {
        switch content.text(.type) {
        case "TEXT": .text
        case "IMAGE", "STICKER": .image
        case "VIDEO": .video
        case "AUDIO": .audio
        case "DOCUMENT": .document
        case "LOCATION": .location
        case "CONTACTS": .contacts
        case "BUTTON": .button
        case "LIST_REPLY": .listReply
        case "TEMPLATE": .template
        default: .other
        }
    }
}
