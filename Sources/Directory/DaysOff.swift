/// Dates on which nothing begins: holidays of a schedule, days away of an agent.
public struct DaysOff: Hashable, Sendable {
    /// The dates as ranges, first and last day included, in order and neither touching nor overlapping.
    public let ranges: [ClosedRange<LocalDate>]

    /// Creates a set of dates from ranges in any order.
    public init(_ ranges: [ClosedRange<LocalDate>] = []) {
        var merged: [ClosedRange<LocalDate>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound.daysSince1970 <= last.upperBound.daysSince1970 + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// Whether no date is in it.
    public var isEmpty: Bool { ranges.isEmpty }

    /// Whether a date is one of them.
    ///
    /// - Complexity: O(log n) in the number of ranges.
    public func contains(_ date: LocalDate) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < date { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(date)
    }
}
