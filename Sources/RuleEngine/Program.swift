public import Directory

/// Rules that are ready to be evaluated, with what they speak of by name.
public struct Program: Sendable {
    /// The rules in the order in which they are decided: by priority, then file path, then position.
    public let rules: [Rule]

    /// Agents, teams and business numbers.
    public let directory: Directory

    /// The business number of events that carry none; `nil` where several are possible and none was chosen.
    public let defaultBusiness: PhoneNumber?

    /// Creates a program and puts the rules in the order of decision.
    ///
    /// - Parameter rules: The rules by file path and position; the sort by priority keeps that order.
    public init(rules: [Rule], directory: Directory = Directory(), defaultBusiness: PhoneNumber? = nil) {
        self.rules = rules.enumerated().sorted { one, other in
            (-one.element.priority, one.offset) < (-other.element.priority, other.offset)
        }.map(\.element)
        self.directory = directory
        self.defaultBusiness = defaultBusiness
    }
}
