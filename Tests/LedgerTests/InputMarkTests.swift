import Events
import Testing

@testable import Ledger

/// How far inputs were read is written with what was decided of them, and read back whole.
struct InputMarkTests {
    private func mark(_ path: String, offset: Int, head: UInt8 = 1, inode: Int = 7) -> InputMark {
        InputMark(
            path: path,
            position: InputPosition(line: offset, offset: offset),
            isGzip: path.hasSuffix(".gz"),
            fileOffset: offset,
            head: InputMark.Fingerprint(byteCount: 3, sha256: Array(repeating: head, count: 32)),
            tail: InputMark.Fingerprint(byteCount: 3, sha256: Array(repeating: 9, count: 32)),
            device: 1,
            inode: inode
        )
    }

    private func take(_ mark: InputMark, into ledger: Ledger, at seconds: Int) throws {
        var batch = IntakeBatch()
        batch.marks = [mark]
        try ledger.take(batch, now: .noon.advanced(by: .seconds(seconds)))
    }

    @Test func `a file that goes on keeps its mark, and another of its name gets one beside it`() throws {
        let ledger = try Ledger.inMemory()
        try take(mark("a.jsonl", offset: 10), into: ledger, at: 0)
        try take(mark("b.jsonl.gz", offset: 5, head: 2, inode: 8), into: ledger, at: 1)
        try take(mark("a.jsonl", offset: 30), into: ledger, at: 2)
        #expect(
            try ledger.marks() == [mark("a.jsonl", offset: 30), mark("b.jsonl.gz", offset: 5, head: 2, inode: 8)]
        )
        try take(mark("a.jsonl", offset: 4, head: 3, inode: 9), into: ledger, at: 3)
        #expect(
            try ledger.marks() == [
                mark("a.jsonl", offset: 4, head: 3, inode: 9), mark("a.jsonl", offset: 30),
                mark("b.jsonl.gz", offset: 5, head: 2, inode: 8),
            ]
        )
    }

    @Test func `the inputs that were read longest ago are forgotten beyond their number`() async throws {
        var limits = LedgerLimits()
        limits.inputCountMax = 2
        let ledger = try Ledger.inMemory(limits: limits)
        for number in 1...4 { try take(mark("\(number)", offset: 1), into: ledger, at: number) }
        #expect(try await ledger.clean(now: .noon) == false)
        #expect(try ledger.marks().map(\.path) == ["4", "3"])
    }
}
