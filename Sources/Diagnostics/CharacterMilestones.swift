/// Places in long lines of which it is known how many characters stand before them on their line.
///
/// What people see as one character can only be told by walking the text from the start of the line. A file may be one
/// line of megabytes with a thousand problems in it, and each of them has a column.
struct CharacterMilestones: Sendable {
    /// A place in a line.
    struct Milestone: Sendable {
        var offset: Int
        /// The number of characters before it on its line.
        var characters: Int
    }

    private var milestones: [Milestone] = []

    /// A line that is no longer than this many bytes is walked whole, and of a longer one never more than so many characters.
    private static let stride = 4_096

    /// Walks the long lines once.
    ///
    /// - Complexity: O(n).
    init(bytes: [UInt8], lineStarts: [Int]) {
        for (start, end) in zip(lineStarts, lineStarts.dropFirst() + [bytes.count]) where end - start > Self.stride {
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            // Of bytes that are no UTF-8 text and offsets do not fit together; such a file is not read any further.
            guard text.utf8.count == end - start else { continue }
            var offset = start
            for (index, character) in text.enumerated() {
                if index > 0, index.isMultiple(of: Self.stride) {
                    milestones.append(Milestone(offset: offset, characters: index))
                }
                offset += character.utf8.count
            }
        }
    }

    /// The last milestone between two offsets of one line, of which the first is the line's start and a milestone itself.
    ///
    /// - Complexity: O(log n).
    func last(in range: ClosedRange<Int>) -> Milestone {
        var low = 0
        var high = milestones.count
        while low < high {
            let middle = (low + high) / 2
            if milestones[middle].offset <= range.upperBound { low = middle + 1 } else { high = middle }
        }
        guard low > 0, milestones[low - 1].offset >= range.lowerBound else {
            return Milestone(offset: range.lowerBound, characters: 0)
        }
        return milestones[low - 1]
    }
}
