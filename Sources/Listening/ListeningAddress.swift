/// Where a server on this machine listens.
public struct ListeningAddress: Hashable, Sendable, CustomStringConvertible {
    /// The host, as the system sees it.
    public var host: String

    /// The port.
    public var port: Int

    /// Creates an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The base URL: `http://127.0.0.1:8080`.
    public var description: String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }
}
