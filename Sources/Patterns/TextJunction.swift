/// An ASCII letter or digit and the next one, with at least one other character between them, in a form of a text.
///
/// It tells the words of a phrase from the same words elsewhere in a text.
public struct TextJunction: Hashable, Sendable {
    let left: UInt8
    let right: UInt8

    /// Creates a junction; `nil` unless both are ASCII letters or digits.
    init?(_ left: UInt8, _ right: UInt8) {
        guard left.isASCIIWordPart, right.isASCIIWordPart else { return nil }
        self.left = left
        self.right = right
    }
}
