import Events

/// Reads lines in batches that fill only while input is waiting.
///
/// For use by one thread at a time.
final class BatchReader {
    /// Why a batch ends.
    enum Ending {
        /// It is full.
        case full
        /// Everything that is there was read: nothing may lie in a buffer when the next batch is waited for.
        case idle
        /// Something that a person should know of comes behind it.
        case notice(String)
        /// Everything is read.
        case end
        /// The run is to stop.
        case stopped
        /// The input cannot be read further.
        case failed(SourceProblem)
    }

    private let source: any LineSource
    /// Whether the batch before has ended because nothing was there.
    private var isIdle = false

    init(_ source: any LineSource) {
        self.source = source
    }

    /// How many bytes of the file at hand were read, and how many it has; `nil` where that is not known.
    var progress: (read: Int, size: Int)? { source.progress }

    /// Reads a batch.
    ///
    /// - Parameter take: Takes a line, whose bytes are lent; says whether there is room for another.
    /// - Returns: Why it ends.
    func read(_ take: (SourceLine) -> Bool) -> Ending {
        let atOnce = ContinuousClock.now
        var hasRoom = true
        while hasRoom {
            do throws(SourceProblem) {
                switch try source.next(until: isIdle ? nil : atOnce) {
                case .line(let line):
                    isIdle = false
                    hasRoom = take(line)
                case .notice(let text): return .notice(text)
                case .idle:
                    isIdle = true
                    return .idle
                case .end: return .end
                case .interrupted: return .stopped
                }
            } catch {
                return .failed(error)
            }
        }
        return .full
    }
}

extension BatchReader.Ending {
    /// Whether no batch follows.
    var isLast: Bool {
        switch self {
        case .full, .idle, .notice: false
        case .end, .stopped, .failed: true
        }
    }
}
