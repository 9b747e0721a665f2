/// Why a receiver cannot start, or no longer runs.
public enum ReceiverProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// An empty host would mean every address of the machine.
    case hostIsEmpty

    /// There is no such port.
    case portOutOfRange(Int)

    /// The system did not let the receiver listen.
    case cannotListen(host: String, port: Int, reason: String)

    /// The receiver ended, or its waiter was cancelled, before it listened.
    case ended

    /// One sentence for people.
    public var description: String {
        switch self {
        case .hostIsEmpty:
            "the host to listen on is empty; 127.0.0.1 is this machine alone, 0.0.0.0 every address of it"
        case .portOutOfRange(let port): "\(port) is no port: 0 to 65535"
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        case .ended: "the receiver ended before it listened"
        }
    }
}
