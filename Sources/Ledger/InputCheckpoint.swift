public import Events

/// How far an input was read.
public struct InputCheckpoint: Sendable {
    /// The input's number in the ledger.
    public var input: Int64

    /// The place behind the last line that was decided.
    public var position: InputPosition

    /// Creates a checkpoint.
    public init(input: Int64, position: InputPosition) {
        self.input = input
        self.position = position
    }
}
