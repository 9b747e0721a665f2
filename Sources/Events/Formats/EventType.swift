/// Kinds of events, by the names that rules use.
public enum EventType {
    /// A customer wrote.
    public static let messageReceived = "message-received"

    /// A message of the business was sent, delivered, read, or failed.
    public static let messageStatusUpdate = "message-status-update"

    /// An original whose kind nothing tells.
    public static let unknown = "unknown"

    /// A name in the form of rules: `ADD_TAG` becomes `add-tag`; a name that is not all capitals stays as it is.
    public static func normalized(_ name: String) -> String {
        let isShouted = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isShouted else { return name }
        return String(
            decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 | 0x20 },
            as: UTF8.self
        )
    }

    /// Whether events of this kind may carry words of the customer.
    ///
    /// DoubleTick's own kinds do only where they are messages; of kinds that Beckon does not know the sender says so by
    /// giving a `text`.
    static func carriesText(_ type: String) -> Bool {
        guard let webhook = DoubleTickWebhook(rawValue: type) else { return true }
        return webhook.isMessage
    }
}
