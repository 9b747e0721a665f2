/// Which format the lines of an input are in.
public enum InputFormat: Sendable, Hashable {
    /// Each line is recognised by itself.
    case auto
    /// DoubleTick's webhook payloads.
    case doubletick
    /// Flat objects that use the names of the events table.
    case plain
    /// Meta's webhook envelope of the WhatsApp Cloud API.
    case whatsappCloud
    /// CloudEvents 1.0 in JSON.
    case cloudEvents
    /// Any objects, with a path for each name.
    case mapped(FieldMapping)

    /// The formats that need nothing but their name.
    private static let plainlyNamed: [InputFormat] = [.auto, .doubletick, .plain, .whatsappCloud, .cloudEvents]

    /// The names that stand for a format, for messages; `mapped` needs paths and so cannot be given by name alone.
    public static let names: [String] = plainlyNamed.map(\.name)

    /// The format of that name; `nil` if there is none, or if it needs more than a name.
    public init?(name: String) {
        guard let format = Self.plainlyNamed.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    /// The name in settings and options.
    public var name: String {
        switch self {
        case .auto: AutomaticFormat.name
        case .doubletick: DoubleTickFormat.name
        case .plain: PlainFormat.name
        case .whatsappCloud: WhatsAppCloudFormat.name
        case .cloudEvents: CloudEventsFormat.name
        case .mapped: MappedFormat.name
        }
    }

    /// What reads objects in this format.
    var format: any EventFormat {
        switch self {
        case .auto: AutomaticFormat()
        case .doubletick: DoubleTickFormat()
        case .plain: PlainFormat()
        case .whatsappCloud: WhatsAppCloudFormat()
        case .cloudEvents: CloudEventsFormat()
        case .mapped(let mapping): MappedFormat(mapping: mapping)
        }
    }

    /// Hands out the events of an object that is taken to be in this format, in order, at least one.
    ///
    /// Never fails: what the format does not know becomes an event of the type ``EventType/unknown``, and what an event
    /// lacks stays absent.
    public func events(from root: JSONValue, envelope: Envelope, _ body: (Event) -> Void) {
        LineObject.reading(root) { format.events(from: $0, envelope: envelope, body) }
    }
}
