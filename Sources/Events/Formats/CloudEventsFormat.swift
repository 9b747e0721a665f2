/// CloudEvents 1.0 in JSON: structured, one event an object, or batched, a list of those on one line.
///
/// `data` holds the event itself under the names of the events table, read as in ``PlainFormat``, and is what `fields`
/// is relative to. The attributes `type`, `id` and `time` of the CloudEvent count before the names in `data`; the id is
/// `source` and `id` together, since the specification makes only both of them unique. Text in `data` is the customer's
/// text. A type in capitals is read as in ``EventType/normalized(_:)``.
struct CloudEventsFormat: EventFormat {
    static let name = "cloudevents"

    private static let keys = KeyTable<EventName>()

    func recognizes(_ root: JSONValue) -> Bool {
        root["specversion"] != nil
    }

    func batch(in list: JSONValue) -> [JSONValue]? {
        list.elements.allSatisfy { $0.kind == .object } ? Array(list.elements) : nil
    }

    func events(from root: JSONValue, envelope: Envelope) -> [Event] {
        let data = root["data"]
        let known = data.map(Self.keys.members)
        let nested = known?[.fields]
        let fields = nested?.kind == .object ? nested ?? root : data?.kind == .object ? data ?? root : root
        var event = EventName.event(fields: fields, envelope: envelope) { name in
            switch name {
            case .type, .id, .time: root[name.spelling] ?? known?[name]
            case .text where data?.kind == .string: data
            default: known?[name]
            }
        }
        if let source = root["source"]?.filledString, let id = root["id"]?.filledString {
            event.id = "\(source):\(id)"
        }
        return [event]
    }
}
