/// Who caused an event.
public enum Origin: String, Sendable, CaseIterable {
    /// The customer.
    case customer
    /// A person of the business.
    case agent
    /// An automaton of the business.
    case bot
    /// A program that speaks to the API.
    case api
    /// The original does not say.
    case unknown

    /// The origins as rules and plain events write them.
    static let words = WordTable(allCases.map { ($0.rawValue, $0) })
}
