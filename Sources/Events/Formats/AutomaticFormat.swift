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

    /// A list is taken for a batch of CloudEvents if that is what all its elements are; no other format sends lists.
    func batch(in list: JSONValue) -> [JSONValue]? {
        let format = CloudEventsFormat()
        guard let batch = format.batch(in: list), !batch.isEmpty, batch.allSatisfy(format.recognizes) else {
            return nil
        }
        return batch
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        for format in Self.formats {
            if let events = format.recognizedEvents(from: root, envelope: envelope) { return events }
        }
        return DoubleTickFormat().events(from: root, envelope: envelope)
    }
}
