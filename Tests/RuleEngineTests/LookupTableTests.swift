import Events
import RuleEngine
import Testing

/// What is found in a table for an event.
struct LookupTableTests {
    private func table(by subject: LookupTable.Subject, _ rows: [[String]]) -> LookupTable {
        var table = LookupTable(name: "accounts", by: subject, columns: ["key", "manager", "", "tier"])
        for row in rows {
            guard let key = subject.key(row[0]) else { continue }
            var cells: [UInt8] = []
            let ends = row.map { cell in
                cells += cell.utf8
                return cells.count
            }
            _ = table.append(key: key, cells: cells, ends: ends)
        }
        return table
    }

    private func event(_ json: String) throws -> Event {
        var decoder = EventDecoder(format: .plain)
        var events: [Event] = []
        if case .events(let decoded) = decoder.decode(json) { events = decoded }
        return try #require(events.first)
    }

    @Test(arguments: [
        ("manager", "asha"), ("tier", "gold, really"), ("key", "+91 (99999) 00-001"), ("", nil), ("managers", nil),
    ])
    func `a column of the row of the customer, however the number is written`(column: String, expected: String?) throws
    {
        let rows = [["+91 (99999) 00-001", "asha", "x", "gold, really"], ["919999900002", "ravi", "y", ""]]
        let table = table(by: .name(.customer), rows)
        #expect(table.value(column: column, for: try event(#"{"customer":"919999900001"}"#)) == expected)
    }

    @Test(
        arguments: [
            (#"{"customer":"+91 99999 00002"}"#, "ravi"), (#"{"customer":"919999900003"}"#, nil), ("{}", nil),
            (#"{"customer":null}"#, nil), (#"{"agent":"919999900002"}"#, nil),
        ] as [(String, String?)]
    )
    func `an event without the value, or one that no row has, finds nothing`(json: String, expected: String?) throws {
        let table = table(by: .name(.customer), [["919999900002", "ravi", "", ""]])
        let event = try event(json)
        #expect(table.value(column: "manager", for: event) == expected)
        #expect(table.hasRow(for: event) == (expected != nil))
    }

    @Test(arguments: ["", " ", "\t\u{A0}\n"])
    func `a cell without anything to read is missing`(cell: String) throws {
        let table = table(by: .name(.tag), [["VIP", cell, "", "gold"]])
        let event = try event(#"{"type":"add-tag","tag":"VIP"}"#)
        #expect(table.value(column: "manager", for: event) == nil)
        #expect(table.value(column: "tier", for: event) == "gold")
    }

    @Test(
        arguments: [
            (#"{"tag":"VIP"}"#, true), (#"{"tag":"vip"}"#, false), (#"{"tag":" VIP"}"#, false), (#"{"tag":"é"}"#, true),
            (#"{"tag":"e\u0301"}"#, false), (#"{"tag":""}"#, false),
        ] as [(String, Bool)]
    )
    func `keys that are no phone numbers compare byte for byte`(json: String, isFound: Bool) throws {
        let table = table(by: .name(.tag), [["VIP", "asha", "", ""], ["\u{E9}", "ravi", "", ""]])
        #expect(table.hasRow(for: try event(json)) == isFound)
    }

    @Test(
        arguments: [
            (#"{"order":{"sku":"5512"}}"#, true), (#"{"order":{"sku":5512}}"#, true),
            (#"{"order":{"sku":5512.0}}"#, true),
            (#"{"order":{"sku":5512.5}}"#, false), (#"{"order":{"sku":true}}"#, false),
            (#"{"order":{"sku":[5512]}}"#, false),
            (#"{"order":{"sku":null}}"#, false), (#"{"order":5512}"#, false),
        ] as [(String, Bool)]
    )
    func `a field is looked up as text or as a whole number`(json: String, isFound: Bool) throws {
        let table = table(by: .field(try FieldPath(parsing: "order.sku")), [["5512", "asha", "", ""]])
        #expect(table.hasRow(for: try event(json)) == isFound)
    }

    @Test func `a key that is there already adds nothing and tells its row`() throws {
        var table = table(by: .name(.tag), [["a", "1", "", ""], ["b", "2", "", ""]])
        let before = table
        #expect(table.append(key: "b", cells: Array("b3".utf8), ends: [1, 2, 2, 2]) == 1)
        #expect(table == before)
        #expect(table.rowCount == 2)
    }
}
