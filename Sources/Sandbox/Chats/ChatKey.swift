import DoubleTick

/// Which chat: one business number with one customer.
struct ChatKey: Hashable, Sendable {
    /// Digits with country code.
    let business: String

    /// Digits with country code.
    let customer: String

    /// Takes the digits of both numbers.
    init(business: String, customer: String) {
        self.business = DoubleTickNumber.digits(of: business)
        self.customer = DoubleTickNumber.digits(of: customer)
    }

    /// The chat that a page's address names as `business:customer`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(business: String(parts[0]), customer: String(parts[1]))
        guard !business.isEmpty, !customer.isEmpty else { return nil }
    }

    /// `business:customer`.
    var text: String { "\(business):\(customer)" }
}
