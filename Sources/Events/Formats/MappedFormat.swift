/// Any objects, with a path for each name of the events table that they can fill.
///
/// The values are read as in ``PlainFormat``; without a type an event is `message-received`. `fields` is the whole
/// object, or the object at the path that is given for `fields`.
struct MappedFormat: EventFormat {
    static let name = "mapped"

    let mapping: FieldMapping

    func recognizes(_ object: LineObject) -> Bool { object.root.kind == .object }

    func events(from object: LineObject, envelope: Envelope, _ body: (Event) -> Void) {
        let root = object.root
        let nested = mapping[.fields]?.first(in: root)
        let fields = nested?.kind == .object ? nested ?? root : root
        let event = root.document.reading { tape in
            EventName.event(fields: fields, envelope: envelope, on: tape) { mapping[$0]?.first(in: root)?.index }
        }
        body(event)
    }
}

/// Which path holds which name of the events table.
public struct FieldMapping: Sendable, Hashable {
    /// The paths by name.
    public private(set) var paths: [EventName: FieldPath]

    /// Creates a mapping.
    public init(_ paths: [EventName: FieldPath] = [:]) {
        self.paths = paths
    }

    /// The path that holds a name.
    public subscript(name: EventName) -> FieldPath? {
        get { paths[name] }
        set { paths[name] = newValue }
    }
}
