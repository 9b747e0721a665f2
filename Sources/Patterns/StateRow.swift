/// A row of bits that says in which of its states an automaton is.
///
/// One machine word holds the states of nearly every word that people write; ``LongStateRow`` holds those of all others.
protocol StateRow: Sendable, Hashable {
    /// The row without a state, with room for as many as `count`.
    init(count: Int)

    var isEmpty: Bool { get }

    func contains(_ state: Int) -> Bool
    mutating func insert(_ state: Int)

    /// The states that lie `distance` further on; what lies beyond the room is lost.
    func advanced(by distance: Int) -> Self

    /// The states that lie one further back.
    func movedBack() -> Self

    static func & (one: Self, other: Self) -> Self
    static func | (one: Self, other: Self) -> Self
}

extension UInt64: StateRow {
    init(count: Int) { self = 0 }

    var isEmpty: Bool { self == 0 }

    func contains(_ state: Int) -> Bool { self >> UInt64(state) & 1 != 0 }
    mutating func insert(_ state: Int) { self |= 1 << UInt64(state) }
    func advanced(by distance: Int) -> UInt64 { self << UInt64(distance) }
    func movedBack() -> UInt64 { self >> 1 }
}

/// A row of any length.
struct LongStateRow: StateRow {
    private var blocks: [UInt64]

    init(count: Int) {
        blocks = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    var isEmpty: Bool { blocks.allSatisfy { $0 == 0 } }

    func contains(_ state: Int) -> Bool { blocks[state >> 6].contains(state & 63) }
    mutating func insert(_ state: Int) { blocks[state >> 6].insert(state & 63) }

    func advanced(by distance: Int) -> LongStateRow {
        var result = self
        var carry: UInt64 = 0
        for index in blocks.indices {
            result.blocks[index] = blocks[index] << UInt64(distance) | carry
            carry = blocks[index] >> UInt64(64 - distance)
        }
        return result
    }

    func movedBack() -> LongStateRow {
        var result = self
        var carry: UInt64 = 0
        for index in blocks.indices.reversed() {
            result.blocks[index] = blocks[index] >> 1 | carry
            carry = blocks[index] << 63
        }
        return result
    }

    static func & (one: LongStateRow, other: LongStateRow) -> LongStateRow {
        var result = one
        for index in one.blocks.indices { result.blocks[index] &= other.blocks[index] }
        return result
    }

    static func | (one: LongStateRow, other: LongStateRow) -> LongStateRow {
        var result = one
        for index in one.blocks.indices { result.blocks[index] |= other.blocks[index] }
        return result
    }
}
