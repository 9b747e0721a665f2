import Events
import HeapModule

/// When windows are to be looked at again, in order of time.
///
/// A mark of a window that is gone stays until its time comes, or until there are too many of them: taking it out of the middle
/// would take longer.
struct MarkQueue: Sendable {
    /// When a window is to be looked at.
    struct Mark: Comparable, Sendable {
        var time: Instant
        /// Orders marks of one time.
        var number: UInt64
        /// The window that it was made for.
        var serial: UInt64
        var place: WindowPlace

        static func < (one: Mark, other: Mark) -> Bool {
            (one.time, one.number) < (other.time, other.number)
        }

        static func == (one: Mark, other: Mark) -> Bool {
            (one.time, one.number) == (other.time, other.number)
        }
    }

    private var marks: Heap<Mark> = []

    var count: Int { marks.count }

    mutating func insert(_ mark: Mark) {
        marks.insert(mark)
    }

    /// The first mark whose window is still there.
    mutating func next(where isCurrent: (Mark) -> Bool) -> Mark? {
        while let mark = marks.min {
            if isCurrent(mark) { return mark }
            marks.removeMin()
        }
        return nil
    }

    mutating func removeFirst() {
        _ = marks.popMin()
    }

    /// Drops the marks whose windows are gone.
    mutating func drop(keeping isCurrent: (Mark) -> Bool) {
        marks = Heap(marks.unordered.filter(isCurrent))
    }
}
