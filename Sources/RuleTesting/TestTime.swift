import Directory
import Events
import Foundation

/// Tells the time as people read it in a test.
struct TestTime {
    let clock: LocalClock
    /// When the test began: of other days the date is told, too.
    let start: Instant

    /// `12:15:00`, or `thu 2026-01-08 12:15:00` on another day.
    func text(_ instant: Instant) -> String {
        let reading = clock.reading(at: instant)
        let offset = clock.timezone.secondsFromGMT(
            for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        )
        let ofMinute = (instant.milliseconds + Int64(offset) * 1000) % 60_000
        let milliseconds = ofMinute % 1000
        var text = [reading.minute / 60, reading.minute % 60, Int(ofMinute / 1000)].map(twoDigits)
            .joined(separator: ":")
        if milliseconds != 0 { text += "." + String(1000 + milliseconds).dropFirst() }
        guard reading.date != clock.reading(at: start).date else { return text }
        return "\(reading.date.weekday.shortName) \(reading.date) \(text)"
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
