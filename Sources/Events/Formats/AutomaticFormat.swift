/// Finds out the format of each object by itself.
///
/// The first format in the list that recognises an object reads it. (Beckon's envelope is opened before, for every
/// format.) An object that none recognises is an event of the type `unknown`, so that a stream in a foreign format is
/// not taken for messages without text.
struct AutomaticFormat: EventFormat {
    static let name = "auto"

    /// The formats in the order of the rule language's reference.
    private static let formats: [any EventFormat] = [
        CloudEventsFormat(), WhatsAppCloudFormat(), DoubleTickFormat(), PlainFormat(),
    ]

    func recognizes(_ root: JSONValue) -> Bool {
        Self.formats.contains { $0.recognizes(root) }
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        for format in Self.formats {
            if let events = format.recognizedEvents(from: root, envelope: envelope) { return events }
        }
        return DoubleTickFormat().events(from: root, envelope: envelope)
    }
}
