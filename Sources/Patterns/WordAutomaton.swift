/// Finds one word with typos, with stretched letters, or both, at all places of a text in one pass.
///
/// Wu and Manber's bit-parallel automaton (agrep): a state is how many scalars of the word have been read, and there is a row of
/// states for each number of typos. Two things are added. A swap of neighbours is read through a row of states that have seen
/// the second of the two and wait for the first. A run of three or more of one letter may stand for any shorter run, so after
/// it the automaton is in every state in which it was after a part of the run: reading is monotone, so the union of the rows
/// does that. Each scalar of the text is looked at once, whatever the word and however many places it may begin at.
struct WordAutomaton<Row: StateRow>: Hashable, Sendable {
    private let count: Int
    private let typos: Int
    private let ignoresStretching: Bool

    /// For every scalar of the word, the states in which it is the next one.
    private let rows: [Row]

    /// Which of the rows belongs to an ASCII scalar; the first row is empty.
    private let rowOfASCII: [UInt32]
    private let rowOfOthers: [UInt32: UInt32]

    /// The states of the automaton: by typos made, and those that wait for the other half of a swap.
    private struct States {
        var after0: Row
        var after1: Row
        var after2: Row
        var swapping1: Row
        var swapping2: Row

        init(_ row: Row) {
            after0 = row
            after1 = row
            after2 = row
            swapping1 = row
            swapping2 = row
        }

        /// What waits for a swap came from a state that is counted already, but that state may be gone.
        var isEmpty: Bool {
            after0.isEmpty && after1.isEmpty && after2.isEmpty && swapping1.isEmpty && swapping2.isEmpty
        }

        mutating func formUnion(_ other: States) {
            after0 = after0 | other.after0
            after1 = after1 | other.after1
            after2 = after2 | other.after2
            swapping1 = swapping1 | other.swapping1
            swapping2 = swapping2 | other.swapping2
        }
    }

    /// Creates an automaton for a word, which is not empty.
    init(_ word: [UInt32], typos: Int, ignoresStretching: Bool) {
        count = word.count
        self.typos = typos
        self.ignoresStretching = ignoresStretching
        var rows = [Row(count: word.count + 1)]
        var rowOfASCII = [UInt32](repeating: 0, count: 128)
        var rowOfOthers: [UInt32: UInt32] = [:]
        for (place, scalar) in word.enumerated() {
            var row = scalar < 0x80 ? rowOfASCII[Int(scalar)] : rowOfOthers[scalar] ?? 0
            if row == 0 {
                row = UInt32(rows.count)
                rows.append(rows[0])
                if scalar < 0x80 { rowOfASCII[Int(scalar)] = row } else { rowOfOthers[scalar] = row }
            }
            rows[Int(row)].insert(place)
        }
        self.rows = rows
        self.rowOfASCII = rowOfASCII
        self.rowOfOthers = rowOfOthers
    }

    /// Gives `body` where each occurrence ends, with the origin of its beginning, until it returns true; returns whether it
    /// did.
    ///
    /// Ends come in ascending order, each once. Where occurrences with several origins end, the origin is the first one that
    /// was given since no occurrence was possible any more.
    @discardableResult
    func visitEnds(in text: [UInt8], from beginnings: inout WordBeginnings, _ body: (Int, Int) -> Bool) -> Bool {
        let nothing = States(rows[0])
        var states = nothing
        var isLive = false
        var origin = 0
        var index = 0
        var previous: (scalar: UInt32, scalarClass: ScalarClass)?
        var run = 0
        var partsOfRun = nothing
        while true {
            if let begun = beginnings.origin(at: index, behind: previous?.scalarClass) {
                if !isLive { origin = begun }
                isLive = true
                begin(&states)
            } else if !isLive, beginnings.areExhausted(at: index) {
                return false
            }
            guard index < text.count else { return false }
            let (scalar, end) = text.scalar(at: index)
            let scalarClass = ScalarClass(of: scalar)
            run = scalar == previous?.scalar ? run + 1 : 1
            previous = (scalar, scalarClass)
            index = end
            guard isLive else {
                if run == 1 { partsOfRun = nothing }
                continue
            }
            let next = step(from: states, reading: scalar, of: scalarClass)
            states = next
            let mayBeStretched = ignoresStretching && scalarClass.contains(.stretchable)
            if mayBeStretched {
                if run == 1 { partsOfRun = next } else { partsOfRun.formUnion(next) }
                if run > 2 { states = partsOfRun }
            }
            if hasEnded(states), body(origin, index) { return true }
            isLive = !states.isEmpty || (mayBeStretched && !partsOfRun.isEmpty)
        }
    }

    /// Adds the state of having read nothing, and those of having left out the first letters.
    private func begin(_ states: inout States) {
        states.after0.insert(0)
        if typos > 0 { states.after1.insert(1) }
        if typos > 1 { states.after2.insert(2) }
    }

    private func hasEnded(_ states: States) -> Bool {
        states.after0.contains(count) || (typos > 0 && states.after1.contains(count))
            || (typos > 1 && states.after2.contains(count))
    }

    private func step(from old: States, reading scalar: UInt32, of scalarClass: ScalarClass) -> States {
        let number = scalar < 0x80 ? rowOfASCII[Int(scalar)] : rowOfOthers[scalar] ?? 0
        let row = rows[Int(number)]
        var new = old
        new.after0 = (old.after0 & row).advanced(by: 1)
        guard typos > 0 else { return new }
        // What a typo puts into the text is part of a word, of a script in which words have ends.
        let mayBeTypo = scalarClass.contains(.wordPart) && !scalarClass.contains(.spaceless)
        let back = row.movedBack()
        new.after1 =
            (old.after1 & row).advanced(by: 1) | (old.swapping1 & row).advanced(by: 2) | new.after0.advanced(by: 1)
        if mayBeTypo { new.after1 = new.after1 | old.after0 | old.after0.advanced(by: 1) }
        new.swapping1 = old.after0 & back
        guard typos > 1 else { return new }
        new.after2 =
            (old.after2 & row).advanced(by: 1) | (old.swapping2 & row).advanced(by: 2) | new.after1.advanced(by: 1)
        if mayBeTypo { new.after2 = new.after2 | old.after1 | old.after1.advanced(by: 1) }
        new.swapping2 = old.after1 & back
        return new
    }
}
