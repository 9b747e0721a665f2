/// What a person wants to be forgotten of what rules and facts remember.
public struct StateWish: Hashable, Sendable {
    /// What about.
    public enum Subject: Hashable, Sendable {
        /// A conversation, as `business:customer`.
        case conversation(String)
        /// A customer, in whatever conversation.
        case customer(String)
        /// A customer, and everything else that holds their number; events that wait for their turn too.
        case everyMention(customer: String)
    }

    /// About whom; `nil` for everybody.
    public var subject: Subject?

    /// By which rule or fact; `nil` for all of them.
    public var owner: KeptSlot.Owner?

    /// Creates a wish; one that names nothing is for all that is remembered.
    ///
    /// Events that wait for their turn are no memories: they are jobs to come, and only ``Subject/everyMention(customer:)``
    /// takes them.
    public init(_ subject: Subject? = nil, owner: KeptSlot.Owner? = nil) {
        self.subject = subject
        self.owner = owner
    }
}

/// A wish that a run is to carry out, since it has the state in memory.
public struct StateRequest: Hashable, Sendable {
    /// Its number, by which a batch says that it is done.
    public var number: Int64
    /// What is to be forgotten.
    public var wish: StateWish
}

/// What became of a wish.
public struct StateClearing: Hashable, Sendable {
    /// How many windows of which rule or fact are concerned.
    public var counts: [KeptSlot.Owner: Int] = [:]

    /// Whether they are left to the run that is at work, which forgets them with its next batch.
    public var isLeftToRun = false

    /// How many windows are concerned.
    public var count: Int { counts.values.reduce(0, +) }

    /// How many of them are deleted already.
    public var deletedCount: Int { isLeftToRun ? 0 : count }
}
