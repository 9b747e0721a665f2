/// Reads lines from files that are written to, as `tail -F` does: appended lines, rotated files, files that are not there
/// yet.
///
/// ```swift
/// let reader = FollowingReader(["events.jsonl"], marks: marks, interrupt: interrupt)
/// while true {
///     switch try reader.next() {
///     case .line(let line, let file): …
///     case .change(let change): logger.notice("\(change)")
///     case .idle: …                      // nothing more now; commit, with `reader.marks()`
///     case .interrupted: return
///     }
/// }
/// ```
///
/// The system is asked for news at an interval, since no way of being told is the same everywhere and sees links that are
/// switched, folders that come, and files on a network. For use from one thread.
public final class FollowingReader {
    /// What a step of reading brought.
    public enum Step {
        /// A line, and the number of its file in ``paths``.
        case line(InputLine, file: Int)
        /// Something happened to a file.
        case change(FollowedChange)
        /// Everything there was read; the next step waits. Comes once before each wait, and when one has lasted long enough.
        case idle
        /// The interrupt came.
        case interrupted
    }

    /// How long is waited before looking again.
    public static let pollIntervalDefault: Duration = .milliseconds(200)

    /// For how many polls a deleted file must be silent before it is taken for complete.
    public static let gracePolls = 5

    /// After so many lines of one file the others have their turn.
    public static let linesPerTurnMax = 1024

    /// The files, as they were named.
    public let paths: [String]

    private let files: [FollowedFile]
    private let pollInterval: Duration
    private let wait: (Duration) -> Bool
    private var turn = 0
    private var linesOfTurn = 0
    private var polls = 0
    private var isIdleTold = false

    /// Creates a reader; nothing is opened before the first step.
    ///
    /// - Parameters:
    ///   - paths: The files; they need not be there yet.
    ///   - marks: What earlier runs have read, newest first.
    ///   - lineBytesMax: How long a line may be without its line end.
    ///   - pollInterval: How long is waited before looking again.
    ///   - interrupt: What ends reads, searches and waits.
    ///   - wait: Waits so long and says whether it was interrupted; the interrupt's own waiting if left out.
    public init(
        _ paths: [String],
        marks: [InputMark] = [],
        lineBytesMax: Int = LineReader.lineBytesMaxDefault,
        pollInterval: Duration = FollowingReader.pollIntervalDefault,
        interrupt: InputInterrupt,
        wait: ((Duration) -> Bool)? = nil
    ) {
        self.paths = paths
        self.pollInterval = pollInterval
        self.wait = wait ?? { interrupt.wait(upTo: $0) }
        files = paths.map { FollowedFile($0, marks: marks, lineBytesMax: lineBytesMax, interrupt: interrupt) }
    }

    /// How far each file was read; none for one of which nothing was.
    ///
    /// For asking after every batch. Where a rotated file is still being finished, it is the mark of that one.
    public func marks() throws(InputProblem) -> [InputMark] {
        var marks: [InputMark] = []
        for file in files { if let mark = try file.mark() { marks.append(mark) } }
        return marks
    }

    /// The next line, or what happened instead; waits after ``Step/idle``.
    ///
    /// The bytes of a line are the reader's and stay until the next call.
    ///
    /// - Parameter deadline: Waits no longer than up to the first look behind it, and says ``Step/idle`` once more.
    /// - Returns: What came.
    /// - Throws: Why a file cannot be followed or read.
    public func next(until deadline: ContinuousClock.Instant? = nil) throws(InputProblem) -> Step {
        while true {
            if isIdleTold {
                if wait(pollInterval) { return .interrupted }
                polls += 1
            }
            if let step = try stepOfFiles() {
                isIdleTold = false
                return step
            }
            if !isIdleTold || deadline.map({ ContinuousClock.now >= $0 }) ?? false {
                isIdleTold = true
                return .idle
            }
        }
    }

    /// What the files have now, each in its turn; `nil` if none has anything.
    private func stepOfFiles() throws(InputProblem) -> Step? {
        var filesTried = 0
        while filesTried < files.count {
            if linesOfTurn >= Self.linesPerTurnMax { passTurn() }
            switch try files[turn].next(poll: polls) {
            case .line(let line):
                linesOfTurn += 1
                return .line(line, file: turn)
            case .change(let change): return .change(change)
            case .interrupted: return .interrupted
            case .nothing:
                filesTried += 1
                passTurn()
            }
        }
        return nil
    }

    private func passTurn() {
        turn = turn + 1 < files.count ? turn + 1 : 0
        linesOfTurn = 0
    }
}
