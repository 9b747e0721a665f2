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
        content.word(.type, in: kinds) ?? .other
    }

    private static let kinds = WordTable<MessageKind>([
        ("TEXT", .text), ("IMAGE", .image), ("STICKER", .image), ("VIDEO", .video), ("AUDIO", .audio),
        ("DOCUMENT", .document), ("LOCATION", .location), ("CONTACTS", .contacts), ("BUTTON", .button),
        ("LIST_REPLY", .listReply), ("TEMPLATE", .template),
    ])
}
