/// Lists one behind the other in memory, so that reading one of them is reading on.
struct PackedLists<Element: Sendable>: Sendable {
    private var pairs: [(list: Int, element: Element)] = []
    private var starts: [Int] = []
    private var elements: [Element] = []

    /// Adds an element to the end of a list.
    mutating func append(_ element: Element, to list: Int) {
        pairs.append((list, element))
    }

    /// Puts the lists in order; before it they have no places.
    mutating func finish(count: Int) {
        starts = [Int](repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.list + 1] += 1 }
        for list in 0..<count { starts[list + 1] += starts[list] }
        var next = starts
        var order = [Int](repeating: 0, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            order[next[pair.list]] = index
            next[pair.list] += 1
        }
        elements = order.map { pairs[$0].element }
        pairs = []
    }

    /// The places of the elements of a list.
    @inline(__always)
    func places(of list: Int) -> Range<Int> { starts[list]..<starts[list + 1] }

    /// The element at a place.
    @inline(__always)
    subscript(place: Int) -> Element { elements[place] }
}
