import Diagnostics

/// What can be wrong with the file of a table.
extension Diagnostic {
    static func emptyTableFile(_ source: TableSource) -> Diagnostic {
        Diagnostic(
            .unusableFile,
            message: "'\(source.path)' is empty",
            primary: Label("named here", at: source.fileSpan),
            help: "its first line names the columns: '\(source.keyColumn),manager'"
        )
    }

    static func malformed(_ problem: CSVProblem, in file: SourceFile, of source: TableSource) -> Diagnostic {
        let (message, label, help) = problem.words
        return Diagnostic(
            problem.reason == .cellTooLong ? .tooLarge : .unusableFile,
            message: "\(message) in '\(source.path)'",
            primary: Label(label, at: Span(file, problem.place)),
            help: help
        )
    }

    static func otherSeparator(_ name: String, at span: Span, of source: TableSource) -> Diagnostic {
        Diagnostic(
            .unusableFile,
            message: "'\(source.path)' separates its cells by \(name), not by commas",
            primary: Label("read as one single column", at: span),
            help: "save it as CSV with commas; put cells that hold a comma in double quotes"
        )
    }

    static func tooManyColumns(_ count: Int, at span: Span, of source: TableSource) -> Diagnostic {
        Diagnostic(
            .tooLarge,
            message: "a table of \(count) columns, more than the \(source.limits.columnsMax) allowed",
            primary: Label("the names of the columns", at: span)
        )
    }

    static func tooManyRows(_ source: TableSource) -> Diagnostic {
        Diagnostic(
            .tooLarge,
            message: "'\(source.path)' has more than the \(source.limits.rowsMax) rows allowed",
            primary: Label("named here", at: source.fileSpan)
        )
    }

    static func duplicateColumn(_ name: String, first: Span, second: Span) -> Diagnostic {
        Diagnostic(
            .duplicateID,
            message: "two columns are named '\(name)'",
            primary: Label("second time", at: second),
            context: [Label("first time", at: first)],
            help: "give one of them another name"
        )
    }

    static func unknownKeyColumn(_ source: TableSource, header: Span, known: [String]) -> Diagnostic {
        let list = known.count <= 8 && !known.isEmpty ? "known: \(known.joined(separator: ", "))" : nil
        return Diagnostic(
            .unknownName,
            message: "'\(source.path)' has no column '\(source.keyColumn)'",
            primary: Label("no column has this name", at: source.keySpan),
            context: [Label("the columns are named here", at: header)],
            help: Spelling.suggestion(for: source.keyColumn, among: known) ?? list
        )
    }

    static func otherNumberOfCells(
        _ record: CSVReader.Record,
        columns: Int,
        in file: SourceFile
    ) -> Diagnostic {
        let cells = "\(record.count) cell\(record.count == 1 ? "" : "s")"
        return Diagnostic(
            .unusableFile,
            message: "a row of \(cells) in a table of \(columns) column\(columns == 1 ? "" : "s")",
            primary: Label(record.count > columns ? "too many" : "too few", at: Span(file, record.place)),
            help: record.count > columns
                ? "put a cell that holds a comma in double quotes" : "write a comma for an empty cell, too"
        )
    }

    static func duplicateRow(_ key: String, first: Span, second: Span) -> Diagnostic {
        Diagnostic(
            .duplicateID,
            message: "'\(key)' has two rows",
            primary: Label("second time", at: second),
            context: [Label("first time", at: first)],
            help: "keep one of them"
        )
    }

    static func moreProblems(_ count: Int, of source: TableSource) -> Diagnostic {
        Diagnostic(
            .unusableFile,
            message: "\(count) more problem\(count == 1 ? "" : "s") in '\(source.path)'",
            primary: Label("named here", at: source.fileSpan)
        )
    }

    static func tableWithoutRows(_ source: TableSource) -> Diagnostic {
        Diagnostic(
            .emptyValue,
            severity: .warning,
            message: "'\(source.path)' has no rows",
            primary: Label("nothing is ever found in it", at: source.fileSpan)
        )
    }

    static func rowsWithoutKey(_ count: Int, first: Span, of source: TableSource) -> Diagnostic {
        Diagnostic(
            .emptyValue,
            severity: .warning,
            message: count == 1
                ? "a row with nothing in column '\(source.keyColumn)'"
                : "\(count) rows with nothing in column '\(source.keyColumn)'",
            primary: Label(count == 1 ? "never found" : "never found; this is the first of them", at: first)
        )
    }
}

extension CSVProblem {
    /// What is wrong, what its place is, and what to do.
    fileprivate var words: (message: String, label: String, help: String) {
        switch reason {
        case .quoteInside:
            (
                "a double quote inside a cell", "the cell does not begin with one",
                "put the whole cell in double quotes, and write each quote in it twice: \"5\"\" pipe\""
            )
        case .textBehindQuote:
            (
                "text behind a closing double quote", "the quoted text ends here",
                "write a double quote inside a quoted cell twice: \"5\"\" pipe\""
            )
        case .unclosedQuote:
            (
                "a double quote that is never closed", "opened here",
                "close it; a double quote inside a quoted cell is written twice"
            )
        case .loneCarriageReturn:
            (
                "a carriage return without a line feed", "neither a line break nor text",
                "end lines with LF or CRLF, or put the cell in double quotes"
            )
        case .cellTooLong:
            (
                "a cell of more than \(CSVReader.cellBytesMax) bytes", "begins here",
                "look for a double quote that is closed too late"
            )
        }
    }
}
