/// Something that goes wrong with a call of the stand-in API on purpose.
public enum Fault: Hashable, Sendable, CustomStringConvertible {
    /// The call is answered with this status, from 400 to 599, and not performed.
    ///
    /// 429 comes with `Retry-After: 1`; 502, 503 and 504 with a page in HTML, as of a proxy.
    case status(Int)

    /// The connection is broken without an answer, half of the time before the call is performed, half of it afterwards.
    case reset

    /// The call is never answered; half of the time it is performed.
    ///
    /// Ends when the client goes away or the sandbox stops.
    case hang

    /// The call is performed at once and answered late.
    case slow

    /// Only the first half of the matched team members is added, rounded down; the others stand in `failed`.
    ///
    /// Of a removal, only the first half leaves.
    case partial

    /// The call is performed; the connection closes in the middle of the answer's body.
    case truncate

    /// The statuses that can be a fault.
    public static let statuses = 400...599

    private static let named: [Fault] = [.reset, .hang, .slow, .partial, .truncate]

    /// The fault of that name; `nil` if there is none.
    public init?(named name: String) {
        if let fault = Self.named.first(where: { $0.description == name }) {
            self = fault
        } else if let status = Int(name), Self.statuses.contains(status), String(status) == name {
            self = .status(status)
        } else {
            return nil
        }
    }

    /// The name in a plan: `500`, `reset`.
    public var description: String {
        switch self {
        case .status(let status): "\(status)"
        case .reset: "reset"
        case .hang: "hang"
        case .slow: "slow"
        case .partial: "partial"
        case .truncate: "truncate"
        }
    }
}
