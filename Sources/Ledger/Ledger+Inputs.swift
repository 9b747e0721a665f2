public import Events
internal import Foundation
internal import GRDB

extension Ledger {
    /// How far inputs were read, the latest first.
    public func marks() throws(LedgerProblem) -> [InputMark] {
        try read { database in
            try database.rows("SELECT * FROM input ORDER BY read_at DESC, number DESC").map(InputMark.init)
        }
    }
}

extension Database {
    /// Writes how far an input was read.
    ///
    /// A file whose content goes on where the last mark of its path ended keeps its row; any other gets a new one, so that
    /// the one before is still recognised under another name.
    func write(_ mark: InputMark, now: Instant) throws {
        let last = try row("SELECT * FROM input WHERE path = ? ORDER BY number DESC LIMIT 1", [mark.path])
        let number: Int64? = last.flatMap { InputMark($0).goesOn(to: mark) ? $0["number"] : nil }
        try run(
            """
            INSERT OR REPLACE INTO input(number, path, line, offset, is_gzip, file_offset, head_bytes, head_sha256,
                tail_bytes, tail_sha256, device, inode, read_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, mark.path, mark.position.line, mark.position.offset, mark.isGzip, mark.fileOffset,
                mark.head.byteCount, Data(mark.head.sha256), mark.tail.byteCount, Data(mark.tail.sha256), mark.device,
                mark.inode, now.milliseconds,
            ]
        )
    }
}

extension InputMark {
    fileprivate init(_ row: Row) {
        self.init(
            path: row["path"],
            position: InputPosition(line: row["line"], offset: row["offset"]),
            isGzip: row["is_gzip"],
            fileOffset: row["file_offset"],
            head: Fingerprint(byteCount: row["head_bytes"], sha256: Array(row["head_sha256"] as Data)),
            tail: Fingerprint(byteCount: row["tail_bytes"], sha256: Array(row["tail_sha256"] as Data)),
            device: row["device"],
            inode: row["inode"]
        )
    }

    /// Whether a later mark of the same path can be of the same file, further on.
    fileprivate func goesOn(to later: InputMark) -> Bool {
        guard later.fileOffset >= fileOffset else { return false }
        return head == later.head || (device == later.device && inode == later.inode)
    }
}
