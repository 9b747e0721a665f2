/// How far a batch of lines fills while input is waiting.
struct BatchLimits: Sendable {
    /// So many lines are decided in one go: enough to make the hand-over cheap, and soon done, so that threads end together.
    var linesMax = 1024

    /// So many bytes are, or one line of any length.
    var bytesMax = 256 << 10

    /// When there are so many bytes of records, the further events of the batch are decided in their turn: one event may cause
    /// thousands.
    var recordBytesMax = 1 << 20

    /// A batch whose memory has grown beyond this gives it back.
    static let keptBytesMax = 1 << 20
}
