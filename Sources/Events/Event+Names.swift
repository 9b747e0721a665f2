extension Event {
    /// The kind of event in kebab case, such as `message-received`.
    public var type: String {
        get { self[.type] ?? "" }
        set { self[.type] = newValue }
    }

    /// What the *customer* wrote: text, else caption, else the title of the button or row chosen.
    public var text: String? {
        get { self[.text] }
        set { self[.text] = newValue }
    }

    /// The id or payload of the button or row that the customer chose.
    public var choice: String? {
        get { self[.choice] }
        set { self[.choice] = newValue }
    }

    /// The customer's phone number: digits with country code.
    public var customer: String? {
        get { self[.customer] }
        set { self[.customer] = newValue }
    }

    /// The business's WhatsApp API number: digits with country code.
    public var business: String? {
        get { self[.business] }
        set { self[.business] = newValue }
    }

    /// The customer's name.
    public var name: String? {
        get { self[.name] }
        set { self[.name] = newValue }
    }

    /// The agent that the event is about, as the original names them: digits where that is a phone number.
    public var agent: String? {
        get { self[.agent] }
        set { self[.agent] = newValue }
    }

    /// The tag that the event is about.
    public var tag: String? {
        get { self[.tag] }
        set { self[.tag] = newValue }
    }

    /// What makes a repeated delivery the same event; `nil` where the original has nothing of that kind.
    public var id: String? {
        get { self[.id] }
        set { self[.id] = newValue }
    }

    /// `business:customer`, where both are known and the event did not happen in a group.
    public var conversation: String? {
        guard !isInGroup, let business, let customer else { return nil }
        return "\(business):\(customer)"
    }
}
