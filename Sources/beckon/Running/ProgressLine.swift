import Foundation

/// One line on the terminal that says how far a long file has been read.
struct ProgressLine {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var shownLast: ContinuousClock.Instant
    private var hasShown = false

    /// Shown again after so long, and not at all for what takes less.
    private static let interval = Duration.milliseconds(250)

    /// - Parameter isShown: Whether a person is looking; in a pipe nothing is written.
    init(isShown: Bool) {
        self.isShown = isShown
        shownLast = start
    }

    /// Shows how far the reading is, if it is time to.
    mutating func update(_ progress: @autoclosure () -> (read: Int, size: Int)?, events: Int) {
        guard isShown, let (read, size) = progress(), size > 0 else { return }
        let now = ContinuousClock.now
        guard shownLast.duration(to: now) >= Self.interval else { return }
        shownLast = now
        hasShown = true
        let seconds = start.duration(to: now) / .seconds(1)
        let part = min(1, Double(read) / Double(size))
        let filled = Int(part * 24)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
        let left = part > 0 ? Int(seconds / part - seconds) : 0
        let rate = seconds > 0 ? Int(Double(events) / seconds) : 0
        StandardError.write("\r[\(bar)] \(Int(part * 100)) %  \(rate) events/s  \(left) s left\u{1B}[K")
    }

    /// Takes the line away.
    mutating func clear() {
        guard hasShown else { return }
        hasShown = false
        StandardError.write("\r\u{1B}[K")
    }
}
