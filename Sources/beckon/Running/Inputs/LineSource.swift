import Events
import Ledger

/// Where the lines of a run come from.
///
/// For use from one thread.
protocol LineSource: AnyObject {
    /// The next line, or what there is instead; may wait, but no longer than about up to the deadline.
    func next(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> SourceStep

    /// Whether a line is there without waiting.
    var isLineBuffered: Bool { get }

    /// Leaves the line that came last to a later run, where it may be that its end is still to be written: ``marks()``
    /// stay before it; says whether that is so.
    func leaveUnendedLine() -> Bool

    /// How far files were read, for a later run to go on there.
    func marks() throws(SourceProblem) -> [InputMark]

    /// The number in the ledger's inbox of the last line that came from there; `nil` for none.
    var inboxEnd: Int64? { get }

    /// How many bytes of the file at hand were read, and how many it has; `nil` where that is not known.
    var progress: (read: Int, size: Int)? { get }
}

extension LineSource {
    /// The next line, or what there is instead; waits for as long as it takes.
    func next() throws(SourceProblem) -> SourceStep { try next(until: nil) }

    var inboxEnd: Int64? { nil }
    var progress: (read: Int, size: Int)? { nil }
    func leaveUnendedLine() -> Bool { false }
}

/// What a step of reading brought.
enum SourceStep {
    /// A line.
    case line(SourceLine)
    /// Something that a person should know of; reading goes on.
    case notice(String)
    /// Everything that is there was read, and the next step waits for more; or nothing came up to the deadline.
    case idle
    /// Everything was read.
    case end
    /// The run is to stop.
    case interrupted
}

/// A line with the place that it came from.
struct SourceLine {
    /// The bytes of a line.
    enum Content {
        /// They are the reader's, until its next line.
        case held(InputLine)
        /// They are kept.
        case kept([UInt8])
    }

    /// The bytes.
    var content: Content

    /// Where it came from.
    var place: LinePlace

    /// When it arrived, where that was written down.
    var received: Instant?

    /// Why it can be no event, where that is known without looking into it.
    var rejection: Rejection?
}

/// Where a line came from.
struct LinePlace {
    /// The 1-based number in its input; `nil` where there is none.
    var number: Int?

    /// The input's name in records, where there are several inputs.
    var input: String?

    /// Names the line where its event has no id.
    var origin: LineOrigin

    /// What people call the place.
    var spelling: String {
        guard let number else { return "a received event" }
        return input.map { "\($0):\(number)" } ?? "line \(number)"
    }

    /// The place of one of the events of the line, which may be alone in it.
    func event(_ index: Int, isAlone: Bool) -> EventPlace {
        EventPlace(
            source: origin.prefix,
            number: origin.number,
            index: isAlone ? nil : index,
            line: number,
            input: input
        )
    }
}

/// What names a line where its event has no id; spelt out only for the few that something is decided about.
struct LineOrigin {
    /// What the lines of one input have in common.
    var prefix: String

    /// What tells them apart.
    var number: Int64

    /// The name as it stands in ids of jobs.
    var text: String { "\(prefix):\(number)" }
}

/// Why there are no more lines.
enum SourceProblem: Error, CustomStringConvertible {
    /// An input cannot be read.
    case input(InputProblem)
    /// The ledger's inbox cannot be.
    case ledger(LedgerProblem)

    var description: String {
        switch self {
        case .input(let problem): problem.description
        case .ledger(let problem): problem.description
        }
    }
}
