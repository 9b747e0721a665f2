import Events
import Ledger
import Testing

@testable import beckon

struct InboxSourceTests {
    /// What a step brought, in a word.
    private func word(_ step: SourceStep) -> String {
        switch step {
        case .line(let line):
            guard case .kept(let bytes) = line.content else { return "held" }
            return String(decoding: bytes, as: UTF8.self)
        case .notice(let text): return "notice: \(text)"
        case .idle: return "idle"
        case .end: return "end"
        case .interrupted: return "interrupted"
        }
    }

    private func put(_ texts: String..., into ledger: Ledger) throws {
        try ledger.spool(texts.map { NewInboxLine(bytes: Array($0.utf8)) }, now: Instant(milliseconds: 0))
    }

    @Test func `a bell that rings late keeps nobody waiting with an event in hand`() throws {
        let ledger = try Ledger.inMemory()
        let bell = InboxBell()
        let source = InboxSource(ledger, refill: bell, origin: "x")
        // What is put into the inbox can be seen there before the bell rings for it.
        try put("a", into: ledger)
        #expect(word(try source.next()) == "a")
        bell.ring()
        #expect(source.isLineBuffered)
        #expect(word(try source.next()) == "idle")
        #expect(!source.isLineBuffered)
        try put("b", "c", into: ledger)
        #expect(word(try source.next()) == "b")
        #expect(word(try source.next()) == "c")
        #expect(source.inboxEnd == 3)
        bell.end()
        #expect(word(try source.next()) == "idle")
        #expect(word(try source.next()) == "interrupted")
    }

    @Test func `a bell that does not ring in time keeps nobody waiting, and is heard afterwards`() throws {
        let ledger = try Ledger.inMemory()
        let bell = InboxBell()
        let source = InboxSource(ledger, refill: bell, origin: "x")
        #expect(word(try source.next(until: .now)) == "idle")
        #expect(word(try source.next(until: .now)) == "idle")
        try put("a", into: ledger)
        bell.ring()
        #expect(word(try source.next(until: .now)) == "a")
        #expect(word(try source.next(until: .now)) == "idle")
        bell.end()
        #expect(word(try source.next(until: .now)) == "interrupted")
    }

    @Test func `what lies in the inbox is told of, comes first, and is written down before the input is waited for`()
        throws
    {
        let ledger = try Ledger.inMemory()
        try put("a", "b", into: ledger)
        let bell = InboxBell()
        let source = BacklogSource(ledger, before: InboxSource(ledger, refill: bell, origin: "x"), origin: "y")
        #expect(word(try source.next()) == "notice: events that an earlier run took over and did not decide come first")
        #expect(word(try source.next()) == "a")
        #expect(word(try source.next()) == "b")
        #expect(source.inboxEnd == 2)
        #expect(word(try source.next()) == "idle")
        #expect(source.inboxEnd == 2)
        var batch = IntakeBatch()
        batch.inboxEnd = source.inboxEnd
        try ledger.take(batch, now: Instant(milliseconds: 0))
        bell.end()
        #expect(word(try source.next()) == "idle")
        #expect(word(try source.next()) == "interrupted")
        #expect(source.inboxEnd == nil)
    }
}
