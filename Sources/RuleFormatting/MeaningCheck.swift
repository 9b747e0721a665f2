import Diagnostics
import RuleSyntax

/// Whether two files say the same: the last word before a file is replaced.
enum MeaningCheck {
    /// Whether both trees hold the same values, and both texts the same comments.
    ///
    /// The keys of rules and tests may stand in another order; everything else is compared in order, and so are the
    /// comments, by their text.
    static func same(_ one: YAMLFile, _ other: YAMLFile) -> Bool {
        same(one.root, other.root, keysMayMove: [false, false, true, false])
            && CommentScan.comments(in: one).sorted(by: { $0.lexicographicallyPrecedes($1) })
                == CommentScan.comments(in: other).sorted(by: { $0.lexicographicallyPrecedes($1) })
    }

    private static func same(_ one: YAMLNode?, _ other: YAMLNode?, keysMayMove levels: ArraySlice<Bool>) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        let below = levels.dropFirst()
        switch (one.content, other.content) {
        case (.scalar(let left), .scalar(let right)):
            return left.text == right.text && (left.style == .plain) == (right.style == .plain)
        case (.sequence(let left), .sequence(let right)):
            return left.count == right.count
                && zip(left, right).allSatisfy { same($0, $1, keysMayMove: below) }
        case (.mapping(let left), .mapping(let right)):
            guard left.count == right.count else { return false }
            guard levels.first == true else {
                return zip(left, right).allSatisfy { $0.key == $1.key && same($0.value, $1.value, keysMayMove: below) }
            }
            let entries = Dictionary(right.map { ($0.key, $0.value) }) { first, _ in first }
            return left.allSatisfy { same($0.value, entries[$0.key], keysMayMove: below) }
        default: return false
        }
    }
}

/// The bytes of a file with its tree.
struct YAMLFile {
    var bytes: [UInt8]
    var root: YAMLNode?
}

/// Finds all comments of a file, wherever they stand.
///
/// It does not share a line with what writes them, so that a comment that was lost there is missed here.
enum CommentScan {
    /// The text of every comment in the order of the file.
    static func comments(in file: YAMLFile) -> [[UInt8]] {
        var scan = Scan(bytes: file.bytes)
        if let root = file.root { scan.passOver(root) }
        scan.advance(to: file.bytes.count)
        return scan.comments
    }

    private struct Scan {
        let bytes: [UInt8]
        var comments: [[UInt8]] = []
        var position = 0

        mutating func passOver(_ node: YAMLNode) {
            let span = node.span.bytes
            guard !span.isEmpty else { return }
            guard !node.isAlias(in: bytes) else { return passOver(scalar: span, isBlock: false) }
            switch node.content {
            case .scalar(let scalar):
                passOver(scalar: span, isBlock: scalar.style == .literal || scalar.style == .folded)
            case .sequence(let nodes): for node in nodes { passOver(node) }
            case .mapping(let entries):
                for entry in entries {
                    passOver(scalar: entry.keySpan.bytes, isBlock: false)
                    passOver(entry.value)
                }
            }
        }

        /// Passes over a scalar; comments can stand behind its anchor and behind the header of a block.
        private mutating func passOver(scalar span: Range<Int>, isBlock: Bool) {
            guard !span.isEmpty else { return }
            advance(to: span.lowerBound)
            if bytes[position] == UInt8(ascii: "&") {
                position = bytes.anchorEnd(from: position)
                while position < span.upperBound,
                    bytes[position].isBlank || bytes[position] == .hash || bytes.breakLength(at: position) > 0
                {
                    step(before: span.upperBound)
                }
            }
            if isBlock {
                while position < span.upperBound, bytes.breakLength(at: position) == 0 { step(before: span.upperBound) }
            }
            position = max(position, span.upperBound)
        }

        mutating func advance(to end: Int) {
            while position < end { step(before: end) }
        }

        private mutating func step(before end: Int) {
            guard bytes[position] == .hash else {
                position += 1
                return
            }
            let comment = position..<min(bytes.lineEnd(from: position), end)
            comments.append(Array(bytes[bytes.trimmed(comment)]))
            position = comment.upperBound
        }
    }
}
