/// Lists of numbers, one behind the other in memory.
struct NumberLists: Sendable {
    private var pairs: [(list: Int, number: UInt32)] = []
    private var starts: [Int] = []
    private var numbers: [UInt32] = []

    /// Adds a number to the end of a list.
    mutating func append(_ number: UInt32, to list: Int) {
        pairs.append((list, number))
    }

    /// Puts the lists in order; before it they have no places.
    mutating func finish(count: Int) {
        starts = [Int](repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.list + 1] += 1 }
        for list in 0..<count { starts[list + 1] += starts[list] }
        var next = starts
        numbers = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs {
            numbers[next[pair.list]] = pair.number
            next[pair.list] += 1
        }
        pairs = []
    }

    /// The places of the numbers of a list.
    @inline(__always)
    func places(of list: Int) -> Range<Int> { starts[list]..<starts[list + 1] }

    /// The number at a place.
    @inline(__always)
    subscript(place: Int) -> Int { Int(numbers[place]) }
}
