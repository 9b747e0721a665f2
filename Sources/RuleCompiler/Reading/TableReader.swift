import Diagnostics
import Directory
import RuleEngine

/// Makes a table of a file of comma-separated values, and finds everything that is wrong with it.
struct TableReader {
    /// How far a table may go, besides the size of its file and of its cells.
    struct Limits: Sendable {
        /// A table with more rows is refused.
        var rowsMax = 500_000

        /// A table with more columns is refused.
        var columnsMax = 256

        /// More problems of one file are counted, but not shown one by one.
        var problemsMax = 10
    }

    private let source: TableSource
    private let file: SourceFile
    private var diagnostics: [Diagnostic] = []
    private var problemCount = 0
    private var rowsWithoutKey = 0
    private var firstWithoutKey: Span?

    /// Where each row begins, to show the first of two rows with one key.
    private var rowPlaces: [Range<Int>] = []

    init(_ source: TableSource, file: SourceFile) {
        self.source = source
        self.file = file
    }

    /// Reads the whole file; no table comes of one with errors.
    ///
    /// - Complexity: O(n) in the size of the file.
    consuming func read() -> (table: LookupTable?, diagnostics: [Diagnostic]) {
        var table: LookupTable?
        var reader = CSVReader(file)
        do throws(CSVProblem) {
            if let header = try reader.next() {
                if let (columns, keyPosition) = columns(header) {
                    var rows = LookupTable(
                        name: source.name,
                        by: source.subject,
                        columns: columns,
                        cellBytes: file.bytes.count
                    )
                    while let record = try reader.next() {
                        add(record, to: &rows, keyPosition: keyPosition)
                        guard rowPlaces.count <= source.limits.rowsMax else {
                            report(.tooManyRows(source))
                            break
                        }
                    }
                    table = rows
                }
            } else {
                report(.emptyTableFile(source))
            }
        } catch {
            report(.malformed(error, in: file, of: source))
        }
        noteWhatWasLeftOut(table)
        return (problemCount == 0 ? table : nil, diagnostics)
    }

    /// The names of the columns and the position of the key; reports what keeps them from being used.
    private mutating func columns(_ header: CSVReader.Record) -> (columns: [String], key: Int)? {
        let names = (0..<header.count).map { header.cell($0).trimmed }
        let places = header.places.map { Span(file, file.trimmed($0)) }
        if names.count == 1, let separator = Self.otherSeparators.first(where: { names[0].contains($0.character) }) {
            report(.otherSeparator(separator.name, at: places[0], of: source))
            return nil
        }
        guard names.count <= source.limits.columnsMax else {
            report(.tooManyColumns(names.count, at: Span(file, header.place), of: source))
            return nil
        }
        var first: [String: Int] = [:]
        for (position, name) in names.enumerated() where !name.isEmpty {
            if let place = first[name] {
                report(.duplicateColumn(name, first: places[place], second: places[position]))
            } else {
                first[name] = position
            }
        }
        guard let key = first[source.keyColumn] else {
            report(.unknownKeyColumn(source, header: Span(file, header.place), known: names.filter { !$0.isEmpty }))
            return nil
        }
        return (names, key)
    }

    /// Separators of files that are called CSV and are none: spreadsheets write `;` where the comma is the decimal sign.
    private static let otherSeparators: [(character: Character, name: String)] = [
        (";", "';'"), ("\t", "tabs"), ("|", "'|'"),
    ]

    private mutating func add(_ record: CSVReader.Record, to table: inout LookupTable, keyPosition: Int) {
        guard record.count == table.columns.count else {
            report(.otherNumberOfCells(record, columns: table.columns.count, in: file))
            return
        }
        let written = record.cell(keyPosition).trimmed
        let place = record.places[keyPosition]
        guard !written.isEmpty else {
            // A row of commas alone is what spreadsheets leave at the end of a file.
            if !record.text.isEmpty {
                rowsWithoutKey += 1
                firstWithoutKey = firstWithoutKey ?? Span(file, record.place)
            }
            return
        }
        guard let key = key(written, at: Span(file, place)) else { return }
        if let first = table.append(key: key, cells: record.text, ends: record.ends) {
            report(.duplicateRow(written, first: Span(file, rowPlaces[first]), second: Span(file, place)))
        } else {
            rowPlaces.append(place)
        }
    }

    private mutating func key(_ written: String, at span: Span) -> String? {
        if source.subject.isPhone {
            do throws(PhoneNumberProblem) {
                return try PhoneNumber(written: written, countryCode: source.countryCode).digits
            } catch {
                report(.phoneNumber(written, error, at: span))
                return nil
            }
        }
        return source.subject.key(written)
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        problemCount += 1
        if problemCount <= source.limits.problemsMax { add(diagnostic) }
    }

    /// Adds a diagnostic; one about a place in the table's file shows who names the file.
    private mutating func add(_ diagnostic: Diagnostic) {
        var diagnostic = diagnostic
        if diagnostic.primary?.span.file == file {
            diagnostic.context.append(Label("named here", at: source.fileSpan))
        }
        diagnostics.append(diagnostic)
    }

    private mutating func noteWhatWasLeftOut(_ table: LookupTable?) {
        if problemCount > source.limits.problemsMax {
            add(.moreProblems(problemCount - source.limits.problemsMax, of: source))
        }
        if problemCount == 0, table?.rowCount == 0 { add(.tableWithoutRows(source)) }
        if let firstWithoutKey {
            add(.rowsWithoutKey(rowsWithoutKey, first: firstWithoutKey, of: source))
        }
    }
}

extension String {
    /// The text without the white space at its ends.
    fileprivate var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
