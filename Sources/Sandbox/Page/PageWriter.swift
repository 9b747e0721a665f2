import DoubleTick

/// Turns what the sandbox holds into what the page shows.
struct PageWriter: Sendable {
    let clock: PageClock
    let limits: SandboxLimits
    let faults: FaultPlan
    let faultSeed: UInt64

    /// The page as a whole; `selected` and `view` are what its address asks for.
    func page(
        _ snapshot: SandboxSnapshot,
        selected: ChatKey?,
        view: String?,
        address: String,
        run: String,
        now: Int64
    ) -> PageView {
        let chosen = selected.flatMap { key in snapshot.chats.first { $0.key == key } }
        let shown = chosen ?? snapshot.chats.first { !$0.collaborators.isEmpty } ?? snapshot.chats.first
        return PageView(
            address: address,
            view: view == "calls" ? "calls" : chosen == nil ? "list" : "chat",
            version: snapshot.version,
            run: run,
            totals: totals(snapshot),
            chats: snapshot.chats.map { chat($0, now: now, isSelected: $0.key == shown?.key) },
            conversation: shown.map(conversation) ?? ConversationView(),
            calls: calls(snapshot.calls, of: snapshot),
            callsKept: limits.callsMax,
            faults: "Faults on purpose: \("\(faults)".replacing(",", with: ", ")); seed \(faultSeed)",
            hasFaults: !faults.shares.isEmpty
        )
    }

    /// What changed since a page last asked.
    func state(_ snapshot: SandboxSnapshot, since asked: StateQuestion, run: String, now: Int64, lastDrop: Int)
        -> StateView
    {
        let isWhole = asked.run != run || asked.version < lastDrop || asked.version > snapshot.version
        let shown = asked.chat.flatMap { key in snapshot.chats.first { $0.key == key } }
        let changed = snapshot.chats.filter { isWhole || $0.changed > asked.version }
        return StateView(
            run: run,
            version: snapshot.version,
            isWhole: isWhole,
            totals: totals(snapshot),
            chats: changed.map { chat($0, now: now, isSelected: $0.key == asked.chat) },
            conversation: shown.flatMap { $0.changed > asked.seen || isWhole ? conversation($0) : nil },
            calls: calls(snapshot.calls.filter { isWhole || $0.sequence > asked.call }, of: snapshot),
            callsKept: limits.callsMax
        )
    }

    // MARK: Parts

    private func totals(_ snapshot: SandboxSnapshot) -> TotalsView {
        let collaborators = snapshot.chats.reduce(0) { $0 + $1.collaborators.count }
        return TotalsView(
            chats: counted(snapshot.chats.count, "chat"),
            collaborators: counted(collaborators, "collaborator"),
            calls: counted(snapshot.callsDropped + snapshot.calls.count, "API call"),
            chatsDropped: dropped(snapshot.chatsDropped, "chat", keeping: limits.chatsMax),
            hasChatsDropped: snapshot.chatsDropped > 0,
            callsDropped: dropped(snapshot.callsDropped, "call", keeping: limits.callsMax),
            hasCallsDropped: snapshot.callsDropped > 0,
            hasChats: !snapshot.chats.isEmpty,
            hasCalls: !snapshot.calls.isEmpty
        )
    }

    private func chat(_ chat: SandboxChat, now: Int64, isSelected: Bool) -> ChatView {
        let names = chat.collaborators.map(\.agent.title)
        let circles = chat.collaborators.suffix(3)
        return ChatView(
            key: chat.key.text,
            title: chat.title,
            number: DoubleTickNumber.display(chat.customer),
            initials: Initials.of(chat.name ?? ""),
            tint: Initials.tint(chat.customer),
            preview: preview(chat),
            time: chat.entries.last.map { clock.short($0.milliseconds, now: now) } ?? "",
            machineTime: chat.entries.last.map { clock.machine($0.milliseconds) } ?? "",
            owner: chat.owner?.title ?? "",
            hasOwner: chat.owner != nil,
            people: circles.map(person),
            more: "+\(chat.collaborators.count - circles.count)",
            hasMore: chat.collaborators.count > circles.count,
            names: names.joined(separator: ", "),
            hasNames: !names.isEmpty,
            haystack: haystack(chat, names: names),
            active: chat.active,
            isSelected: isSelected
        )
    }

    private func conversation(_ chat: SandboxChat) -> ConversationView {
        var day = ""
        let entries = chat.entries.map { entry in
            let view = self.entry(entry, after: day)
            day = view.day
            return view
        }
        return ConversationView(
            key: chat.key.text,
            title: chat.title,
            number: DoubleTickNumber.display(chat.customer),
            business: DoubleTickNumber.display(chat.business),
            initials: Initials.of(chat.name ?? ""),
            tint: Initials.tint(chat.customer),
            owner: chat.owner?.title ?? "",
            hasOwner: chat.owner != nil,
            changed: chat.changed,
            dropped: dropped(chat.entriesDropped, "entry", "entries", keeping: limits.entriesPerChatMax),
            hasDropped: chat.entriesDropped > 0,
            entries: entries,
            hasEntries: !entries.isEmpty,
            people: chat.collaborators.map(person),
            hasPeople: !chat.collaborators.isEmpty,
            peopleCount: chat.collaborators.isEmpty ? "" : "\(chat.collaborators.count)",
            isThere: true
        )
    }

    private func entry(_ entry: SandboxEntry, after day: String) -> EntryView {
        var view = EntryView(
            sequence: entry.sequence,
            day: clock.day(entry.milliseconds),
            startsDay: clock.day(entry.milliseconds) != day,
            time: clock.time(entry.milliseconds),
            machineTime: clock.machine(entry.milliseconds)
        )
        switch entry.content {
        case .message(let message):
            view.isMessage = true
            view.text = message.text
            view.hasText = !message.text.isEmpty
            view.attachment = message.attachment ?? ""
            view.hasAttachment = message.attachment != nil
        case .joined(let agent): note(agent, "joined as collaborator", in: &view)
        case .left(let agent): note(agent, "is no longer a collaborator", in: &view)
        }
        return view
    }

    private func note(_ agent: SandboxAgent, _ deed: String, in view: inout EntryView) {
        view.isNote = true
        view.name = agent.title
        view.deed = deed
        view.initials = Initials.of(agent.name ?? "")
        view.tint = Initials.tint(agent.number)
    }

    private func person(_ collaborator: SandboxCollaborator) -> PersonView {
        PersonView(
            name: collaborator.agent.title,
            number: DoubleTickNumber.display(collaborator.agent.number),
            initials: Initials.of(collaborator.agent.name ?? ""),
            tint: Initials.tint(collaborator.agent.number),
            joined: clock.time(collaborator.joinedMilliseconds),
            machineTime: clock.machine(collaborator.joinedMilliseconds)
        )
    }

    /// The newest first.
    private func calls(_ calls: [SandboxCall], of snapshot: SandboxSnapshot) -> [CallView] {
        let titles = Dictionary(uniqueKeysWithValues: snapshot.chats.map { ($0.key.text, $0.title) })
        return calls.reversed().map { call($0, title: $0.chat.flatMap { titles[$0] }) }
    }

    private func call(_ call: SandboxCall, title: String?) -> CallView {
        let isWhole = call.status == 200 && call.unmatched.isEmpty
        return CallView(
            sequence: call.sequence,
            time: clock.time(call.milliseconds),
            machineTime: clock.machine(call.milliseconds),
            method: call.method,
            path: call.path,
            status: call.status.map(String.init) ?? "none",
            tone: isWhole ? "good" : call.status == 200 ? "partial" : "bad",
            deed: deed(call, hasChat: title != nil),
            who: call.matched.map(\.title).joined(separator: ", "),
            hasWho: !call.matched.isEmpty,
            unmatched: call.unmatched.map { $0.isEmpty ? "(empty)" : $0 }.joined(separator: ", "),
            hasUnmatched: !call.unmatched.isEmpty,
            chat: title ?? "",
            hasChat: title != nil,
            chatKey: title == nil ? "" : call.chat ?? "",
            hint: call.hint ?? "",
            hasHint: call.hint != nil,
            fault: call.fault.map { "fault: \($0)" } ?? "",
            hasFault: call.fault != nil,
            answer: call.answer
        )
    }

    // MARK: Words

    /// The last message; a list needs no more than the beginning of it.
    private func preview(_ chat: SandboxChat) -> String {
        guard let message = chat.messages.last else { return "No messages yet" }
        let parts = [message.attachment ?? "", message.text].filter { !$0.isEmpty }
        return PlainText.line(
            parts.joined(separator: " · ").replacing("\n", with: " "),
            bytesMax: limits.nameBytesMax
        )
    }

    private func deed(_ call: SandboxCall, hasChat: Bool) -> String {
        let chat = hasChat ? "the chat with" : "a chat"
        return switch call.effect {
        case .added: "joined \(chat)"
        case .alreadyThere: "already in \(chat)"
        case .removed: "left \(chat)"
        case .notThere: "not in \(chat)"
        case .nobodyMatched: hasChat ? "No agent joined or left the chat with" : "No agent joined or left"
        case .refused: call.refusal ?? ""
        case .notPerformed: "Nothing was performed"
        }
    }

    private func haystack(_ chat: SandboxChat, names: [String]) -> String {
        ([chat.title, chat.customer, DoubleTickNumber.display(chat.customer), preview(chat), chat.owner?.title ?? ""]
            + names)
            .joined(separator: "\n").lowercased()
    }

    private func counted(_ count: Int, _ word: String) -> String {
        "\(grouped(count)) \(word)\(count == 1 ? "" : "s")"
    }

    private func dropped(_ count: Int, _ word: String, _ plural: String? = nil, keeping max: Int) -> String {
        let words = plural ?? "\(word)s"
        return "\(grouped(count)) older \(count == 1 ? word : words) dropped: the newest \(grouped(max)) are kept."
    }

    private func grouped(_ count: Int) -> String {
        var digits = Array(String(count))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }
}
