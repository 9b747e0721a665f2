public import Events

extension Schedule {
    /// Nothing that waits for opening hours waits longer, closed hours included: ten years.
    public static let countingMax: Duration = .seconds(3653 * 86_400)

    /// The earliest instant at which the schedule has been open for so long since another one.
    ///
    /// Exact to the millisecond. Hours that overlap count once, and what the clock skips or shows twice counts as it happens: a
    /// night is longer or shorter with the clock. With no time at all to wait for, it is the other instant, open or closed.
    ///
    /// - Returns: The instant; `nil` when it lies more than ``countingMax`` after the other one, or never comes.
    /// - Complexity: O(d · h log h) in the days until then and the number of hours, without a calendar. Measured with two hours
    ///   and fifty closed days, in a release build on x86-64: 1 µs until the next day, 1.1 ms for all ten years.
    public func instant(after start: Instant, openFor duration: Duration) -> Instant? {
        var left = Instant(milliseconds: 0).advanced(by: duration).milliseconds
        guard left > 0 else { return start }
        let last = start.advanced(by: Self.countingMax)
        var now = start
        while now <= last, let stretch = clock.stretch(from: now) {
            for hours in openHours(in: stretch) {
                let length = hours.upperBound - hours.lowerBound
                guard length < left else {
                    let instant = Instant(milliseconds: stretch.midnight + hours.lowerBound + left)
                    return instant <= last ? instant : nil
                }
                left -= length
            }
            now = Instant(milliseconds: stretch.midnight + stretch.shown.upperBound)
        }
        return nil
    }

    /// The open hours of a stretch of time as milliseconds since midnight, in order and without overlap.
    private func openHours(in stretch: LocalClock.Stretch) -> [Range<Int64>] {
        let (today, yesterday) = (stretch.date, stretch.date.dayBefore)
        let (beginsToday, beganYesterday) = (!closed.contains(today), !closed.contains(yesterday))
        var ranges: [Range<Int64>] = []
        func add(_ from: TimeOfDay, _ to: TimeOfDay) {
            let range = (Int64(from.minutes) * 60_000..<Int64(to.minutes) * 60_000).clamped(to: stretch.shown)
            if !range.isEmpty { ranges.append(range) }
        }
        for hours in open {
            if beginsToday, hours.begin(on: today.weekday) {
                add(hours.from, hours.isOvernight ? .endOfDay : hours.to)
            }
            if beganYesterday, hours.isOvernight, hours.begin(on: yesterday.weekday) { add(.midnight, hours.to) }
        }
        return Self.merged(ranges)
    }

    private static func merged(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        guard ranges.count > 1 else { return ranges }
        var merged: [Range<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
