import Events
import Testing

@testable import Ledger

/// What is remembered is listed by whom it is about and what remembers it, the newest first.
struct StateListTests {
    private static let one = "919999900000:919999900001"
    private static let other = "919999900000:919999900002"

    private static let rows: [KeptState] = [
        .counted(one, subject: .conversation(one)),
        .counted("919999900001", part: "fact", owner: .fact("vip"), subject: .customer("919999900001")),
        .counted(other, owner: .rule("vip"), subject: .conversation(other)),
        .counted("[]"),
        .counted("1", part: "held", owner: .stream, subject: .conversation(one)),
    ]

    private func filled() throws -> Ledger {
        let ledger = try Ledger.inMemory()
        for (minute, row) in Self.rows.enumerated() {
            var batch = IntakeBatch()
            batch.stateChanges = [.put(row)]
            try ledger.take(batch, now: .noon.advanced(by: .seconds(60 * minute)))
        }
        return ledger
    }

    @Test(
        arguments: [
            (.init(), [4, 3, 2, 1, 0]),
            (.init { $0.conversations = [one] }, [4, 0]),
            (.init { $0.conversations = [one, other] }, [4, 2, 0]),
            (.init { $0.customers = ["919999900001"] }, [4, 1, 0]),
            (.init { ($0.customers, $0.conversations) = (["919999900001"], [other]) }, []),
            (.init { $0.owners = [.rule("vip")] }, [2]),
            (.init { $0.owners = [.fact("vip"), .rule("complaints")] }, [3, 1, 0]),
            (.init { ($0.owners, $0.customers) = ([.fact("vip"), .rule("vip")], ["919999900002"]) }, [2]),
            (.init { $0.conversations = ["nobody"] }, []),
        ] as [(StateFilter, [Int])]
    )
    func `a filter lets through what all of it holds for`(filter: StateFilter, found: [Int]) throws {
        let ledger = try filled()
        let (rows, olderCount) = try ledger.state(filter, limit: 10)
        #expect(rows.map(\.state) == found.map { Self.rows[$0] })
        #expect(rows.map(\.written) == found.map { Instant.noon.advanced(by: .seconds(60 * $0)) })
        #expect(olderCount == 0)
        #expect(filter.isEmpty == (found.count == Self.rows.count))
        let (newest, restCount) = try ledger.state(filter, limit: 1)
        #expect(newest.map(\.state) == found.prefix(1).map { Self.rows[$0] })
        #expect(restCount == max(0, found.count - 1))
    }

    @Test func `what changed last comes first, and all of it is counted`() throws {
        let ledger = try filled()
        var changed = Self.rows[1]
        changed.value = "changed"
        var batch = IntakeBatch()
        batch.stateChanges = [.put(changed)]
        try ledger.take(batch, now: .noon.advanced(by: .seconds(3600)))
        #expect(try ledger.state(StateFilter(), limit: 1).rows.map(\.state) == [changed])
        #expect(try ledger.statistics().windowCount == Self.rows.count)
    }
}

extension StateFilter {
    fileprivate init(_ change: (inout StateFilter) -> Void) {
        self.init()
        change(&self)
    }
}
