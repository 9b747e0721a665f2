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
        guard name.utf8.allSatisfy(isCapital) else { return name }
        return String(
            decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 | 0x20 },
            as: UTF8.self
        )
    }

    /// Whether bytes are a name that ``normalized(_:)`` writes anew.
    static func isShouted(_ name: UnsafeRawBufferPointer) -> Bool {
        unsafe name.allSatisfy(isCapital)
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
