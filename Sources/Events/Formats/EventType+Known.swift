extension EventType {
    /// The kinds of events that some format produces by itself.
    public static let known: Set<String> = Set(DoubleTickWebhook.allCases.map(\.rawValue)).union([unknown])

    /// The kinds whose originals never carry the business number.
    ///
    /// From the vendor's payload pages: tags, verified website forms and assignments name the customer alone. Of status
    /// updates only `SENT` carries it, so they are not listed.
    public static let withoutBusinessNumber: Set<String> = [
        DoubleTickWebhook.tagAdded.rawValue, DoubleTickWebhook.tagRemoved.rawValue,
        DoubleTickWebhook.verifiedWidgetLead.rawValue, DoubleTickWebhook.widgetLead.rawValue,
        DoubleTickWebhook.chatAssigned.rawValue,
    ]

    /// The kinds that happen in groups, where there is no conversation with one customer.
    public static let inGroups: Set<String> = Set(
        DoubleTickWebhook.allCases.filter(\.isInGroup).map(\.rawValue)
    )
}
