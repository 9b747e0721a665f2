/// A set of ASCII characters, with all others counted as one.
public struct TextCharacters: Hashable, Sendable {
    /// A bit for each ASCII character.
    var ascii: UInt128 = 0

    /// Whether all characters beyond ASCII are in the set.
    var hasOthers = false

    /// Whether the sets have something in common.
    @inline(__always)
    func meets(_ other: TextCharacters) -> Bool {
        ascii & other.ascii != 0 || hasOthers && other.hasOthers
    }
}
