public import Events

/// Several agents who are called by one name.
public struct Team: Hashable, Sendable {
    /// Somebody in a team.
    public struct Member: Hashable, Sendable {
        /// The number to add.
        public var phone: PhoneNumber

        /// When the member is there; `nil` for always.
        public var shift: Shift?

        /// Creates a member.
        public init(phone: PhoneNumber, shift: Shift? = nil) {
            self.phone = phone
            self.shift = shift
        }

        /// Whether the member is there.
        public func isOnShift(at time: Instant?) -> Bool { shift?.isOn(at: time) ?? true }
    }

    /// Whom of those on shift a conversation gets.
    public enum Pick: String, Hashable, Sendable, CaseIterable {
        /// All of them.
        case all
        /// The one after the member picked last, in list order.
        case roundRobin = "round-robin"
        /// One that follows from the conversation alone.
        case hash
        /// The first in list order.
        case firstOnShift = "first-on-shift"
    }

    /// Who is added when no member is on shift.
    public enum OffShift: Hashable, Sendable {
        /// Nobody.
        case nobody
        /// Whom `pick` finds as if all were on shift.
        case anyone
        /// Somebody else, if on shift.
        case member(Member)
        /// Whom another team picks.
        case team(String)
    }

    /// The name in rule files.
    public var id: String

    /// The members in the order written, each number once.
    public var members: [Member]

    /// Whom a conversation gets.
    public var pick: Pick

    /// How long after its last use a pick stays with its conversation.
    public var keep: Duration

    /// Who is added when no member is on shift.
    public var offShift: OffShift

    /// The largest team that is added whole without `pick: all` being written: nobody wants twelve people in a chat by
    /// accident.
    public static let membersWithoutPickMax = 3

    /// How long a pick is kept where a team does not say.
    public static let keepDefault = Duration.seconds(30 * 86_400)

    /// Creates a team.
    public init(
        id: String,
        members: [Member],
        pick: Pick = .all,
        keep: Duration = Team.keepDefault,
        offShift: OffShift = .nobody
    ) {
        self.id = id
        self.members = members
        self.pick = pick
        self.keep = keep
        self.offShift = offShift
    }
}
