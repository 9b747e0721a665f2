/// What was remembered cannot be read.
public struct StateProblem: Error, Hashable, CustomStringConvertible {
    /// Under what it was kept.
    public var slot: StateSlot

    /// Whose it was.
    public var key: String

    /// What happened, and what helps.
    public var description: String {
        let owner =
            switch slot.owner {
            case .rule(let id): "rule '\(id)'"
            case .fact(let name): "fact '\(name)'"
            case .stream: "the stream"
            }
        return
            "what \(owner) remembers (\(slot.part.rawValue)) of '\(key)' cannot be read; 'beckon state clear' forgets it"
    }
}

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

    /// Takes up what was written down.
    ///
    /// What belongs to a rule or fact that the program does not have, or that means something else by now, is not taken up.
    ///
    /// - Returns: How many rows were not, by their slot: whoever keeps the rows should forget them.
    public mutating func restore(_ rows: [StateRow], for program: Program) throws(StateProblem) -> [StateSlot: Int] {
        let numbers = program.slotNumbers
        var dropped: [StateSlot: Int] = [:]
        for row in rows {
            guard let number = numbers[row.slot] else {
                dropped[row.slot, default: 0] += 1
                continue
            }
            guard let window = Window(record: row.value, part: row.slot.part, due: row.dueAt) else {
                throw StateProblem(slot: row.slot, key: row.key)
            }
            lastNumber = max(lastNumber, window.number ?? 0)
            if case .conversation(let name)? = row.subject { note(name.split(separator: ":").first.map(String.init)) }
            windows.put(window, endsAt: row.endsAt, at: WindowPlace(slot: number, key: WindowKey(row.key)))
        }
        _ = windows.takeChanged()
        return dropped
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
        case .held: break
        case .count, .sequence, .throttle, .fact: row.subject = slot.per.subject(of: place.key.text)
        }
        return row
    }
}

extension Program {
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
