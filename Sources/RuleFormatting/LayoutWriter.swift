import RuleSyntax

/// Writes a layout in the standard form.
struct LayoutWriter {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var lineStart = 0
    private var isBlankPending = false

    /// Whether blank lines at the end of the output are part of a block scalar's text, so that none may be added.
    private var endsInScalar = false

    /// How many spaces a level is indented.
    private static let step = 2

    /// The text of a file in the standard form.
    static func write(_ layout: Layout, of bytes: [UInt8]) -> [UInt8] {
        var writer = LayoutWriter(bytes: bytes)
        writer.output.reserveCapacity(bytes.count + bytes.count / 8)
        writer.write(layout.head, column: 0)
        writer.writeRoot(layout.root)
        writer.write(layout.tail, column: 0)
        return writer.output
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func writeRoot(_ root: Entry) {
        if let anchor = root.anchor {
            startLine(0)
            output += bytes[anchor]
            endLine(comment: root.lineComment)
        }
        switch root.value {
        case .empty: return
        case .block(let block): write(block, column: 0)
        case .leaf(let leaf):
            write(root.between, column: 0)
            startLine(0)
            write(leaf, ownerColumn: -Self.step)
            endLeaf(leaf, comment: root.trailing)
        }
    }

    /// Writes a block; its first key or dash may go on with a line that a dash began.
    private mutating func write(_ block: Block, column: Int, goesOn: Bool = false) {
        for (index, entry) in block.entries.enumerated() {
            var entry = entry
            entry.raiseComments()
            if index > 0 || !goesOn {
                if index == 0 {
                    entry.leading = Array(entry.leading.drop { $0 == .blank })
                } else if block.isSpaced, !entry.leading.contains(.blank) {
                    isBlankPending = true
                }
                write(entry.leading, column: column)
                startLine(column)
            }
            write(entry, column: column)
        }
        write(block.tail, column: column)
    }

    private mutating func write(_ entry: Entry, column: Int) {
        if let key = entry.key {
            output += bytes[key]
            if bytes.endsInName(key) { output.append(.space) }
            output.append(UInt8(ascii: ":"))
        } else {
            output.append(UInt8(ascii: "-"))
        }
        if let anchor = entry.anchor {
            output.append(.space)
            output += bytes[anchor]
        }
        let inner = column + Self.step
        switch entry.value {
        case .empty:
            endLine(comment: entry.lineComment)
            write(Array(entry.between.drop { $0 == .blank }), column: inner)
        case .block(let block) where entry.key == nil && entry.anchor == nil:
            output.append(.space)
            write(block, column: inner, goesOn: true)
        case .block(let block):
            endLine(comment: entry.lineComment)
            write(block, column: inner)
        case .leaf(let leaf):
            if leaf.isBelowKey, entry.key != nil {
                endLine(comment: entry.lineComment)
                write(Array(entry.between.drop { $0 == .blank }), column: inner)
                startLine(inner)
            } else {
                output.append(.space)
            }
            write(leaf, ownerColumn: column)
            endLeaf(leaf, comment: entry.trailing)
        }
    }

    private mutating func write(_ leaf: Leaf, ownerColumn: Int) {
        let lines: LeafLines
        switch leaf.form {
        case .lines(let scalar):
            write(scalar, ownerColumn: ownerColumn)
            return
        case .text(let style): lines = LeafLines(bytes, scalar: leaf.range, style: style)
        case .flow(let node): lines = FlowLines.lines(bytes, leaf.range, node: node)
        }
        let shift = lines.shift(of: leaf, to: output.count - lineStart, ownerColumn: ownerColumn)
        for (index, line) in lines.lines.enumerated() {
            if index > 0 {
                output += lines.lines[index - 1].terminator
                if !line.text.isEmpty { output.append(spaces: line.indentation + shift) }
            }
            output += line.text
        }
    }

    private mutating func write(_ scalar: BlockScalar, ownerColumn: Int) {
        if scalar.endsWithoutLineFeed {
            // The file gets a line feed at its end; the text must not.
            output += bytes[scalar.header].filter { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
            output.append(UInt8(ascii: "-"))
        } else {
            output += bytes[scalar.header]
        }
        endLine(comment: scalar.comment)
        let indentation = scalar.stated.map { max(ownerColumn, 0) + $0 } ?? max(ownerColumn + Self.step, Self.step)
        for line in bytes.lines(in: scalar.content) {
            let text = bytes.text(of: line, behind: scalar.indentation)
            if !text.isEmpty {
                output.append(spaces: indentation)
                output += bytes[text]
            }
            output += line.terminator.isEmpty ? [.lineFeed] : bytes[line.terminator]
        }
        endsInScalar = scalar.keepsBlankLines && !scalar.endsWithoutLineFeed
    }

    private mutating func write(_ trivia: [Trivia], column: Int) {
        for element in trivia {
            switch element {
            case .blank: isBlankPending = true
            case .comment(let comment):
                startLine(column)
                output += bytes[comment]
                endLine(comment: nil)
            case .marker(let marker, let comment):
                startLine(0)
                output += bytes[marker]
                endLine(comment: comment)
            }
        }
    }

    /// Begins a line, behind the blank line that is due unless it would be doubled or stand first.
    private mutating func startLine(_ column: Int) {
        if isBlankPending, !endsInScalar, !output.isEmpty { output.append(.lineFeed) }
        isBlankPending = false
        endsInScalar = false
        lineStart = output.count
        output.append(spaces: column)
    }

    private mutating func endLine(comment: Range<Int>?) {
        if let comment {
            output.append(spaces: Self.step)
            output += bytes[comment]
        }
        output.append(.lineFeed)
    }

    /// A block scalar has ended its last line itself.
    private mutating func endLeaf(_ leaf: Leaf, comment: Range<Int>?) {
        if case .lines = leaf.form { return }
        endLine(comment: comment)
    }
}

extension Entry {
    /// Takes the comments between an item's dash and what goes on behind it up above the dash.
    fileprivate mutating func raiseComments() {
        guard key == nil else { return }
        switch value {
        case .empty: return
        case .leaf:
            leading += lineComment.map { [.comment($0)] } ?? []
            leading += between.drop { $0 == .blank }
        case .block(var block):
            guard anchor == nil else { return }
            leading += lineComment.map { [.comment($0)] } ?? []
            block.entries[0].raiseComments()
            leading += block.entries[0].leading.drop { $0 == .blank }
            block.entries[0].leading = []
            value = .block(block)
        }
        lineComment = nil
        between = []
    }
}

extension [UInt8] {
    fileprivate mutating func append(spaces count: Int) {
        append(contentsOf: repeatElement(.space, count: Swift.max(0, count)))
    }

    /// Whether a key ends in the name of an anchor or alias, which a colon must not touch.
    fileprivate func endsInName(_ key: Range<Int>) -> Bool {
        guard let first = self[key].first else { return false }
        return first == UInt8(ascii: "*")
            || first == UInt8(ascii: "&") && anchorEnd(from: key.lowerBound) == key.upperBound
    }
}
