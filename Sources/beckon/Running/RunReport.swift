import Foundation
import Logging

/// Tells how a run went, and says how the process ends.
struct RunReport: Sendable {
    private let format: String
    private let logger: Logger
    private let outputs: [DataOutput]
    private let start = ContinuousClock.now

    /// - Parameters:
    ///   - format: The format of the events, as people call it.
    ///   - logger: Where it is told.
    ///   - outputs: What was written to, and may have failed.
    init(format: String, logger: Logger, outputs: [DataOutput?]) {
        self.format = format
        self.logger = logger
        self.outputs = outputs.compactMap(\.self)
    }

    /// Tells of everything that kept the run from its end, and of what it did.
    ///
    /// - Parameters:
    ///   - summary: What it did.
    ///   - failure: What ended it, if something did.
    ///   - line: The line that was read last.
    ///   - isCutShort: Whether something else kept it from its end, of which people were told.
    ///   - remainders: What is left for another run, or for nobody, as sentences.
    /// - Returns: How the process ends.
    func finish(
        _ summary: RunSummary,
        failure: (any Error)?,
        line: Int,
        isCutShort: Bool = false,
        remainders: [String] = []
    ) -> ExitStatus {
        // Events that come as webhooks have no lines.
        let place = line > 0 ? " after line \(line)" : ""
        if let failure { logger.error("\(failure); stopped\(place)") }
        let problems = outputs.compactMap(\.problem)
        for problem in problems { logger.error("\(problem); stopped\(place)") }
        let signal = StopSignals.shared.status
        if signal != nil { logger.notice("stopped by a signal\(place)") }
        for remainder in remainders { logger.notice("\(remainder)") }
        summary.log(logger, took: start.duration(to: .now), format: format)
        if let signal { return signal }
        return summary.isClean && failure == nil && problems.isEmpty && !isCutShort ? .success : .problems
    }
}
