/// A day of the week.
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
    /// Monday.
    case monday
    /// Tuesday.
    case tuesday
    /// Wednesday.
    case wednesday
    /// Thursday.
    case thursday
    /// Friday.
    case friday
    /// Saturday.
    case saturday
    /// Sunday.
    case sunday

    /// Reads `mon` or `monday`, in either case.
    public init?(written text: some StringProtocol) {
        let word = text.lowercased()
        guard let day = Self.allCases.first(where: { word == $0.name || word == $0.shortName }) else { return nil }
        self = day
    }

    /// The name in full: `monday`.
    public var name: String { String(describing: self) }

    /// The name as rules are written: `mon`.
    public var shortName: String { String(name.prefix(3)) }

    /// This day and those after it until another one, past the end of the week where that comes first.
    ///
    /// From Friday through Monday is a long weekend; from Monday through Monday is one day.
    public func through(_ last: Weekday) -> [Weekday] {
        let count = (last.rawValue - rawValue + 7) % 7
        return (0...count).compactMap { Weekday(rawValue: (rawValue + $0) % 7) }
    }
}
