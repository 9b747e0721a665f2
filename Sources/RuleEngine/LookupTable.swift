import Directory
public import Events

/// A table that rules look values up in: one row for each key, such as the account manager of each customer.
///
/// A value like any other; reading files is for others. A hundred thousand rows are expected, so the cells lie one behind the
/// other in one array and become text when asked for: no cell is an object of its own.
///
/// ```swift
/// let manager = accounts.value(column: "manager", for: event)
/// ```
public struct LookupTable: Hashable, Sendable {
    /// What of an event is looked up among the keys.
    public enum Subject: Hashable, Sendable {
        /// A name of the events table.
        case name(EventName)
        /// What the original holds at a path.
        case field(FieldPath)
    }

    /// The name in rule files.
    public let name: String

    /// What of an event is looked up.
    public let subject: Subject

    /// The columns in the order of the file; one without a name is empty and cannot be asked for.
    public let columns: [String]

    private let positions: [String: Int]
    private var rows: [ExactText: Int] = [:]
    private var cells: [UInt8] = []
    private var ends: [UInt32] = []

    /// Creates a table without rows.
    ///
    /// - Parameters:
    ///   - name: The name in rule files.
    ///   - subject: What of an event is looked up.
    ///   - columns: The names of the columns.
    ///   - cellBytes: Room for so many bytes in all cells together, where that is known.
    package init(name: String, by subject: Subject, columns: [String], cellBytes: Int = 0) {
        self.name = name
        self.subject = subject
        self.columns = columns
        let named = columns.enumerated().filter { !$0.element.isEmpty }
        positions = Dictionary(named.map { ($0.element, $0.offset) }) { first, _ in first }
        cells.reserveCapacity(cellBytes)
    }

    /// The number of rows that can be found.
    public var rowCount: Int { rows.count }

    /// What stands in a column for an event.
    ///
    /// - Returns: `nil` where the event has nothing to look up, no row has that key, the cell is empty or holds only white
    ///   space, or there is no such column.
    public func value(column: String, for event: Event) -> String? {
        guard let position = positions[column], let row = row(for: event) else { return nil }
        let index = row * columns.count + position
        let cell = cells[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
        let text = String(decoding: cell, as: UTF8.self)
        return text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? nil : text
    }

    /// Whether a row belongs to an event.
    public func hasRow(for event: Event) -> Bool { row(for: event) != nil }

    private func row(for event: Event) -> Int? {
        subject.text(in: event).flatMap { subject.key($0) }.flatMap { rows[ExactText($0)] }
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - key: The key as ``Subject/key(_:)`` returns it.
    ///   - cells: The bytes of all cells, one behind the other, well-formed UTF-8.
    ///   - ends: Where each cell ends among them; one for each column.
    /// - Returns: The number, from 0, of the row that has this key already; then nothing was added.
    package mutating func append(key: String, cells: [UInt8], ends: [Int]) -> Int? {
        precondition(ends.count == columns.count, "a row has a cell for each column")
        precondition(self.cells.count + cells.count <= UInt32.max, "a table has fewer bytes than its file may have")
        let key = ExactText(key)
        if let first = rows[key] { return first }
        rows[key] = rows.count
        let start = self.cells.count
        self.cells += cells
        for end in ends { self.ends.append(UInt32(start + end)) }
        return nil
    }
}

extension LookupTable.Subject {
    /// Whether keys are phone numbers, which compare by their digits however they are written.
    package var isPhone: Bool {
        guard case .name(let name) = self else { return false }
        return name.isPhone
    }

    /// A key or a value of an event in the form in which both are compared; `nil` for what nothing can equal.
    package func key(_ text: String) -> String? {
        guard isPhone else { return text.isEmpty ? nil : text }
        return PhoneNumber.comparableDigits(of: text)
    }

    /// What an event has to look up: text, or a whole number as text.
    fileprivate func text(in event: Event) -> String? {
        switch self {
        case .name(let name): name.value(in: event)
        case .field(let path):
            switch path.first(in: event.fields).flatMap({ JSONScalar($0) }) {
            case .string(let text): text
            case .integer(let number): String(number)
            case .number, .boolean, .list, .object, nil: nil
            }
        }
    }
}
