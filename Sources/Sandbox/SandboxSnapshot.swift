import DoubleTick

/// What a sandbox holds at one moment.
public struct SandboxSnapshot: Hashable, Sendable {
    /// Grows with every change.
    public var version: Int

    /// The chats, the most recently active first.
    public var chats: [SandboxChat]

    /// How many chats were dropped to keep the limit.
    public var chatsDropped: Int

    /// The API calls, the oldest first.
    public var calls: [SandboxCall]

    /// How many calls were dropped to keep the limit.
    public var callsDropped: Int

    /// How many calls met each fault, those dropped included.
    public var faultsMet: [Fault: Int]

    /// The chat of a business number with a customer, the numbers written in any way.
    public func chat(business: String, customer: String) -> SandboxChat? {
        let key = ChatKey(business: business, customer: customer)
        return chats.first { $0.key == key }
    }
}

/// A team member.
public struct SandboxAgent: Hashable, Sendable {
    /// The name, where the member has one.
    public var name: String?

    /// The login phone number: digits with country code.
    public var number: String

    /// The name, or the number as people read it.
    public var title: String { name ?? DoubleTickNumber.display(number) }
}

/// One chat.
public struct SandboxChat: Hashable, Sendable {
    /// The business number: digits with country code.
    public var business: String { key.business }

    /// The customer's number: digits with country code.
    public var customer: String { key.customer }

    /// The customer's name, where one is known.
    public var name: String?

    /// Whom the chat is assigned to.
    public var owner: SandboxAgent?

    /// Messages and notes in the order in which they came.
    public var entries: [SandboxEntry] = []

    /// How many entries were dropped to keep the limit.
    public var entriesDropped = 0

    /// Who was added to the chat, in that order.
    public var collaborators: [SandboxCollaborator] = []

    /// How many calls that add a team member were performed, by the member's number.
    ///
    /// Counts also those that found the member in the chat already, and those whose answer a fault kept back; removing the
    /// member takes nothing away.
    public var additions: [String: Int] = [:]

    let key: ChatKey

    /// The version of the state in which the chat last changed.
    var changed = 0

    /// The version in which it last got an entry.
    var active = 0

    /// The customer's messages.
    public var messages: [SandboxMessage] {
        entries.compactMap { entry in
            guard case .message(let message) = entry.content else { return nil }
            return message
        }
    }

    /// The customer's name, or the number as people read it.
    public var title: String { name ?? DoubleTickNumber.display(customer) }
}

/// A team member in a chat.
public struct SandboxCollaborator: Hashable, Sendable {
    /// Who it is.
    public var agent: SandboxAgent

    /// When the member was added, in milliseconds since 1970.
    public var joinedMilliseconds: Int64
}

/// A line of a chat.
public struct SandboxEntry: Hashable, Sendable {
    /// Numbers the entries of a chat from 1, those dropped included.
    public var sequence: Int

    /// When it happened, in milliseconds since 1970.
    public var milliseconds: Int64

    /// What happened.
    public var content: Content

    /// What a line of a chat tells.
    public enum Content: Hashable, Sendable {
        /// The customer wrote.
        case message(SandboxMessage)

        /// A team member was added.
        case joined(SandboxAgent)

        /// A team member was removed.
        case left(SandboxAgent)
    }
}

/// What a customer wrote.
public struct SandboxMessage: Hashable, Sendable {
    /// The text or caption; empty for an attachment alone.
    public var text: String

    /// What came with it, in words: `Photo`, `Document · invoice.pdf`.
    public var attachment: String?

    /// The message's id, where it has one.
    public var id: String?
}

/// One call of the API.
public struct SandboxCall: Hashable, Sendable {
    /// Numbers the calls from 1, those dropped included.
    public var sequence: Int

    /// When it came, in milliseconds since 1970.
    public var milliseconds: Int64

    /// The HTTP method.
    public var method: String

    /// The path without its query.
    public var path: String

    /// The status that was answered; `nil` where a fault kept the answer back.
    public var status: Int?

    /// What it did, in a word or two.
    public var effect: Effect

    /// The chat as `business:customer`, where the call named one that can be.
    public var chat: String?

    /// The team members that the call's numbers matched.
    public var matched: [SandboxAgent]

    /// The numbers that matched nobody, as sent; the call did its work for the others.
    public var unmatched: [String]

    /// The beginning of the answer's body.
    public var answer: String

    /// The message of an answer that is an error.
    public var refusal: String?

    /// What the caller should look at, where the sandbox knows more than DoubleTick would tell.
    public var hint: String?

    /// What went wrong with the call on purpose.
    public var fault: Fault?

    /// What a call did.
    public enum Effect: String, Hashable, Sendable {
        /// Somebody joined.
        case added
        /// Everybody was a collaborator already.
        case alreadyThere = "already there"
        /// Somebody left.
        case removed
        /// Nobody of them was a collaborator.
        case notThere = "not there"
        /// All numbers matched nobody.
        case nobodyMatched = "nobody matched"
        /// Nothing: the call was answered with an error.
        case refused
        /// Nothing: a fault came first.
        case notPerformed = "not performed"
    }
}
