/// Finds out the format of each object by itself.
///
/// The first format in the list that recognises an object reads it. (Beckon's envelope is opened before, for every
/// format.) An object that none recognises is an event of the type `unknown`, so that a stream in a foreign format is
/// not taken for messages without text.
struct AutomaticFormat: EventFormat {
    static let name = "auto"

    func recognizes(_ object: LineObject) -> Bool {
        recognizedEvents(from: object, envelope: Envelope()) { _ in }
    }

    /// A list is taken for a batch of CloudEvents if that is what all its elements are; no other format sends lists.
    func batch(in list: JSONValue) -> [JSONValue]? {
        let format = CloudEventsFormat()
        guard let batch = format.batch(in: list), !batch.isEmpty else { return nil }
        return batch.allSatisfy { LineObject.reading($0, format.recognizes) } ? batch : nil
    }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        guard !recognizedEvents(from: object, envelope: envelope, body) else { return }
        DoubleTickFormat().events(from: object, envelope: envelope, body)
    }

    // In the order of the rule language's reference. One by one, since a list of formats would be copied for each line.
    func recognizedEvents(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) -> Bool {
        CloudEventsFormat().recognizedEvents(from: object, envelope: envelope, body)
            || WhatsAppCloudFormat().recognizedEvents(from: object, envelope: envelope, body)
            || DoubleTickFormat().recognizedEvents(from: object, envelope: envelope, body)
            || PlainFormat().recognizedEvents(from: object, envelope: envelope, body)
    }
}
