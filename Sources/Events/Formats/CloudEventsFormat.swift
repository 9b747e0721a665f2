/// CloudEvents 1.0 in JSON: structured, one event an object, or batched, a list of those on one line.
///
/// `data` holds the event itself under the names of the events table, read as in ``PlainFormat``, and is what `fields`
/// is relative to. The attributes `type`, `id` and `time` of the CloudEvent count before the names in `data`; the id is
/// `source` and `id` together, since the specification makes only both of them unique. Text in `data` is the customer's
/// text. A type in capitals is read as in ``EventType/normalized(_:)``.
struct CloudEventsFormat: EventFormat {
    static let name = "cloudevents"

    private static let keys = KeyTable<EventName>()

    func recognizes(_ object: LineObject) -> Bool { object.known.has(.specversion) }

    func batch(in list: JSONValue) -> [JSONValue]? {
        list.elements.allSatisfy { $0.kind == .object } ? Array(list.elements) : nil
    }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        let root = object.root
        guard let data = root["data"] else {
            body(root.document.reading { Self.event(root, fields: root, envelope, on: $0) { _ in nil } })
            return
        }
        Self.keys.withMembers(of: data) { known in
            let nested = data["fields"]
            let fields = nested?.kind == .object ? nested ?? root : data.kind == .object ? data : root
            let event = Self.event(root, fields: fields, envelope, on: known.tape) { name in
                name == .text && data.kind == .string ? data.index : known[name]
            }
            body(event)
        }
    }

    private static func event(
        _ root: JSONValue,
        fields: JSONValue,
        _ envelope: Envelope,
        on tape: JSONTape,
        indexOf: (EventName) -> Int?
    ) -> Event {
        var event = EventName.event(fields: fields, envelope: envelope, on: tape) { name in
            switch name {
            case .type: tape.member(of: root.index, "type") ?? indexOf(name)
            case .id: tape.member(of: root.index, "id") ?? indexOf(name)
            case .time: tape.member(of: root.index, "time") ?? indexOf(name)
            default: indexOf(name)
            }
        }
        if let source = root["source"]?.filledString, let id = root["id"]?.filledString {
            event.id = "\(source):\(id)"
        }
        return event
    }
}
