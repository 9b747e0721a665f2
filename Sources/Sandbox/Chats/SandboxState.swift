import DequeModule
import DoubleTick

/// All that the sandbox remembers, and every change of it.
///
/// Each change that a page could show takes the next version, so that a page can ask for what changed since it last looked.
struct SandboxState: Sendable {
    private(set) var version = 0
    private(set) var chats: [ChatKey: SandboxChat] = [:]
    private(set) var chatsDropped = 0
    private(set) var callsDropped = 0

    /// The version in which a chat was last dropped; a page that knows an older one must start anew.
    private(set) var versionOfLastDrop = 0

    private var calls: Deque<SandboxCall> = []
    private var faultsMet: [Fault: Int] = [:]
    private var activity = ActivityQueue()

    /// How many chats each business number has.
    private var chatCounts: [String: Int] = [:]

    private let businesses: Set<String>
    private let team: [String: SandboxAgent]
    private let limits: SandboxLimits

    /// Takes a seed that was checked.
    init(seed: SandboxSeed, limits: SandboxLimits) {
        self.limits = limits
        businesses = Set(seed.businesses.map(DoubleTickNumber.digits(of:)))
        team = seed.team.reduce(into: [:]) { team, member in
            let number = DoubleTickNumber.digits(of: member.phone)
            let name = member.name.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }
            team[number] = SandboxAgent(name: name, number: number)
        }
        // The first of the file comes first on the page, where the most recently active chat stands at the top.
        for chat in seed.chats.reversed() {
            let key = ChatKey(business: chat.business, customer: chat.customer)
            open(key, name: chat.name)
            chats[key]?.owner = chat.owner.flatMap { team[DoubleTickNumber.digits(of: $0)] }
        }
    }

    // MARK: Questions

    /// The team member who logs in with that number, written in any way.
    func agent(_ written: String) -> SandboxAgent? {
        team[DoubleTickNumber.digits(of: written)]
    }

    /// Whether the number is one of ours; where no seed says so, whether some chat has it.
    func isBusiness(_ digits: String) -> Bool {
        businesses.contains(digits) || chatCounts[digits] != nil
    }

    /// Whether the sandbox knows any business number.
    var knowsBusinesses: Bool { !businesses.isEmpty || !chats.isEmpty }

    /// The business number of messages that name none: the only one of the seed.
    var onlyBusiness: String? { businesses.count == 1 ? businesses.first : nil }

    /// Whether the chat holds a message of that id.
    func holdsMessage(_ id: String, in key: ChatKey) -> Bool {
        chats[key]?.entries.contains { entry in
            guard case .message(let message) = entry.content else { return false }
            return message.id == id
        } ?? false
    }

    /// How many calls there were, those dropped included.
    var callsSeen: Int { callsDropped + calls.count }

    /// The state as a value for others to read.
    func snapshot() -> SandboxSnapshot {
        SandboxSnapshot(
            version: version,
            chats: chats.values.sorted { $0.active > $1.active },
            chatsDropped: chatsDropped,
            calls: Array(calls),
            callsDropped: callsDropped,
            faultsMet: faultsMet
        )
    }

    // MARK: Changes

    /// Makes sure that the chat exists, and takes over a name where one is given.
    mutating func open(_ key: ChatKey, name: String? = nil) {
        let name = name.map { PlainText.line($0, bytesMax: limits.nameBytesMax) }.flatMap { $0.isEmpty ? nil : $0 }
        if let chat = chats[key] {
            guard let name, name != chat.name else { return }
            version += 1
            chats[key]?.name = name
            chats[key]?.changed = version
            return
        }
        if chats.count >= limits.chatsMax { dropQuietestChat() }
        version += 1
        chats[key] = SandboxChat(name: name, key: key, changed: version, active: version)
        chatCounts[key.business, default: 0] += 1
        noteActivity(of: key)
    }

    /// Writes a customer's message into its chat, which must exist.
    mutating func append(_ message: SandboxMessage, to key: ChatKey, at milliseconds: Int64) {
        append(.message(message), to: key, at: milliseconds)
    }

    /// Adds team members to a chat and returns those who were not in it.
    mutating func join(_ agents: [SandboxAgent], _ key: ChatKey, at milliseconds: Int64) -> [SandboxAgent] {
        let present = Set(chats[key]?.collaborators.map(\.agent.number) ?? [])
        let joining = agents.filter { !present.contains($0.number) }
        for agent in agents { chats[key]?.additions[agent.number, default: 0] += 1 }
        for agent in joining {
            chats[key]?.collaborators.append(SandboxCollaborator(agent: agent, joinedMilliseconds: milliseconds))
            append(.joined(agent), to: key, at: milliseconds)
        }
        return joining
    }

    /// Removes team members from a chat and returns those who were in it.
    mutating func leave(_ agents: [SandboxAgent], _ key: ChatKey, at milliseconds: Int64) -> [SandboxAgent] {
        let present = Set(chats[key]?.collaborators.map(\.agent.number) ?? [])
        let leaving = agents.filter { present.contains($0.number) }
        for agent in leaving {
            chats[key]?.collaborators.removeAll { $0.agent.number == agent.number }
            append(.left(agent), to: key, at: milliseconds)
        }
        return leaving
    }

    /// Writes a call into the log; its sequence number is given here.
    mutating func record(_ call: SandboxCall) {
        version += 1
        var call = call
        call.sequence = callsSeen + 1
        calls.append(call)
        if let fault = call.fault { faultsMet[fault, default: 0] += 1 }
        guard calls.count > limits.callsMax else { return }
        calls.removeFirst()
        callsDropped += 1
    }

    private mutating func append(_ content: SandboxEntry.Content, to key: ChatKey, at milliseconds: Int64) {
        guard var chat = chats.removeValue(forKey: key) else { return }
        version += 1
        let sequence = chat.entriesDropped + chat.entries.count + 1
        chat.entries.append(SandboxEntry(sequence: sequence, milliseconds: milliseconds, content: content))
        if chat.entries.count > limits.entriesPerChatMax {
            chat.entries.removeFirst()
            chat.entriesDropped += 1
        }
        chat.changed = version
        chat.active = version
        chats[key] = chat
        noteActivity(of: key)
    }

    private mutating func noteActivity(of key: ChatKey) {
        activity.append(key, version: version)
        activity.sweep(chatCount: chats.count) { [chats] in chats[$0]?.active == $1 }
    }

    private mutating func dropQuietestChat() {
        guard let quietest = activity.popQuietest(where: { [chats] in chats[$0]?.active == $1 }) else { return }
        version += 1
        versionOfLastDrop = version
        chatsDropped += 1
        chats[quietest] = nil
        chatCounts[quietest.business] = chatCounts[quietest.business].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
}
