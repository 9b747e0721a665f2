import Diagnostics
import SeededRandom
import Testing

@testable import RuleCompiler

/// Comma-separated values against RFC 4180.
struct CSVReaderTests {
    private func rows(_ text: String) throws -> [[String]] {
        var reader = CSVReader(SourceFile(path: "t.csv", text: text))
        var rows: [[String]] = []
        while let record = try reader.next() { rows.append((0..<record.count).map { record.cell($0) }) }
        return rows
    }

    @Test(
        arguments: [
            ("", []),
            ("a", [["a"]]),
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d\r", [["a", "b"], ["c", "d"]]),
            ("\u{FEFF}a,b", [["a", "b"]]),
            ("\u{FEFF}\"a\",b", [["a", "b"]]),
            ("a,,\n,,c\n,", [["a", "", ""], ["", "", "c"], ["", ""]]),
            ("a,", [["a", ""]]),
            (" a , b ", [[" a ", " b "]]),
            ("\n\r\n \t\na\n\n", [["a"]]),
            ("\"\"", [[""]]),
            ("\" \"\n\"\"\n", [[" "], [""]]),
            ("\"a,b\",c", [["a,b", "c"]]),
            ("\"a\nb\r\nc\",d", [["a\nb\r\nc", "d"]]),
            ("\"say \"\"hi\"\"\",\"\"\"\"", [["say \"hi\"", "\""]]),
            ("\"\n\n\",a\n", [["\n\n", "a"]]),
            ("पैसे,🙏\nß,\u{0}", [["पैसे", "🙏"], ["ß", "\u{0}"]]),
            ("a;b|c'd\\n", [["a;b|c'd\\n"]]),
        ] as [(String, [[String]])]
    )
    func `cells are read as the standard defines them`(text: String, expected: [[String]]) throws {
        #expect(try rows(text) == expected)
    }

    @Test(
        arguments: [
            ("a,«\"»b", .unclosedQuote), ("a\n«\"»b,c\nd", .unclosedQuote), ("«\"»a\"\"", .unclosedQuote),
            ("«\"a\"»b", .textBehindQuote), ("«\"a\"» ,b", .textBehindQuote), ("x,«\"\"»\u{E9}", .textBehindQuote),
            ("a«\"»b\"", .quoteInside), (" «\"»a\"", .quoteInside), ("5«\"», 6", .quoteInside),
            ("a«\r»b", .loneCarriageReturn), ("\"a\"«\r»,b", .loneCarriageReturn), ("«\r»a", .loneCarriageReturn),
        ] as [(String, CSVProblem.Reason)]
    )
    func `nothing is guessed at`(marked: String, reason: CSVProblem.Reason) throws {
        let before =
            marked.utf8.firstRange(of: "«".utf8).map {
                marked.utf8.distance(from: marked.utf8.startIndex, to: $0.lowerBound)
            } ?? 0
        let inside = marked.split(separator: "«", omittingEmptySubsequences: false)[1].split(separator: "»")[0]
        let text = marked.replacing("«", with: "").replacing("»", with: "")
        #expect(throws: CSVProblem(reason: reason, place: before..<before + inside.utf8.count)) { try rows(text) }
    }

    @Test func `a cell may be as long as the limit and no longer`() throws {
        let whole = String(repeating: "x", count: CSVReader.cellBytesMax)
        #expect(try rows("\(whole),\"\(whole)\"") == [[whole, whole]])
        let place = 2..<2 + whole.utf8.count + 1
        #expect(throws: CSVProblem(reason: .cellTooLong, place: place)) { try rows("a,\(whole)y") }
    }

    @Test func `what is written by the standard is read back as it was`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let count = Int.random(in: 1...5, using: &generator)
            let written = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                (0..<count).map { _ in generator.text(from: Self.alphabet, countMax: 6) }
            }
            var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
            for (number, row) in written.enumerated() {
                text += row.map { Self.written($0, isAlone: count == 1, &generator) }.joined(separator: ",")
                let isLast = number == written.count - 1
                if !isLast || Bool.random(using: &generator) {
                    text += ["\n", "\r\n"].randomElement(using: &generator) ?? ""
                }
                if !isLast, Bool.random(using: &generator) {
                    text += [" \n", "\r\n"].randomElement(using: &generator) ?? ""
                }
            }
            let read = try rows(text)
            #expect(bytes(read) == bytes(written), "seed \(seed): \(text.debugDescription)")
            guard bytes(read) == bytes(written) else { return }
        }
    }

    @Test func `no bytes crash it, and every problem has its place in the file`() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let text = generator.text(from: Self.alphabet, countMax: 24)
            var reader = CSVReader(SourceFile(path: "t.csv", text: text))
            do throws(CSVProblem) {
                while let record = try reader.next() {
                    #expect(record.place.upperBound <= text.utf8.count, "seed \(seed)")
                }
            } catch {
                let isInside = error.place.upperBound <= text.utf8.count && !error.place.isEmpty
                #expect(isInside, "seed \(seed): \(text.debugDescription)")
            }
        }
    }

    private static let alphabet = [
        "a", "b", "7", " ", "\t", ",", ";", "\"", "\"\"", "\n", "\r\n", "\r", "é", "e\u{301}", "पै", "🙏", "\u{0}", "'",
    ]

    /// The cell as the standard writes it: in quotes where it must be, and sometimes where it need not.
    private static func written(_ cell: String, isAlone: Bool, _ generator: inout SeededGenerator) -> String {
        let needsQuotes = cell.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        // A line with nothing in it but white space would be no row.
        let isBlank = isAlone && cell.allSatisfy { $0 == " " || $0 == "\t" }
        guard needsQuotes || isBlank || Bool.random(using: &generator) else { return cell }
        return "\"" + String(cell.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }.map(Character.init)) + "\""
    }

    /// Swift's `==` would take two spellings of one accent for the same.
    private func bytes(_ rows: [[String]]) -> [[[UInt8]]] {
        rows.map { $0.map { Array($0.utf8) } }
    }
}
