/// What a message holds.
public enum MessageKind: String, Sendable, CaseIterable {
    /// Written text.
    case text
    /// A picture or a sticker.
    case image
    /// A film.
    case video
    /// A voice message or a sound.
    case audio
    /// A file.
    case document
    /// A place.
    case location
    /// One or more address-book entries.
    case contacts
    /// The button chosen.
    case button
    /// The row of a list chosen.
    case listReply = "list-reply"
    /// A template message.
    case template
    /// Anything else.
    case other

    /// The kinds as rules and plain events write them.
    static let words = WordTable(allCases.map { ($0.rawValue, $0) })
}
