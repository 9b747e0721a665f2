import Events

/// What the address of a webhook says of its events: `/hooks/SECRET/[BUSINESS/][EVENT]`.
struct Hook: Hashable, Sendable {
    /// E.164 allows 15 digits; the shortest numbers that can be on WhatsApp have 8.
    private static let businessLengthRange = 8...15

    /// DoubleTick's longest name has 32 bytes.
    private static let typeBytesMax = 64

    /// The business number, digits with country code.
    var business: String?

    /// The kind of event, in the form of rules.
    var type: String?

    /// Creates a hook.
    init(business: String? = nil, type: String? = nil) {
        self.business = business
        self.type = type
    }

    /// Reads the path of an address; `nil` unless it holds the secret and nothing that is not understood.
    ///
    /// A business number is digits, a name of an event is `ALL_CAPITALS` or `kebab-case`: either may be left out.
    init?(path: String, secret: HookSecret) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].isEmpty, parts[1] == "hooks", secret.matches(parts[2]) else { return nil }
        parts.removeFirst(3)
        if parts.last?.isEmpty == true { parts.removeLast() }
        if let business = parts.first.flatMap(Self.business) {
            self.business = business
            parts.removeFirst()
        }
        if let type = parts.first.flatMap(Self.type) {
            self.type = type
            parts.removeFirst()
        }
        guard parts.isEmpty else { return nil }
    }

    private static func business(_ text: Substring) -> String? {
        let sign = ["+", "%2B", "%2b"].first { text.hasPrefix($0) } ?? ""
        let digits = text.dropFirst(sign.count)
        guard businessLengthRange.contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit),
            digits.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return String(digits)
    }

    private static func type(_ text: Substring) -> String? {
        guard (1...typeBytesMax).contains(text.utf8.count), let first = text.utf8.first else { return nil }
        let isShouted =
            first.isCapital && text.utf8.allSatisfy { $0.isCapital || $0.isDigit || $0 == UInt8(ascii: "_") }
        let isKebab = first.isSmall && text.utf8.allSatisfy { $0.isSmall || $0.isDigit || $0 == UInt8(ascii: "-") }
        return isShouted || isKebab ? EventType.normalized(String(text)) : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    fileprivate var isSmall: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
