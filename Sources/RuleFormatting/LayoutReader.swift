import Diagnostics
import RuleSyntax

/// Reads the layout of a file from its text and its tree.
struct LayoutReader {
    private let bytes: [UInt8]
    private var trivia: TriviaReader

    /// Reads a layout.
    ///
    /// - Throws: Where something stands between the values that has no place in the standard form, such as a key of several
    ///   lines.
    static func read(_ bytes: [UInt8], root: YAMLNode?) throws(TriviaReader.Unexpected) -> Layout {
        var reader = LayoutReader(bytes: bytes, trivia: TriviaReader(bytes))
        var layout = Layout()
        if let root, !root.span.bytes.isEmpty {
            layout.head = try reader.trivia.trivia(to: .offset(root.span.bytes.lowerBound))
            try reader.readValue(root, into: &layout.root, ownerColumn: -2)
        }
        layout.tail = try reader.trivia.trivia(to: .end)
        return layout
    }

    private mutating func block(
        _ node: YAMLNode,
        at start: Int,
        ownerColumn: Int
    ) throws(TriviaReader.Unexpected) -> Block {
        var block = Block(column: bytes.column(of: start), entries: [], tail: [])
        switch node.content {
        case .mapping(let entries):
            for entry in entries { block.entries.append(try self.entry(entry, column: block.column)) }
        case .sequence(let nodes):
            for node in nodes {
                var entry = Entry()
                entry.leading = try trivia.trivia(to: .indicator(UInt8(ascii: "-")))
                try readValue(node, into: &entry, ownerColumn: block.column)
                block.entries.append(entry)
            }
        case .scalar: throw TriviaReader.Unexpected(offset: start)
        }
        block.tail = trivia.tail(column: block.column, sharedWithKey: block.column == ownerColumn)
        return block
    }

    private mutating func entry(_ entry: YAMLEntry, column: Int) throws(TriviaReader.Unexpected) -> Entry {
        let key = entry.keySpan.bytes
        var result = Entry(key: key, name: entry.key)
        result.leading = try trivia.trivia(to: .offset(key.lowerBound))
        guard !bytes[key].contains(.lineFeed) else { throw TriviaReader.Unexpected(offset: key.lowerBound) }
        trivia.cursor = key.upperBound
        // Only behind `?` can anything but blanks stand before the colon.
        result.leading += try trivia.trivia(to: .indicator(UInt8(ascii: ":"))).filter { $0 != .blank }
        try readValue(entry.value, into: &result, ownerColumn: column)
        return result
    }

    private mutating func readValue(
        _ node: YAMLNode,
        into entry: inout Entry,
        ownerColumn: Int
    ) throws(TriviaReader.Unexpected) {
        entry.node = node
        let span = node.span.bytes
        guard !span.isEmpty else {
            readEnd(ofEmpty: &entry, ownerColumn: ownerColumn)
            return
        }
        var isBelowKey = try readComments(upTo: span.lowerBound, into: &entry)
        if node.hasAnchor(in: bytes) {
            let end = bytes.anchorEnd(from: span.lowerBound)
            entry.anchor = span.lowerBound..<end
            trivia.cursor = end
            guard end < span.upperBound else {
                readEnd(ofEmpty: &entry, ownerColumn: ownerColumn)
                return
            }
            isBelowKey = try readComments(upTo: trivia.nextToken(), into: &entry)
        }
        let start = trivia.cursor
        if node.isBlockCollection(in: bytes, at: start) {
            var block = try block(node, at: start, ownerColumn: ownerColumn)
            block.entries[0].leading.insert(contentsOf: entry.between, at: 0)
            entry.between = []
            entry.value = .block(block)
            return
        }
        let hasComments = entry.lineComment != nil || !entry.between.isEmpty
        let leaf = Leaf(
            range: start..<span.upperBound,
            form: form(of: node, at: start, ownerColumn: ownerColumn),
            column: bytes.column(of: start),
            ownerColumn: ownerColumn,
            isBelowKey: isBelowKey || hasComments
        )
        entry.value = .leaf(leaf)
        if case .lines(let scalar) = leaf.form {
            trivia.cursor = scalar.content.upperBound
        } else {
            trivia.cursor = span.upperBound
            entry.trailing = trivia.lineComment()
        }
    }

    /// Reads the comments of an entry without a value: its values may have been commented out.
    private mutating func readEnd(ofEmpty entry: inout Entry, ownerColumn: Int) {
        if entry.lineComment == nil { entry.lineComment = trivia.lineComment() }
        entry.between +=
            entry.key == nil
            ? trivia.tail(column: ownerColumn + 1) : trivia.tail(column: ownerColumn, sharedWithKey: true)
    }

    /// Reads the comments before a value and says whether it begins on a line further down.
    private mutating func readComments(
        upTo end: Int,
        into entry: inout Entry
    ) throws(TriviaReader.Unexpected) -> Bool {
        let start = trivia.cursor
        let comment = trivia.lineComment()
        if entry.lineComment == nil {
            entry.lineComment = comment
        } else if let comment {
            entry.between.append(.comment(comment))
        }
        entry.between += try trivia.trivia(to: .offset(end))
        return (start..<end).contains { bytes.breakLength(at: $0) > 0 }
    }

    private func form(of node: YAMLNode, at start: Int, ownerColumn: Int) -> Leaf.Form {
        guard !node.isAlias(in: bytes) else { return .text(.plain) }
        guard let scalar = node.scalar else { return .flow(node) }
        guard scalar.style == .literal || scalar.style == .folded else { return .text(scalar.style) }
        return .lines(BlockScalar(bytes, start..<node.span.bytes.upperBound, ownerColumn: max(ownerColumn, 0)))
    }
}

extension BlockScalar {
    /// Reads the header of a block scalar and finds its text.
    fileprivate init(_ bytes: [UInt8], _ range: Range<Int>, ownerColumn: Int) {
        let headerLineEnd = min(bytes.lineEnd(from: range.lowerBound), range.upperBound)
        let headerLine = range.lowerBound..<headerLineEnd
        let hash = bytes[headerLine].firstIndex(of: .hash)
        header = bytes.trimmed(range.lowerBound..<(hash ?? headerLineEnd))
        comment = hash.map { bytes.trimmed($0..<headerLineEnd) }
        stated = bytes[header].first { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
            .map { Int($0 - UInt8(ascii: "0")) }
        keepsBlankLines = bytes[header].contains(UInt8(ascii: "+"))
        let start =
            headerLineEnd < range.upperBound ? headerLineEnd + bytes.breakLength(at: headerLineEnd) : headerLineEnd
        var lines = bytes.lines(in: start..<range.upperBound)
        let first = lines.first { line in !bytes[line.text].allSatisfy { $0 == .space } }
        let indentation = stated.map { ownerColumn + $0 } ?? first.map { bytes.indentation(of: $0.text) } ?? .max
        self.indentation = indentation
        // A last line of nothing but indentation, with no line feed behind it, is no line.
        while let last = lines.last, !keepsBlankLines || last.terminator.isEmpty {
            guard bytes.text(of: last, behind: indentation).isEmpty else { break }
            lines.removeLast()
        }
        content = start..<(lines.last?.end ?? start)
        endsWithoutLineFeed = lines.last?.terminator.isEmpty ?? false
    }
}

extension YAMLNode {
    /// Whether the value itself is marked with an anchor, and not the first key in it.
    fileprivate func hasAnchor(in bytes: [UInt8]) -> Bool {
        let start = span.bytes.lowerBound
        return bytes[start] == UInt8(ascii: "&") && mapping?.first?.keySpan.bytes.lowerBound != start
    }

    /// Whether the value is a mapping or list in block style.
    fileprivate func isBlockCollection(in bytes: [UInt8], at start: Int) -> Bool {
        scalar == nil && !isAlias(in: bytes) && bytes[start] != UInt8(ascii: "{") && bytes[start] != UInt8(ascii: "[")
    }

    /// Whether the value stands elsewhere, and here only its name.
    func isAlias(in bytes: [UInt8]) -> Bool {
        let start = span.bytes.lowerBound
        guard start < span.bytes.upperBound, bytes[start] == UInt8(ascii: "*") else { return false }
        // A mapping may begin with a key that is an alias.
        return mapping?.first?.keySpan.bytes.lowerBound != start
    }
}
