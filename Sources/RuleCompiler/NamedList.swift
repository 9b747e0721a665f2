import Diagnostics
import RuleSyntax

/// A list of the top-level key `lists`, written inline or in a file of its own.
///
/// Entries are made when asked for: those of a file share its text, so that a hundred thousand of them cost eight bytes each
/// besides the file.
struct NamedList: Sendable {
    /// One entry.
    struct Entry: Sendable {
        /// The text as written.
        var text: String

        /// What it means: by the core schema where it stands in YAML, text where it stands in a file.
        var value: CoreSchemaValue

        /// Where it stands.
        var span: Span
    }

    /// The name in rule files.
    let name: String

    /// Where the list is named.
    let nameSpan: Span

    private let entries: Entries

    private enum Entries: Sendable {
        case inline([YAMLNode])
        case lines([LineRange], SourceFile)
    }

    /// The bytes of a line; a file has no more than ``NamedList/fileBytesMax``.
    private struct LineRange: Sendable {
        let start: UInt32
        let end: UInt32
    }

    /// A larger file is refused.
    static let fileBytesMax = 16 << 20

    /// A file with more entries is refused.
    static let entriesMax = 500_000

    /// A longer entry of a file is refused: it is no word, number or phrase.
    static let entryBytesMax = 4096

    /// Creates a list of scalars.
    init(name: String, at span: Span, nodes: [YAMLNode]) {
        self.name = name
        nameSpan = span
        entries = .inline(nodes.filter { $0.scalar != nil })
    }

    /// Creates a list of lines, without the white space around them and without the blank ones.
    ///
    /// - Complexity: O(n) in the size of the file.
    init(name: String, at span: Span, linesOf file: SourceFile) {
        self.name = name
        nameSpan = span
        var lines: [LineRange] = []
        var start = file.textStart
        while start < file.bytes.count {
            let end = file.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
            let text = file.trimmed(start..<end)
            if !text.isEmpty {
                lines.append(LineRange(start: UInt32(text.lowerBound), end: UInt32(text.upperBound)))
            }
            start = end + 1
        }
        entries = .lines(lines, file)
    }
}

extension NamedList: RandomAccessCollection {
    /// The position of the first entry.
    var startIndex: Int { 0 }

    /// The position behind the last entry.
    var endIndex: Int {
        switch entries {
        case .inline(let nodes): nodes.count
        case .lines(let lines, _): lines.count
        }
    }

    /// The entry at a position.
    subscript(position: Int) -> Entry {
        switch entries {
        case .inline(let nodes):
            let node = nodes[position]
            let scalar = node.scalar
            return Entry(text: scalar?.text ?? "", value: scalar?.value ?? .null, span: node.span)
        case .lines(let lines, let file):
            let range = Int(lines[position].start)..<Int(lines[position].end)
            let text = file.text(range)
            return Entry(text: text, value: .string(text), span: Span(file, range))
        }
    }
}

extension SourceFile {
    /// A range without the white space at its ends, that of Unicode included.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        let isASCII = bytes[range].allSatisfy { $0 < 0x80 }
        guard !isASCII else {
            let start = bytes[range].firstIndex { !$0.isASCIISpace } ?? range.upperBound
            let last = bytes[start..<range.upperBound].lastIndex { !$0.isASCIISpace }
            return start..<(last.map { $0 + 1 } ?? start)
        }
        let scalars = text(range).unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return range.upperBound..<range.upperBound }
        let before = scalars[..<first].reduce(0) { $0 + UTF8.width($1) }
        let behind = scalars[scalars.index(after: last)...].reduce(0) { $0 + UTF8.width($1) }
        return range.lowerBound + before..<range.upperBound - behind
    }
}

extension UInt8 {
    fileprivate var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
