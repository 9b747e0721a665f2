/// Why a sandbox cannot start, or no longer runs.
public enum SandboxProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host is not of this machine alone.
    case hostIsNotLoopback(String)

    /// There is no such port.
    case portOutOfRange(Int)

    /// An empty key would match a request without one.
    case keyIsEmpty

    /// What the sandbox should know from the start makes no sense.
    case seed(SandboxSeedProblem)

    /// The system did not let the sandbox listen.
    case cannotListen(host: String, port: Int, reason: String)

    /// The sandbox ended, or its waiter was cancelled, before it listened.
    case ended

    /// One sentence for people.
    public var description: String {
        switch self {
        case .hostIsNotLoopback(let host):
            "the sandbox listens on this machine only: '\(host)' is not a loopback address such as 127.0.0.1"
        case .portOutOfRange(let port): "\(port) is no port: 0 to 65535"
        case .keyIsEmpty: "the sandbox needs an API key that is not empty"
        case .seed(let problem): problem.description
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        case .ended: "the sandbox ended before it listened"
        }
    }
}
