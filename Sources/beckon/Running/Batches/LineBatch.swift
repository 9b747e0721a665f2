import Events

/// Lines on their way from the reader, which only lends them, to the thread that decides them.
struct LineBatch {
    /// A line without its bytes.
    private struct Entry {
        var bytes: Range<Int>
        var number: Int?
        var originNumber: Int64
        /// Where in `inputs` stands what it has in common with its neighbours.
        var input: Int
        var rejection: Rejection?
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// The place of the first line of each input.
    private var inputs: [LinePlace] = []

    /// The JSON parser may look so far behind a line.
    private static let paddingBytes = 64

    /// Whether there is room for another line.
    func hasRoom(_ limits: BatchLimits) -> Bool { entries.count < limits.linesMax && bytes.count < limits.bytesMax }

    /// The number of the last line; `nil` where there is none.
    var lastNumber: Int? { entries.last?.number }

    /// Copies a line.
    mutating func append(_ line: SourceLine) {
        let start = bytes.count
        switch line.content {
        case .held(let held): unsafe bytes.append(contentsOf: held.bytes)
        case .kept(let kept): bytes += kept
        }
        if inputs.last?.isOfSameInput(as: line.place) != true { inputs.append(line.place) }
        let entry = Entry(
            bytes: start..<bytes.count,
            number: line.place.number,
            originNumber: line.place.origin.number,
            input: inputs.count - 1,
            rejection: line.content.rejection ?? line.rejection
        )
        entries.append(entry)
    }

    /// Lends the lines, one after the other.
    ///
    /// - Parameter body: Is given the bytes of a line, why it can be no event where that is known, and what makes its place.
    mutating func lend(_ body: (UnsafeRawBufferPointer, Rejection?, () -> LinePlace) -> Void) {
        bytes.append(contentsOf: repeatElement(0, count: Self.paddingBytes))
        unsafe bytes.withUnsafeBytes { all in
            for entry in entries {
                unsafe body(UnsafeRawBufferPointer(rebasing: all[entry.bytes]), entry.rejection) { place(of: entry) }
            }
        }
    }

    /// Forgets all lines but the first.
    mutating func keepFirst(_ count: Int) { entries.removeLast(max(0, entries.count - count)) }

    /// Forgets the lines and keeps the memory, but for that of a line of unusual length.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= BatchLimits.keptBytesMax)
        entries.removeAll(keepingCapacity: true)
        inputs.removeAll(keepingCapacity: true)
    }

    private func place(of entry: Entry) -> LinePlace {
        var place = inputs[entry.input]
        place.number = entry.number
        place.origin.number = entry.originNumber
        return place
    }
}

extension LinePlace {
    fileprivate func isOfSameInput(as other: LinePlace) -> Bool {
        origin.prefix == other.origin.prefix && input == other.input
    }
}

extension SourceLine.Content {
    /// Why it can be no event, if that shows without looking into it.
    var rejection: Rejection? {
        guard case .held(let line) = self else { return nil }
        return line.rejection
    }
}
