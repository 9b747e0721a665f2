/// A file of a followed path, open, and what is known of its content.
///
/// Each time its end was reached, and before the next line is handed out, what was read is compared with what lies there
/// (``ContentSample``), in this order: read first, then compare. So a line of new content is never taken for one that was
/// appended to the old.
final class OpenFile {
    /// What a step brought.
    enum Step {
        case line(InputLine)
        /// There is nothing more now.
        case end
        /// The file no longer holds what was read of it.
        case replaced
        case interrupted
    }

    /// How far towards its end the file is.
    enum Phase {
        /// More may be written to it.
        case open
        /// Nothing is waited for any more; what is there is read.
        case draining
        /// What is left is a last line without a line feed.
        case ending
    }

    let reader: LineReader
    /// Whether it is the rest of a file that was found under another name.
    let isRest: Bool
    /// Whether the path no longer leads to it.
    private(set) var isDetached: Bool
    var phase = Phase.open

    // What was read up to the last end, and up to the last whole line before it.
    private var readSample = ContentSample.empty
    private var lineSample = ContentSample.empty
    private var linePosition: InputPosition
    private var isAtEnd = false
    // The poll in which bytes came last, or the path was lost.
    private var pollOfLife = 0

    init(_ reader: LineReader, isRest: Bool = false) {
        self.reader = reader
        self.isRest = isRest
        isDetached = isRest
        linePosition = reader.position
    }

    /// The next line, or why there is none.
    func next(poll: Int) throws(InputProblem) -> Step {
        while true {
            let line = try reader.next()
            if reader.wasInterrupted { return .interrupted }
            if let line {
                guard isAtEnd || readSample.end == 0 else { return .line(line) }
                guard try isUnchanged() else {
                    if try !goBackToLine() { return .replaced }
                    continue
                }
                if !isAtEnd { try takeFirstSample() }
                isAtEnd = false
                return .line(line)
            }
            guard try isUnchanged() else {
                if try !goBackToLine() { return .replaced }
                continue
            }
            try takeSamples(poll: poll)
            return .end
        }
    }

    private func isUnchanged() throws(InputProblem) -> Bool {
        if isRest { return true }
        guard try reader.source.status().size >= reader.bytesRead else { return false }
        return try readSample.holds(in: reader.source)
    }

    /// A line that was begun may be taken back and written anew, by a writer that was killed while writing it.
    private func goBackToLine() throws(InputProblem) -> Bool {
        guard isAtEnd || reader.position == linePosition, linePosition.offset > 0,
            lineSample.end == linePosition.offset, try reader.source.status().size >= lineSample.end,
            try lineSample.holds(in: reader.source)
        else { return false }
        try reader.restart(at: linePosition)
        readSample = lineSample
        isAtEnd = true
        return true
    }

    /// Knows the file by its first bytes while its end is still far.
    private func takeFirstSample() throws(InputProblem) {
        let count = min(reader.bytesRead, InputMark.fingerprintBytesMax)
        readSample = try ContentSample(of: reader.source, upTo: count, after: readSample)
    }

    private func takeSamples(poll: Int) throws(InputProblem) {
        isAtEnd = true
        guard !isRest else { return }
        if reader.bytesRead != readSample.end {
            pollOfLife = poll
            readSample = try ContentSample(of: reader.source, upTo: reader.bytesRead, after: readSample)
        }
        guard reader.position != linePosition || lineSample.end == 0 else { return }
        linePosition = reader.position
        lineSample = try ContentSample(of: reader.source, upTo: linePosition.offset, after: lineSample)
    }

    // MARK: - The path

    /// Says whether the path leads to it.
    func attach(_ isAttached: Bool, poll: Int) {
        if isAttached == isDetached { pollOfLife = poll }
        isDetached = !isAttached
    }

    /// For how many polls nothing has come.
    func silence(poll: Int) -> Int { poll - pollOfLife }

    /// Takes the file for complete.
    func end() {
        phase = .ending
        reader.endFollowing()
    }

    /// Begins again, as a file that holds other content now.
    func begin(at mark: InputMark? = nil) throws(InputProblem) {
        if let mark { try reader.resume(from: mark) } else { try reader.restart(at: .start) }
        (readSample, lineSample, linePosition, isAtEnd) = (.empty, .empty, reader.position, false)
    }

    /// Up to where lines were handed out of what the file held before it was found to be replaced.
    var positionBefore: InputPosition { isAtEnd ? linePosition : reader.position }

    /// A mark of what was read, also where the file was replaced in place meanwhile: never one of other content.
    func mark() throws(InputProblem) -> InputMark? {
        try isUnchanged() ? reader.mark() : markBefore()
    }

    /// A mark of what the file held before, from memory.
    func markBefore() throws(InputProblem) -> InputMark? {
        let position = positionBefore
        guard position.offset > 0, !readSample.head.isEmpty else { return nil }
        let status = try reader.source.status()
        let tail = lineSample.end == position.offset ? lineSample.tail : []
        return InputMark(
            path: reader.name,
            position: position,
            isGzip: false,
            fileOffset: position.offset,
            head: InputMark.Fingerprint(of: Array(readSample.head.prefix(position.offset))),
            tail: InputMark.Fingerprint(of: tail),
            device: status.device,
            inode: status.inode
        )
    }
}
