/// A time that a wall clock shows, to the minute; 24:00 is the end of a day.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Minutes since midnight, up to 1440.
    public let minutes: Int

    /// The begin of a day.
    public static let midnight = TimeOfDay(minutes: 0)

    /// The end of a day.
    public static let endOfDay = TimeOfDay(minutes: 1440)

    private init(minutes: Int) {
        self.minutes = minutes
    }

    /// Creates a time; `nil` when no clock shows it.
    public init?(hour: Int, minute: Int) {
        guard (0...24).contains(hour), (0..<60).contains(minute), hour < 24 || minute == 0 else { return nil }
        minutes = hour * 60 + minute
    }

    /// Reads a time written like `09:30` or `9:30`.
    public init?(written text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy(\.isOfASCIIDigits),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// Whether the first time is before the second.
    public static func < (first: TimeOfDay, second: TimeOfDay) -> Bool {
        first.minutes < second.minutes
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// The time as it is written: `09:30`.
    public var description: String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
