import Events
import Foundation
import Logging

/// Reads the inputs of a run one after the other and turns lines into events.
///
/// Counts, reports and keeps what cannot be read; what comes out is only what can be decided. For use from one thread.
final class EventStream {
    /// An event with the place it came from.
    struct Item {
        var event: Event
        var line: Int
        /// The input's name where there are several.
        var input: String?
        /// Names the event where it has no id.
        var origin: String
    }

    /// What a step of reading brought.
    enum Step {
        /// The events of one line.
        case items([Item])
        /// Everything is read.
        case end
        /// The run is to stop.
        case stopped
        /// An input cannot be read further.
        case failed(InputProblem)
    }

    private let options: RunOptions
    private let rejects: DataOutput?
    private let logger: Logger
    private let interrupt: InputInterrupt
    private var decoder: EventDecoder
    private var reader: LineReader?
    private var inputIndex = 0
    private var progress: ProgressLine

    /// More rejections are counted and kept, but no longer reported one by one.
    private static let rejectionsReportedMax = 20

    init(
        _ options: RunOptions,
        rejects: DataOutput?,
        logger: Logger,
        interrupt: InputInterrupt,
        progress: ProgressLine
    ) {
        self.options = options
        self.rejects = rejects
        self.logger = logger
        self.interrupt = interrupt
        self.progress = progress
        decoder = EventDecoder(format: options.format)
    }

    /// The number of the line read last, in its input; 0 before the first.
    private(set) var line = 0

    /// The next events, counted in the summary.
    ///
    /// - Parameters:
    ///   - summary: Counts what was read.
    ///   - willWait: Is called before a read that may wait, so that nothing lies in a buffer meanwhile.
    /// - Returns: What reading brought.
    func next(_ summary: inout RunSummary, willWait: () -> Void) -> Step {
        while true {
            do throws(InputProblem) {
                guard let reader = try currentReader() else {
                    progress.clear()
                    return .end
                }
                if !reader.isLineBuffered { willWait() }
                guard let line = try reader.next() else {
                    guard !reader.wasInterrupted else {
                        progress.clear()
                        return .stopped
                    }
                    inputIndex += 1
                    self.reader = nil
                    continue
                }
                self.line = line.number
                progress.update(read: reader.bytesRead, of: reader.size, events: summary.events)
                if let items = items(line, &summary) { return .items(items) }
            } catch {
                progress.clear()
                inputIndex = options.inputs.count
                reader = nil
                return .failed(error)
            }
        }
    }

    private func currentReader() throws(InputProblem) -> LineReader? {
        if let reader { return reader }
        guard inputIndex < options.inputs.count else { return nil }
        let reader = try LineReader(
            options.inputs[inputIndex],
            lineBytesMax: options.lineBytesMax,
            interrupt: interrupt
        )
        self.reader = reader
        line = 0
        return reader
    }

    private func items(_ line: InputLine, _ summary: inout RunSummary) -> [Item]? {
        summary.lines += 1
        switch decoder.decode(line) {
        case .blank:
            summary.blank += 1
            return nil
        case .rejected(let rejection):
            reject(line, rejection, &summary)
            return nil
        case .events(let events):
            summary.events += events.count
            let name = reader?.name ?? ""
            let recordName = options.inputs[inputIndex] == .standardInput ? "-" : name
            return events.enumerated().map { index, event in
                if event.type == EventType.unknown { summary.unknownEvents += 1 }
                return Item(
                    event: event,
                    line: line.number,
                    input: options.inputs.count > 1 ? recordName : nil,
                    origin: events.count == 1 ? "\(name):\(line.number)" : "\(name):\(line.number):\(index)"
                )
            }
        }
    }

    private func reject(_ line: InputLine, _ rejection: Rejection, _ summary: inout RunSummary) {
        summary.rejected += 1
        unsafe rejects?.writeLine(line.bytes)
        guard summary.rejected <= Self.rejectionsReportedMax else { return }
        progress.clear()
        let place = options.inputs.count > 1 ? "\(reader?.name ?? ""):\(line.number)" : "line \(line.number)"
        let note = rejection.code == .tooLong && rejects != nil ? "; its first bytes up to the limit are kept" : ""
        logger.warning("\(place) rejected (\(rejection.code.rawValue)): \(rejection.detail)\(note)")
        if summary.rejected == Self.rejectionsReportedMax {
            let kept = rejects == nil ? "; '--rejects FILE' keeps them" : ""
            logger.warning("further rejected lines are counted, but not reported\(kept)")
        }
    }
}
