import Diagnostics
import Events
import Foundation
import RuleEngine
import RuleSyntax
import Testing

@testable import RuleCompiler

/// Tables through the whole compiler.
struct TableTests {
    private func compile(_ csv: String, key: String = "phone", by: String = "customer") throws -> Compilation {
        let folder = try TemporaryFolder()
        try folder.write(csv, to: "accounts.csv")
        let text = "tables: { accounts: { file: accounts.csv, key: '\(key)', by: '\(by)' } }"
        let files = [("context.yml", RuleSource.context), ("rules.yml", text)].map {
            SourceFile(path: $0.0, text: $0.1)
        }
        let compiler = RuleCompiler(actions: RuleSource.actions, namedFiles: NamedFiles(relativeTo: folder.path))
        return compiler.compile(.reading(files))
    }

    private func event(_ json: String) throws -> Event {
        var decoder = EventDecoder(format: .plain)
        var events: [Event] = []
        if case .events(let decoded) = decoder.decode(json) { events = decoded }
        return try #require(events.first)
    }

    @Test(
        arguments: [
            ("phone,manager\n+91 99999 00001,asha\n", "customer", #"{"customer":"919999900001"}"#, "asha"),
            (
                "\u{FEFF}\"phone\", manager \r\n\"+91 (99999) 00-001\",\"a, \"\"b\"\"\n\"\r\n", "customer",
                #"{"customer":"+91 99999 00001"}"#, "a, \"b\"\n"
            ),
            ("manager,phone\nasha,919999900101\n", "agent", #"{"agent":"+919999900101"}"#, "asha"),
            ("phone,manager\n VIP ,asha\n", "tag", #"{"tag":"VIP"}"#, "asha"),
            ("phone,manager\n5512,asha\n", "fields.order.sku", #"{"order":{"sku":5512}}"#, "asha"),
            ("phone,manager\nasha.rao,ravi\n", "name", #"{"name":"asha.rao"}"#, "ravi"),
            ("phone,manager,\nVIP,asha,x\n", "tag", #"{"tag":"VIP"}"#, "asha"),
            ("phone,manager\nVIP, asha \n", "tag", #"{"tag":"VIP"}"#, " asha "),
        ]
    )
    func `a row is found by what the event has`(csv: String, by: String, json: String, expected: String) throws {
        let compilation = try compile(csv, by: by)
        #expect(RuleSource.report(compilation) == "")
        let table = try #require(compilation.program.tables["accounts"])
        #expect(table.value(column: "manager", for: try event(json)) == expected)
    }

    @Test(
        arguments: [
            ("", ["R312 rules.yml:1"]), ("\n\r\n", ["R312 rules.yml:1"]), ("phone", ["R205 rules.yml:1"]),
            ("phone\tmanager\n", ["R312 accounts.csv:1"]), ("phone|manager\n", ["R312 accounts.csv:1"]),
            ("phone;manager\n\"", ["R312 accounts.csv:1"]), ("\"phone;x\",phone\n,\n", ["R205 rules.yml:1"]),
            ("phone,manager\n919999900001,a,b\n919999900002\n", ["R312 accounts.csv:2", "R312 accounts.csv:3"]),
            ("phone,m\n919999900001,\"a\nb\"\n919999900001,c\n", ["R301 accounts.csv:4"]),
            ("phone,m\n919999900001,\"a\n", ["R312 accounts.csv:2"]), ("m,n\na,b\n", ["R302 rules.yml:1"]),
            ("phone,m,m,phone\n", ["R301 accounts.csv:1", "R301 accounts.csv:1"]),
            ("phone,m\n\"919999900001\" ,a\n", ["R312 accounts.csv:2"]),
            ("phone,m\n,\n\n,x\n,y\n+919999900001,z\n", ["R205 accounts.csv:4"]),
        ]
    )
    func `what is wrong is told with its line`(csv: String, expected: [String]) throws {
        let compilation = try compile(csv)
        let found = compilation.diagnostics.map { "\($0.code.rawValue) \($0.primary?.span.place ?? "-")" }
        #expect(found == expected)
        #expect((compilation.program.tables["accounts"] == nil) == compilation.diagnostics.hasErrors)
    }

    @Test(
        arguments: [
            ("c,d\n1,\n2,\n3,\n", 3, []), ("c,d\n1,\n2,\n3,\n4,\n", nil, ["'a.csv' has more than the 3 rows allowed"]),
            ("c,d,e\n", nil, ["a table of 3 columns, more than the 2 allowed"]),
            (
                "c\n1,\n2,\n3,\n4,\n", nil,
                [String](repeating: "a row of 2 cells in a table of 1 column", count: 2)
                    + ["2 more problems in 'a.csv'"]
            ),
        ] as [(String, Int?, [String])]
    )
    func `rows, columns and shown problems have limits`(csv: String, rows: Int?, expected: [String]) {
        let nowhere = Span(SourceFile(path: "rules.yml", text: ""), 0..<0)
        let source = TableSource(
            name: "a",
            path: "a.csv",
            subject: .name(.tag),
            keyColumn: "c",
            keySpan: nowhere,
            fileSpan: nowhere,
            countryCode: nil,
            files: NamedFiles(),
            limits: TableReader.Limits(rowsMax: 3, columnsMax: 2, problemsMax: 2)
        )
        let (table, diagnostics) = TableReader(source, file: SourceFile(path: "a.csv", text: csv)).read()
        #expect(table?.rowCount == rows)
        #expect(diagnostics.map(\.message) == expected)
    }

    @Test func `problems beyond the first ten are counted`() throws {
        let rows = (0..<1_000).map { "\($0)\n" }
        let messages = try compile("phone,m\n" + rows.joined()).diagnostics.map(\.message)
        #expect(messages.count == 11)
        #expect(messages.last == "990 more problems in 'accounts.csv'")
    }
}
