import Diagnostics

/// A table for people: columns as wide as what stands in them, within bounds.
struct TextTable {
    /// One column.
    struct Column {
        /// What stands above it.
        var title: String
        /// How wide it may be; longer texts are cut off.
        var widthMax: Int
        /// Whether it stands to the right, as numbers do.
        var isRight = false
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// How wide a table may be.
    static let widthMax = 100

    init(_ columns: [Column]) {
        let width = columns.reduce(2 * (columns.count - 1)) { $0 + $1.widthMax }
        precondition(width <= Self.widthMax, "a table of \(width) characters")
        self.columns = columns
    }

    /// Adds a row; what comes from outside is made visible.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
        rows.append(zip(cells, columns).map { TerminalText.visible($0).cut(toWidth: $1.widthMax) })
    }

    /// The lines of the table, the titles first.
    var lines: [String] {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return all.map { cells in
            let line = columns.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(cells[column]))
                return columns[column].isRight ? padding + cells[column] : cells[column] + padding
            }.joined(separator: "  ")
            return line.withoutTrailingSpaces
        }
    }
}

extension String {
    /// The text up to so many columns of a terminal; what is cut off is shown by "…".
    func cut(toWidth widthMax: Int) -> String {
        guard DisplayWidth.of(self) > widthMax else { return self }
        var width = 1
        let head = prefix { character in
            width += DisplayWidth.of(String(character))
            return width <= widthMax
        }
        return head + "…"
    }

    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
