/// For each of many keys, who wants to know of it: short lists side by side in one block of memory.
struct OwnerLists: Sendable {
    private let starts: [UInt32]
    private let owners: [UInt32]

    /// Creates lists; the list of a key stands at its position.
    init(_ lists: [[UInt32]]) {
        var starts: [UInt32] = [0]
        starts.reserveCapacity(lists.count + 1)
        var owners: [UInt32] = []
        for list in lists {
            owners += list
            starts.append(UInt32(owners.count))
        }
        self.starts = starts
        self.owners = owners
    }

    /// Adds everybody on the list of a key.
    func add(_ key: Int, to candidates: inout Candidates) {
        for place in Int(starts[key])..<Int(starts[key + 1]) { candidates.add(owners[place]) }
    }
}

/// Whoever one event may concern, each once.
struct Candidates: Sendable {
    /// By number, in which round each was added last.
    private var rounds: [UInt32] = []
    private var round: UInt32 = 0

    /// Who was added, in ascending order once ``sort()`` was called.
    private(set) var numbers: [UInt32] = []

    /// Begins anew, with nobody, for so many that there are in all.
    mutating func begin(for count: Int) {
        numbers.removeAll(keepingCapacity: true)
        round &+= 1
        if rounds.count != count || round == 0 {
            rounds = Array(repeating: 0, count: count)
            round = 1
        }
    }

    /// Adds one, unless it was added before.
    mutating func add(_ number: UInt32) {
        guard rounds[Int(number)] != round else { return }
        rounds[Int(number)] = round
        numbers.append(number)
    }

    /// Puts them in order.
    mutating func sort() {
        if numbers.count > 1 { numbers.sort() }
    }
}
