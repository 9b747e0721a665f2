import Crypto
public import Events

/// What events have in common that belong together: `per`.
public struct Grouping: Hashable, Sendable {
    /// One thing that they have in common.
    public enum Part: Hashable, Sendable {
        /// The conversation.
        case conversation
        /// The customer.
        case customer
        /// The business number.
        case business
        /// A value of the original.
        case field(FieldPath)
    }

    /// Everything that they have in common; nothing for `everyone`.
    public var parts: [Part]

    /// Creates a grouping.
    public init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Events of one conversation belong together.
    public static let conversation = Grouping([.conversation])

    /// All events belong together.
    public static let everyone = Grouping([])

    /// Events of equal keys belong together; `nil` for an event that lacks a part, which belongs to no other.
    ///
    /// One name is its own key; everything else is a JSON list, in which `"1"` is not `1`.
    public func key(of event: Event) -> String? {
        switch parts.first {
        case .conversation where parts.count == 1: return event.conversation
        case .customer where parts.count == 1: return event.customer
        case .business where parts.count == 1: return event.business
        default: break
        }
        var writer = JSONWriter()
        var isWhole = true
        writer.list { writer in
            for part in parts { isWhole = part.write(of: event, to: &writer) && isWhole }
        }
        return isWhole ? writer.text : nil
    }

    /// The conversation or customer that a key is about; `nil` for a key of several of them.
    public func subject(of key: String) -> Subject? {
        for (index, part) in parts.enumerated() where part == .conversation || part == .customer {
            guard let text = parts.count == 1 ? key : element(index, of: key) else { continue }
            return part == .conversation ? .conversation(text) : .customer(text)
        }
        return nil
    }

    /// Whom a key is about.
    public enum Subject: Hashable, Sendable {
        /// One conversation.
        case conversation(String)
        /// One customer, of whatever business number.
        case customer(String)
    }

    private func element(_ index: Int, of key: String) -> String? {
        var parser = JSONParser()
        return (try? parser.parse(key))?.root[index]?.string
    }
}

extension Grouping.Part {
    /// Writes the event's value; says whether it has one.
    fileprivate func write(of event: Event, to writer: inout JSONWriter) -> Bool {
        switch self {
        case .conversation: return Self.write(event.conversation, to: &writer)
        case .customer: return Self.write(event.customer, to: &writer)
        case .business: return Self.write(event.business, to: &writer)
        case .field(let path):
            guard let value = path.first(in: event.fields), !value.isNull else { return false }
            let text = value.serialized()
            if text.utf8.count <= Self.valueBytesMax { writer.raw(text) } else { writer.string(text.sha256) }
            return true
        }
    }

    /// A longer value is kept as its digest.
    private static let valueBytesMax = 128

    private static func write(_ text: String?, to writer: inout JSONWriter) -> Bool {
        guard let text else { return false }
        writer.string(text)
        return true
    }
}

extension String {
    /// Stands for a text that is too long to be kept.
    var sha256: String {
        let digits = SHA256.hash(data: Array(utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "sha256:" + digits.joined()
    }
}
