internal import Events
internal import GRDB

extension Database {
    /// Writes how far an input was read.
    func write(_ checkpoint: InputCheckpoint, now: Instant) throws {
        try run(
            "UPDATE input SET line = ?, offset = ?, read_at = ? WHERE number = ?",
            [checkpoint.position.line, checkpoint.position.offset, now.milliseconds, checkpoint.input]
        )
    }
}
