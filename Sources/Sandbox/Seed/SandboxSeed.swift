/// Who and what a sandbox knows from the start.
///
/// Phone numbers may be written with `+`, spaces and dashes; only their digits count.
///
/// ```json
/// {
///   "businesses": ["919999900000"],
///   "team": [{ "name": "Asha Rao", "phone": "+91 99999 00101" }],
///   "chats": [{ "business": "919999900000", "customer": "919999900001", "name": "Kiran Patel", "owner": "919999900101" }]
/// }
/// ```
public struct SandboxSeed: Codable, Hashable, Sendable {
    /// The business (WABA) numbers.
    public var businesses: [String]

    /// The team members, who alone can become collaborators.
    public var team: [Member]

    /// The chats that exist before anybody writes.
    public var chats: [Chat]

    /// One team member.
    public struct Member: Codable, Hashable, Sendable {
        /// The name; DoubleTick has members without one.
        public var name: String?

        /// The login phone number.
        public var phone: String

        /// Creates a team member.
        public init(name: String?, phone: String) {
            self.name = name
            self.phone = phone
        }
    }

    /// One chat of a business number with a customer.
    public struct Chat: Codable, Hashable, Sendable {
        /// The business number.
        public var business: String

        /// The customer's number.
        public var customer: String

        /// The customer's name.
        public var name: String?

        /// The phone number of the team member whom the chat is assigned to.
        public var owner: String?

        /// Creates a chat.
        public init(business: String, customer: String, name: String? = nil, owner: String? = nil) {
            self.business = business
            self.customer = customer
            self.name = name
            self.owner = owner
        }
    }

    /// Creates a seed.
    public init(businesses: [String] = [], team: [Member] = [], chats: [Chat] = []) {
        self.businesses = businesses
        self.team = team
        self.chats = chats
    }
}

extension SandboxSeed {
    /// Reads a seed and refuses keys that it does not know, so that no misspelt one is passed over.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(refusingKeysBesides: ["businesses", "team", "chats"])
        businesses = try container.decodeIfPresent([String].self, forKey: "businesses") ?? []
        team = try container.decodeIfPresent([Member].self, forKey: "team") ?? []
        chats = try container.decodeIfPresent([Chat].self, forKey: "chats") ?? []
    }
}

extension SandboxSeed.Member {
    /// Reads a team member and refuses unknown keys.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(refusingKeysBesides: ["name", "phone"])
        name = try container.decodeIfPresent(String.self, forKey: "name")
        phone = try container.decode(String.self, forKey: "phone")
    }
}

extension SandboxSeed.Chat {
    /// Reads a chat and refuses unknown keys.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(refusingKeysBesides: ["business", "customer", "name", "owner"])
        business = try container.decode(String.self, forKey: "business")
        customer = try container.decode(String.self, forKey: "customer")
        name = try container.decodeIfPresent(String.self, forKey: "name")
        owner = try container.decodeIfPresent(String.self, forKey: "owner")
    }
}

extension Decoder {
    /// The object at this place, if it has no other keys than those named.
    fileprivate func container(
        refusingKeysBesides known: [String]
    ) throws -> KeyedDecodingContainer<SeedKey> {
        let container = try container(keyedBy: SeedKey.self)
        let unknown = container.allKeys.filter { !known.contains($0.stringValue) }
        guard let first = unknown.min(by: { $0.stringValue < $1.stringValue }) else { return container }
        throw DecodingError.dataCorrupted(
            DecodingError.Context(
                codingPath: container.codingPath + [first],
                debugDescription: "is no key of a seed here; known are \(known.joined(separator: ", "))"
            )
        )
    }
}

/// Any key of an object in a seed file.
private struct SeedKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String

    var intValue: Int? { nil }

    init(stringLiteral value: String) {
        stringValue = value
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
