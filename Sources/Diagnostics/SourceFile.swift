/// The text of one rule file, with what is needed to speak about places in it.
///
/// A reference type, so that the many spans of a file share one copy of its text; two files are equal when they are the
/// same object.
public final class SourceFile: Sendable {
    /// The path as the user named it.
    public let path: String

    /// The whole text as UTF-8.
    public let bytes: [UInt8]

    /// Where the text begins: behind a byte order mark, as Windows' own editor puts one in front of a file.
    package let textStart: Int

    private let lineStarts: [Int]

    private let milestones: CharacterMilestones

    /// Creates a file and finds its lines, which end at line feeds.
    ///
    /// - Complexity: O(n) in the size of the file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var starts = [textStart]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
        milestones = CharacterMilestones(bytes: bytes, lineStarts: starts)
    }

    /// Creates a file from text.
    public convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The number of lines, of which the last may be empty.
    var lineCount: Int { lineStarts.count }

    /// The 1-based number of the line that holds a byte offset.
    ///
    /// - Complexity: O(log n) in the number of lines.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line, without its line break.
    ///
    /// - Precondition: `line` is the number of a line of this file.
    public func range(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// The text between two byte offsets, with U+FFFD for what is not UTF-8.
    public func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
    }

    /// The 1-based line and column of a byte offset; columns count characters as people see them.
    public func position(at offset: Int) -> SourcePosition {
        let bounded = min(max(offset, 0), bytes.count)
        let line = line(at: bounded)
        let start = range(ofLine: line).lowerBound
        let end = max(start, bounded)
        let passed = milestones.last(in: start...end)
        return SourcePosition(line: line, column: passed.characters + text(passed.offset..<end).count + 1)
    }
}

extension SourceFile: Hashable {
    /// Whether both are the same object.
    public static func == (one: SourceFile, other: SourceFile) -> Bool {
        one === other
    }

    /// Hashes the object's identity.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}

/// A place in a file as people name it.
public struct SourcePosition: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The character in the line, from 1.
    public var column: Int
}

/// A stretch of a file in UTF-8 bytes.
public struct Span: Hashable, Sendable {
    /// The file.
    public let file: SourceFile

    /// The bytes.
    public let bytes: Range<Int>

    /// Creates a span.
    public init(_ file: SourceFile, _ bytes: Range<Int>) {
        self.file = file
        self.bytes = bytes
    }

    /// Where the span begins.
    public var start: SourcePosition { file.position(at: bytes.lowerBound) }

    /// The text of the span.
    public var text: String { file.text(bytes) }

    /// The line on which the span begins.
    ///
    /// - Complexity: O(log n) in the number of lines of the file.
    public var line: Int { file.line(at: bytes.lowerBound) }

    /// `path:line`, as tools print places.
    public var place: String { "\(file.path):\(line)" }
}
