import Events

extension EngineState {
    /// What changed since this was last asked, as rows to be written down, in no particular order.
    public mutating func takeChanges(of program: Program) -> [StateChange] {
        windows.takeChanged().map { place in
            windows.entry(at: place).map { .put(row($0, at: place, of: program)) }
                ?? .remove(program.slots[place.slot].slot, key: place.key.text)
        }
    }

    /// Everything that is remembered, as rows.
    public func rows(of program: Program) -> [StateRow] {
        var rows: [StateRow] = []
        windows.visit { place, entry in rows.append(row(entry, at: place, of: program)) }
        return rows
    }

    /// What of the rows was not taken up, by slot.
    public struct Leftovers: Hashable, Sendable {
        /// Rows of rules and facts that the program does not have, or that mean something else by now: whoever keeps them should
        /// forget them.
        public var dropped: [StateSlot: Int] = [:]

        /// Rows that cannot be read, as another version or a damaged disk leaves them; they are removed with the next changes.
        public var unreadable: [StateSlot: Int] = [:]

        /// Creates leftovers.
        public init(dropped: [StateSlot: Int] = [:], unreadable: [StateSlot: Int] = [:]) {
            (self.dropped, self.unreadable) = (dropped, unreadable)
        }
    }

    /// Takes up what was written down.
    public mutating func restore(_ rows: [StateRow], for program: Program) -> Leftovers {
        let numbers = program.slotNumbers
        var leftovers = Leftovers()
        var unreadable: [WindowPlace] = []
        for row in rows {
            guard let number = numbers[row.slot] else {
                leftovers.dropped[row.slot, default: 0] += 1
                continue
            }
            let place = WindowPlace(slot: number, key: WindowKey(row.key))
            guard let window = Window(record: row.value, part: row.slot.part, due: row.dueAt),
                program.canHold(window, in: number)
            else {
                leftovers.unreadable[row.slot, default: 0] += 1
                unreadable.append(place)
                continue
            }
            lastNumber = max(lastNumber, window.number ?? 0)
            if case .conversation(let name)? = row.subject { note(name.split(separator: ":").first.map(String.init)) }
            windows.put(window, endsAt: row.endsAt, at: place)
        }
        _ = windows.takeChanged()
        for place in unreadable { windows.noteAbsence(at: place) }
        return leftovers
    }

    /// Forgets single windows, by the slot and the key of their rows; what is not there is left out.
    public mutating func forget(_ windows: [(slot: StateSlot, key: String)], of program: Program) {
        let numbers = program.slotNumbers
        for window in windows {
            guard let number = numbers[window.slot] else { continue }
            self.windows.remove(WindowPlace(slot: number, key: WindowKey(window.key)))
        }
    }

    private func row(_ entry: Windows.Entry, at place: WindowPlace, of program: Program) -> StateRow {
        let slot = program.slots[place.slot]
        var row = StateRow(slot: slot.slot, key: place.key.text, endsAt: entry.endsAt, value: entry.window.record)
        switch entry.window {
        case .timer(let timer):
            row.dueAt = timer.due
            row.subject = slot.per.subject(of: place.key.text)
        case .held(let held):
            let event = Event(text: held.event)
            row.subject = event?.conversation.map { .conversation($0) } ?? event?.customer.map { .customer($0) }
        case .count, .sequence, .throttle, .fact: row.subject = slot.per.subject(of: place.key.text)
        }
        return row
    }
}

extension Program {
    /// Whether a window has the form that its rule asks for.
    fileprivate func canHold(_ window: Window, in slot: Int) -> Bool {
        guard case .sequence(let window) = window else { return true }
        return slots[slot].entry?.rule.timing.sequence.map { $0.steps.count == window.runs.count + 1 } ?? false
    }

    /// The number of each slot.
    fileprivate var slotNumbers: [StateSlot: Int] {
        var numbers: [StateSlot: Int] = [:]
        for (number, slot) in slots.enumerated() { numbers[slot.slot] = number }
        return numbers
    }
}

extension Window {
    /// The number of what is numbered.
    fileprivate var number: UInt64? {
        switch self {
        case .timer(let timer): timer.number
        case .held(let held): held.number
        case .count, .sequence, .throttle, .fact: nil
        }
    }
}
