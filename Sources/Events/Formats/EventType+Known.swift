extension EventType {
    /// The kinds of events that some format produces by itself.
    public static let known: Set<String> = Set(DoubleTickWebhook.allCases.map(\.rawValue)).union([unknown])

    /// The kinds whose originals never carry the business number.
    public static let withoutBusinessNumber: Set<String> = known.filter { presence(of: .business, in: $0) == .never }

    /// The kinds that happen in groups, where there is no conversation with one customer.
    public static let inGroups: Set<String> = Set(
        DoubleTickWebhook.allCases.filter(\.isInGroup).map(\.rawValue)
    )
}
