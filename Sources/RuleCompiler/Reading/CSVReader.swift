import Diagnostics

/// Reads comma-separated values as RFC 4180 defines them, strictly.
///
/// A cell in double quotes may hold commas, line breaks, and double quotes written twice. Lines end with LF or CRLF; the last
/// one need not end. Lines without anything but white space are skipped. Whatever a lenient reader would guess at (a quote
/// in the middle of a cell, text behind a closing quote) is a problem, since a guess puts values into the wrong rows.
///
/// ```swift
/// var reader = CSVReader(file)
/// while let record = try reader.next() { print(record.cell(0)) }
/// ```
struct CSVReader {
    /// The cells of one row.
    struct Record {
        /// The bytes of all cells, one behind the other, quotes resolved.
        fileprivate(set) var text: [UInt8] = []

        /// Where each cell ends in ``text``.
        fileprivate(set) var ends: [Int] = []

        /// Where each cell stands in the file, its quotes included.
        fileprivate(set) var places: [Range<Int>] = []

        /// The number of cells.
        var count: Int { ends.count }

        /// The text of a cell.
        func cell(_ index: Int) -> String {
            String(decoding: text[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
        }

        /// The row from its first to its last cell.
        var place: Range<Int> {
            (places.first?.lowerBound ?? 0)..<(places.last?.upperBound ?? 0)
        }
    }

    /// A longer cell is refused; no spreadsheet can hold one.
    static let cellBytesMax = 32 << 10

    private let bytes: [UInt8]
    private var offset: Int
    private var record = Record()

    /// Creates a reader.
    ///
    /// - Precondition: The file is UTF-8.
    init(_ file: SourceFile) {
        bytes = file.bytes
        offset = file.textStart
    }

    /// The next row that is not blank; `nil` at the end.
    ///
    /// Nothing can be read behind a problem.
    mutating func next() throws(CSVProblem) -> Record? {
        while offset < bytes.count {
            if skipBlankLine() { continue }
            record.text.removeAll(keepingCapacity: true)
            record.ends.removeAll(keepingCapacity: true)
            record.places.removeAll(keepingCapacity: true)
            repeat { try readCell() } while takeComma()
            try takeLineEnd()
            return record
        }
        return nil
    }

    private mutating func skipBlankLine() -> Bool {
        var end = offset
        while end < bytes.count, bytes[end] == .space || bytes[end] == .tab || bytes[end] == .carriageReturn {
            end += 1
        }
        guard end == bytes.count || bytes[end] == .lineFeed else { return false }
        offset = min(end + 1, bytes.count)
        return true
    }

    private mutating func readCell() throws(CSVProblem) {
        let start = offset
        let textStart = record.text.count
        if offset < bytes.count, bytes[offset] == .quote { try readQuoted() } else { try readPlain() }
        guard record.text.count - textStart <= Self.cellBytesMax else {
            throw CSVProblem(reason: .cellTooLong, place: start..<offset)
        }
        record.ends.append(record.text.count)
        record.places.append(start..<offset)
    }

    private mutating func readPlain() throws(CSVProblem) {
        let start = offset
        scan: while offset < bytes.count {
            switch bytes[offset] {
            case .comma, .lineFeed, .carriageReturn: break scan
            case .quote: throw CSVProblem(reason: .quoteInside, place: offset..<offset + 1)
            default: offset += 1
            }
        }
        record.text += bytes[start..<offset]
    }

    private mutating func readQuoted() throws(CSVProblem) {
        let start = offset
        offset += 1
        while true {
            let run = offset
            while offset < bytes.count, bytes[offset] != .quote { offset += 1 }
            guard offset < bytes.count else { throw CSVProblem(reason: .unclosedQuote, place: start..<start + 1) }
            record.text += bytes[run..<offset]
            offset += 1
            guard offset < bytes.count, bytes[offset] == .quote else { break }
            record.text.append(.quote)
            offset += 1
        }
        guard offset < bytes.count else { return }
        switch bytes[offset] {
        case .comma, .lineFeed, .carriageReturn: return
        default: throw CSVProblem(reason: .textBehindQuote, place: start..<offset)
        }
    }

    private mutating func takeComma() -> Bool {
        guard offset < bytes.count, bytes[offset] == .comma else { return false }
        offset += 1
        return true
    }

    private mutating func takeLineEnd() throws(CSVProblem) {
        guard offset < bytes.count else { return }
        if bytes[offset] == .carriageReturn {
            guard offset + 1 == bytes.count || bytes[offset + 1] == .lineFeed else {
                throw CSVProblem(reason: .loneCarriageReturn, place: offset..<offset + 1)
            }
            offset += 1
        }
        offset = min(offset + 1, bytes.count)
    }
}

/// Why a file cannot be read as comma-separated values.
struct CSVProblem: Error, Equatable {
    /// What is wrong.
    enum Reason {
        /// A quote in a cell that does not begin with one.
        case quoteInside
        /// Something between a closing quote and the next comma.
        case textBehindQuote
        /// The file ends inside a quoted cell.
        case unclosedQuote
        /// A carriage return that is followed by no line feed.
        case loneCarriageReturn
        /// A cell longer than ``CSVReader/cellBytesMax``.
        case cellTooLong
    }

    /// What is wrong.
    var reason: Reason

    /// Where it stands in the file.
    var place: Range<Int>
}

extension UInt8 {
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let tab = UInt8(ascii: "\t")
}
