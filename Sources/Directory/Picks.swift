public import Events

/// What the engine remembers of the members that teams have picked.
///
/// A plain value: whom each team picked last, and who stays with which conversation until when. Nothing in it depends on
/// positions in a list, so editing the directory resets nothing.
public struct Picks: Sendable {
    /// A conversation as one team knows it.
    public struct Key: Hashable, Sendable {
        /// The team's name.
        public var team: String

        /// The conversation.
        public var conversation: String

        /// Creates a key.
        public init(team: String, conversation: String) {
            self.team = team
            self.conversation = conversation
        }
    }

    /// A member who stays with a conversation.
    public struct Kept: Hashable, Sendable {
        /// The member's number.
        public var phone: PhoneNumber

        /// The last instant at which the pick is kept; `nil` while no use had a known time.
        public var until: Instant?

        /// The number of the last use among all uses; the smallest one is the longest unused.
        public var use: UInt64

        /// Creates a kept pick, as from a record of it.
        public init(phone: PhoneNumber, until: Instant?, use: UInt64) {
            self.phone = phone
            self.until = until
            self.use = use
        }
    }

    /// What a decision adds to what is remembered.
    public struct Change: Hashable, Sendable {
        /// The team that picked.
        public var team: String

        /// The member it picked.
        public var phone: PhoneNumber

        /// Whether the team's turn moves on to this member.
        public var movesTurn: Bool

        /// The conversation with which the member stays; `nil` for an event without one, for which nothing is kept.
        public var conversation: String?

        /// The last instant at which the pick is kept.
        public var until: Instant?

        /// Creates a change, as from a record of it.
        public init(team: String, phone: PhoneNumber, movesTurn: Bool, conversation: String?, until: Instant?) {
            self.team = team
            self.phone = phone
            self.movesTurn = movesTurn
            self.conversation = conversation
            self.until = until
        }
    }

    /// How many picks are kept where nothing else is said: about 60 MB of them.
    ///
    /// The next one puts out the one that was used the longest time ago, whose conversation is then like a new one;
    /// ``evictedCount`` counts those.
    public static let keptCountMaxDefault = 250_000

    /// How many picks are kept.
    public let keptCountMax: Int

    /// The member that each team picked last for a new conversation, by the team's name.
    public private(set) var lastPicked: [String: PhoneNumber]

    /// Who stays with which conversation.
    public private(set) var kept: [Key: Kept]

    /// How many kept picks were put out to make room.
    public private(set) var evictedCount: Int

    /// How often picks were used; the number of the last use.
    public private(set) var useCount: UInt64

    // All uses from the longest ago, those that a later one of the same key has overtaken among them.
    private var uses: [(key: Key, number: UInt64)] = []
    private var usesBegin = 0

    /// Creates a memory, empty or with what was remembered before.
    public init(
        lastPicked: [String: PhoneNumber] = [:],
        kept: [Key: Kept] = [:],
        evictedCount: Int = 0,
        keptCountMax: Int = Picks.keptCountMaxDefault
    ) {
        self.lastPicked = lastPicked
        self.kept = kept
        self.evictedCount = evictedCount
        self.keptCountMax = max(1, keptCountMax)
        useCount = kept.values.map(\.use).max() ?? 0
        forgetOvertakenUses()
        evict()
    }

    /// Remembers what a decision was.
    ///
    /// - Complexity: O(1), amortised.
    public mutating func remember(_ change: Change) {
        if change.movesTurn { lastPicked[change.team] = change.phone }
        guard let conversation = change.conversation else { return }
        let key = Key(team: change.team, conversation: conversation)
        useCount &+= 1
        kept[key] = Kept(phone: change.phone, until: change.until, use: useCount)
        uses.append((key, useCount))
        evict()
        if uses.count > 2 * kept.count + Self.usesSpare { forgetOvertakenUses() }
    }

    private mutating func evict() {
        while kept.count > keptCountMax, usesBegin < uses.count {
            let oldest = uses[usesBegin]
            usesBegin += 1
            guard kept[oldest.key]?.use == oldest.number else { continue }
            kept[oldest.key] = nil
            evictedCount += 1
        }
    }

    private mutating func forgetOvertakenUses() {
        uses = kept.map { ($0.key, $0.value.use) }.sorted { $0.1 < $1.1 }
        usesBegin = 0
    }

    private static let usesSpare = 64
}

extension Picks: Hashable {
    /// Whether both remember the same.
    public static func == (one: Picks, other: Picks) -> Bool {
        one.lastPicked == other.lastPicked && one.kept == other.kept && one.evictedCount == other.evictedCount
            && one.keptCountMax == other.keptCountMax
    }

    /// Hashes what is remembered.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(lastPicked)
        hasher.combine(kept)
    }
}
