import Events
import Foundation
import Logging

/// Turns the lines of a run into events.
///
/// Counts, reports and keeps what cannot be read; what comes out is only what can be decided. For use from one thread.
final class EventStream {
    /// An event with the place it came from.
    struct Item {
        var event: Event
        var place: EventPlace
        /// When it arrived, where that was written down.
        var received: Instant?
    }

    /// What a step of reading brought.
    enum Step {
        /// The events of one line; none of a line that is blank or rejected.
        case items([Item])
        /// Everything that is there was read, and the next step waits; or nothing came up to the deadline.
        case idle
        /// Everything is read.
        case end
        /// The run is to stop.
        case stopped
        /// An input cannot be read further.
        case failed(SourceProblem)
    }

    /// Where the lines come from.
    let source: any LineSource

    private let rejects: DataOutput?
    private let logger: Logger
    private let rejections: RejectionLog
    private var decoder: EventDecoder
    private var progress: ProgressLine

    init(
        _ source: any LineSource,
        format: InputFormat,
        rejects: DataOutput?,
        logger: Logger,
        progress: ProgressLine
    ) {
        self.source = source
        self.rejects = rejects
        self.logger = logger
        rejections = RejectionLog(keepsLines: rejects != nil, logger: logger)
        self.progress = progress
        decoder = EventDecoder(format: format)
    }

    /// The number of the line read last, in its input; 0 before the first.
    private(set) var line = 0

    /// The next events, counted in the summary.
    ///
    /// - Parameters:
    ///   - summary: Counts what was read.
    ///   - deadline: So long is waited at most.
    ///   - willWait: Is called before a read that may wait, so that nothing lies in a buffer meanwhile.
    /// - Returns: What reading brought.
    func next(
        _ summary: inout RunSummary,
        until deadline: ContinuousClock.Instant? = nil,
        willWait: () -> Void
    ) -> Step {
        while true {
            if !source.isLineBuffered { willWait() }
            do throws(SourceProblem) {
                switch try source.next(until: deadline) {
                case .line(let line):
                    self.line = line.place.number ?? self.line
                    progress.update(source.progress, events: summary.events)
                    return .items(items(line, &summary))
                case .notice(let text):
                    progress.clear()
                    logger.notice("\(text)")
                case .idle: return .idle
                case .end:
                    progress.clear()
                    return .end
                case .interrupted:
                    progress.clear()
                    return .stopped
                }
            } catch {
                progress.clear()
                return .failed(error)
            }
        }
    }

    private func items(_ line: SourceLine, _ summary: inout RunSummary) -> [Item] {
        summary.lines += 1
        switch decode(line) {
        case .blank:
            summary.blank += 1
            return []
        case .rejected(let rejection):
            reject(line, rejection, &summary)
            return []
        case .events(let events):
            summary.events += events.count
            return events.enumerated().map { index, event in
                if event.type == EventType.unknown { summary.unknownEvents += 1 }
                return Item(
                    event: event,
                    place: line.place.event(index, isAlone: events.count == 1),
                    received: line.received
                )
            }
        }
    }

    private func decode(_ line: SourceLine) -> DecodedLine {
        if let rejection = line.rejection { return .rejected(rejection) }
        switch line.content {
        case .held(let held): return decoder.decode(held)
        case .kept(let bytes): return unsafe bytes.withUnsafeBytes { unsafe decoder.decode($0) }
        }
    }

    private func reject(_ line: SourceLine, _ rejection: Rejection, _ summary: inout RunSummary) {
        summary.rejected += 1
        // A line that is being written is no event yet and may become one.
        let isLeft = source.leaveUnendedLine()
        switch line.content {
        case .held(let held): unsafe rejects?.writeLine(held.bytes)
        case .kept(let bytes): rejects?.writeLine(bytes)
        }
        if summary.rejected <= RejectionLog.reportedMax { progress.clear() }
        rejections.report(rejection, at: line.place.spelling, count: summary.rejected, isLeft: isLeft)
    }
}
