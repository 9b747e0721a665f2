/// What the page shows, in the words that it shows.
///
/// The templates read these values for the first sight of the page, and `page.js` reads the same ones as JSON afterwards. No
/// value is optional: Mustache would look for a missing one in the surroundings.
struct PageView: Encodable, Sendable {
    var address: String
    var view: String
    var version: Int
    var run: String
    var totals: TotalsView
    var chats: [ChatView]
    var conversation: ConversationView
    var calls: [CallView]
    var callsKept: Int
    var faults = ""
    var hasFaults = false

    /// What the templates within the page, of which the script makes further rows, are filled with.
    var blank = [BlankView()]

    /// Rows without words.
    struct BlankView: Encodable, Sendable {
        var chat = ChatView()
        var conversation = ConversationView()
        var entry = EntryView()
        var person = PersonView()
        var call = CallView()
    }
}

/// What `GET /sandbox/state` answers: what changed since the page last asked.
struct StateView: Encodable, Sendable {
    /// Names one run of the sandbox; a page that knows another one must start anew.
    var run: String
    var version: Int
    /// Whether `chats` are all there are, and not only those that changed.
    var isWhole: Bool
    var totals: TotalsView
    var chats: [ChatView]
    /// The chat that the page shows, if it changed.
    var conversation: ConversationView?
    var calls: [CallView]
    var callsKept: Int
}

/// Counts, and what was dropped to keep the limits.
struct TotalsView: Encodable, Sendable {
    var chats = ""
    var collaborators = ""
    var calls = ""
    var chatsDropped = ""
    var hasChatsDropped = false
    var callsDropped = ""
    var hasCallsDropped = false
    var hasChats = false
    var hasCalls = false
}

/// A person as a circle with initials, and beside it.
struct PersonView: Encodable, Sendable {
    var name = ""
    var number = ""
    var initials = ""
    var tint = 0
    var joined = ""
    var machineTime = ""
}

/// One row of the list of chats.
struct ChatView: Encodable, Sendable {
    var key = ""
    var title = ""
    var number = ""
    var initials = ""
    var tint = 0
    var preview = ""
    var time = ""
    var machineTime = ""
    var owner = ""
    var hasOwner = false
    var people: [PersonView] = []
    var more = ""
    var hasMore = false
    /// The names of all collaborators in one line, for those who cannot see circles.
    var names = ""
    var hasNames = false
    /// What the search box looks in.
    var haystack = ""
    var active = 0
    var isSelected = false
}

/// The chat that the page shows.
struct ConversationView: Encodable, Sendable {
    var key = ""
    var title = ""
    var number = ""
    var business = ""
    var initials = ""
    var tint = 0
    var owner = ""
    var hasOwner = false
    var changed = 0
    var dropped = ""
    var hasDropped = false
    var entries: [EntryView] = []
    var hasEntries = false
    var people: [PersonView] = []
    var hasPeople = false
    var peopleCount = ""
    /// Whether there is a chat to show.
    var isThere = false
}

/// A line of a chat.
struct EntryView: Encodable, Sendable {
    var sequence = 0
    var day = ""
    var startsDay = false
    var isMessage = false
    var isNote = false
    var text = ""
    var hasText = false
    var attachment = ""
    var hasAttachment = false
    /// Of a note: who, and what that person did.
    var name = ""
    var deed = ""
    var initials = ""
    var tint = 0
    var time = ""
    var machineTime = ""
}

/// A row of the log of calls.
struct CallView: Encodable, Sendable {
    var sequence = 0
    var time = ""
    var machineTime = ""
    var method = ""
    var path = ""
    var status = ""
    /// `good`, `partial` or `bad`.
    var tone = ""
    /// What happened, after the names and before the chat; the whole sentence where there is neither.
    var deed = ""
    var who = ""
    var hasWho = false
    var unmatched = ""
    var hasUnmatched = false
    var chat = ""
    var hasChat = false
    var chatKey = ""
    var hint = ""
    var hasHint = false
    var fault = ""
    var hasFault = false
    var answer = ""
}
