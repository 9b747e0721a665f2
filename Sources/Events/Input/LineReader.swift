#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads lines from a file, a pipe or a terminal, plain or gzip, in constant memory.
///
/// ```swift
/// let reader = try LineReader(.standardInput, interrupt: interrupt)
/// while let line = try reader.next() {
///     switch decoder.decode(line) { … }
/// }
/// if reader.wasInterrupted { … }
/// ```
///
/// Reads what is there: a line on a pipe comes out as soon as its line feed is in. A line that is longer than the limit
/// is skipped without being held and comes out with ``InputLine/isTooLong`` set. What the first two bytes say decides
/// whether the input is gzip, whatever its name.
///
/// For use from one thread.
@safe
public final class LineReader {
    /// How long a line may be when nothing else is said.
    public static let lineBytesMaxDefault = 1 << 20

    /// No limit is higher: the JSON parser counts in 32 bits.
    private static let lineBytesMaxCeiling = 1 << 30

    /// Room that is made for each read: large enough to make system calls rare, small enough for the cache.
    private static let readBytesMin = 1 << 16

    /// The input's name.
    public var name: String { source.name }

    /// Whether the last call of ``next(until:)`` returned `nil` because of the interrupt, and not at the end.
    public var wasInterrupted: Bool { stop == .interrupted }

    /// Whether the last call of ``next(until:)`` returned `nil` because nothing came in time, and not at the end.
    public var wasIdle: Bool { stop == .idle }

    /// How many lines came out or were skipped.
    public var position: InputPosition { reached }

    /// How many bytes of the file were read, packed ones where it is gzip; reaches ``size`` at its end.
    public var bytesRead: Int { source.bytesRead }

    /// The size of a regular file when it was opened; `nil` for anything else.
    public var size: Int? { source.size }

    /// Whether what was read so far is gzip.
    public var isGzip: Bool { gzip != nil }

    /// Why there is no line, where that is not the end.
    private enum Stop {
        case interrupted
        case idle
    }

    let source: DescriptorReader
    // What marks were made of last, so that a head is read and hashed once, and the mark at which reading went on.
    var marked = ContentSample.empty
    var markedHead = InputMark.Fingerprint(of: [])
    var resumed: InputMark?
    private let lineBytesMax: Int
    // Not the public property itself: each access to that is checked for exclusivity as the program runs, for others
    // might hold it, which was 30 ns a line.
    private var reached: InputPosition
    private var stop: Stop?
    private var isFollowing: Bool
    private var gzip: GzipReader?
    private var isFormatKnown = false

    private var buffer: UnsafeMutableRawBufferPointer
    // The bytes in the buffer that no line took yet; up to `searched` there is no line feed among them.
    private var start = 0
    private var searched = 0
    private var end = 0
    // How many bytes of a line that is too long were dropped.
    private var dropped = 0
    private var isTooLong = false
    // Whether the bytes that come next go on with a line that was handed out without its line feed.
    private var isWithinLine = false
    // Where the line began that was handed out last, if it had no line feed.
    private var unendedLineStart: InputPosition?

    /// Opens an input.
    ///
    /// - Parameters:
    ///   - source: Where the lines come from.
    ///   - lineBytesMax: How long a line may be without its line end.
    ///   - isFollowing: Whether the input may grow: then a last line without a line feed is held back, and after the
    ///     end ``next(until:)`` may be called again.
    ///   - position: Where to go on, as an earlier reader of the same input had it.
    ///   - interrupt: What ends a blocked read.
    /// - Throws: Why the input cannot be read.
    public init(
        _ source: InputSource,
        lineBytesMax: Int = LineReader.lineBytesMaxDefault,
        isFollowing: Bool = false,
        from position: InputPosition = .start,
        interrupt: InputInterrupt? = nil
    ) throws(InputProblem) {
        self.source = try DescriptorReader(source, interrupt: interrupt)
        self.lineBytesMax = min(max(1, lineBytesMax), Self.lineBytesMaxCeiling)
        self.isFollowing = isFollowing
        reached = position
        unsafe buffer = Self.buffer(byteCount: Self.readBytesMin * 4)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// The next line; `nil` at the end, when interrupted, and when none has come by the deadline.
    ///
    /// The bytes of the line are the reader's and stay until the next call. After a deadline reading goes on where it was.
    public func next(until deadline: ContinuousClock.Instant? = nil) throws(InputProblem) -> InputLine? {
        stop = nil
        unendedLineStart = nil
        while true {
            if let lineFeed = lineFeed() {
                if isWithinLine, isBlank(upTo: lineFeed) {
                    endLine(behind: lineFeed + 1)
                    continue
                }
                return line(upTo: lineFeed, behind: lineFeed + 1)
            }
            searched = end
            // One byte more than the limit is waited for: it may be the carriage return of the line end.
            if isTooLong || end - start > lineBytesMax + 1 { dropBeyondLimit() }
            switch try fill(until: deadline) {
            case .bytes: continue
            case .idle:
                stop = .idle
                return nil
            case .interrupted:
                stop = .interrupted
                return nil
            case .end:
                guard end > start, !isFollowing else { return nil }
                let lineStart = reached
                defer { unendedLineStart = lineStart }
                return line(upTo: end, behind: end)
            }
        }
    }

    /// Takes back the line that came out last, if it may be one that is still being written: then ``position`` and marks
    /// stay before it, and a later reader has it whole.
    ///
    /// Only for the last line of a plain file, without a line feed; nothing may be read of this reader afterwards.
    ///
    /// - Returns: Whether it was taken back.
    public func takeBackUnendedLine() -> Bool {
        guard let unendedLineStart, size != nil, source.isOwned, !isGzip else { return false }
        reached = unendedLineStart
        self.unendedLineStart = nil
        return true
    }

    /// Takes the input for complete from now on: a last line without a line feed is no longer held back.
    func endFollowing() {
        isFollowing = false
    }

    /// Begins again at a place of a regular file, and forgets what was read beyond it.
    func restart(at position: InputPosition) throws(InputProblem) {
        try source.seek(to: 0)
        reached = position
        gzip = nil
        isFormatKnown = false
        (marked, resumed) = (.empty, nil)
        (start, searched, end, dropped, isTooLong) = (0, 0, 0, 0, false)
        (isWithinLine, unendedLineStart) = (false, nil)
    }

    /// Whether the next line is there without a read, so that a batch need not be closed before it.
    public var isLineBuffered: Bool { lineFeed() != nil }

    private func lineFeed() -> Int? {
        let held = unsafe UnsafeRawBufferPointer(rebasing: buffer[0..<end])
        return unsafe held.firstIndex(of: UInt8(ascii: "\n"), from: searched)
    }

    private func line(upTo lineEnd: Int, behind next: Int) -> InputLine {
        // What comes behind a line that had been taken without its line feed is still that line.
        if !isWithinLine { reached.line += 1 }
        var last = lineEnd
        if dropped == 0, last > start, unsafe buffer[last - 1] == UInt8(ascii: "\r") { last -= 1 }
        let isTooLong = isTooLong || last - start > lineBytesMax
        let kept = min(last, start + lineBytesMax)
        let line = unsafe InputLine(
            number: reached.line,
            isTooLong: isTooLong,
            isEnded: next > lineEnd,
            lineBytesMax: lineBytesMax,
            bytes: UnsafeRawBufferPointer(rebasing: buffer[start..<kept])
        )
        endLine(behind: next)
        return line
    }

    /// Whether nothing stands before a line feed but what belongs to the line end.
    private func isBlank(upTo lineFeed: Int) -> Bool {
        guard dropped == 0 else { return false }
        return lineFeed == start || (unsafe lineFeed == start + 1 && buffer[start] == UInt8(ascii: "\r"))
    }

    private func endLine(behind next: Int) {
        isWithinLine = unsafe buffer[next - 1] != UInt8(ascii: "\n")
        reached.offset += next - start + dropped
        start = next
        searched = next
        dropped = 0
        isTooLong = false
    }

    private func dropBeyondLimit() {
        isTooLong = true
        dropped += end - start - lineBytesMax
        end = start + lineBytesMax
        searched = end
    }

    // MARK: - Filling the buffer

    private func fill(until deadline: ContinuousClock.Instant?) throws(InputProblem) -> ReadResult {
        if !isFormatKnown {
            let result = try begin(until: deadline)
            guard case .bytes = result else { return result }
            // Those that begin() read are in the buffer, unless they were packed.
            if end > start { return result }
        }
        makeRoom()
        let result = unsafe try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]), until: deadline)
        if case .bytes(let count) = result { end += count }
        return result
    }

    private func read(
        into room: UnsafeMutableRawBufferPointer,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(InputProblem) -> ReadResult {
        if let gzip { return unsafe try gzip.read(into: room, until: deadline) }
        return unsafe try source.read(into: room, until: deadline)
    }

    /// Reads the first bytes, finds out whether they are gzip, and moves on to where reading is to begin.
    private func begin(until deadline: ContinuousClock.Instant?) throws(InputProblem) -> ReadResult {
        // A lone first byte of gzip's two decides nothing; no line of JSON begins with it.
        while unsafe end == 0 || (end == 1 && buffer[0] == 0x1F) {
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[end..<Self.readBytesMin])
            switch unsafe try source.read(into: room, until: deadline) {
            case .bytes(let count): end += count
            case .idle: return .idle
            case .interrupted: return .interrupted
            case .end:
                guard end > 0 else { return .end }
                isFormatKnown = true
                return .bytes(end)
            }
        }
        if end >= 2, unsafe buffer[0] == 0x1F, unsafe buffer[1] == 0x8B {
            gzip = unsafe try GzipReader(source, after: UnsafeRawBufferPointer(rebasing: buffer[0..<end]))
            end = 0
        }
        isFormatKnown = true
        return try skip(to: position.offset)
    }

    /// Goes to the place where an earlier reader stopped: at once in a plain file, by reading up to it in anything
    /// else.
    private func skip(to offset: Int) throws(InputProblem) -> ReadResult {
        if offset == 0 { return .bytes(end) }
        if gzip == nil, size != nil {
            guard try offset <= source.status().size else { throw endsBefore(offset) }
            isWithinLine = try source.bytes(at: offset - 1, count: 1) != [UInt8(ascii: "\n")]
            try source.seek(to: offset)
            end = 0
            return .bytes(0)
        }
        var left = offset
        while end <= left {
            if end > 0 { isWithinLine = unsafe buffer[end - 1] != UInt8(ascii: "\n") }
            left -= end
            end = 0
            if left == 0 { return .bytes(0) }
            // Waits for as long as it takes: nothing of what is skipped may be taken for a line.
            switch unsafe try read(into: buffer) {
            case .bytes(let count): end = count
            case .idle: continue
            case .interrupted:
                // The interrupt stays, so nothing will be read from the wrong place.
                return .interrupted
            case .end: throw endsBefore(offset)
            }
        }
        if left > 0 { isWithinLine = unsafe buffer[left - 1] != UInt8(ascii: "\n") }
        start = left
        searched = left
        return .bytes(end - start)
    }

    private func endsBefore(_ offset: Int) -> InputProblem {
        InputProblem(input: name, operation: .read, cause: .endsBefore(offset: offset))
    }

    /// Makes room for a read behind the held bytes, which are never more than the limit and one.
    private func makeRoom() {
        if start > 0, unsafe start == end || buffer.count - end < Self.readBytesMin {
            if let base = unsafe buffer.baseAddress, end > start { unsafe memmove(base, base + start, end - start) }
            end -= start
            searched -= start
            start = 0
        }
        guard unsafe buffer.count - end < Self.readBytesMin else { return }
        let larger = unsafe Self.buffer(byteCount: min(buffer.count * 2, lineBytesMax + 1 + Self.readBytesMin * 2))
        unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[0..<end]))
        unsafe buffer.deallocate()
        unsafe buffer = larger
    }

    /// A buffer behind which as much can be read as the parser wants of a line, so that it need not copy lines.
    private static func buffer(byteCount: Int) -> UnsafeMutableRawBufferPointer {
        let room = UnsafeMutableRawPointer.allocate(byteCount: byteCount + JSONParser.paddingBytes, alignment: 16)
        return unsafe UnsafeMutableRawBufferPointer(start: room, count: byteCount)
    }
}
