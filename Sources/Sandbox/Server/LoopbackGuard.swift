/// Keeps pages of other sites out.
///
/// Listening on loopback alone does not: a site can let its own name point to this machine (DNS rebinding) or simply post
/// to it from a visitor's browser. The first shows in `Host`, the second in `Origin`.
enum LoopbackGuard {
    /// Why a request is refused, as a sentence; `nil` for one that may pass.
    static func refusal(host: String?, origin: String?) -> String? {
        guard let host, isLoopback(authority: host) else {
            return "The sandbox answers only requests to a loopback host such as 127.0.0.1."
        }
        guard let origin else { return nil }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            if isLoopback(authority: String(origin.dropFirst(scheme.count))) { return nil }
        }
        return "The sandbox answers no requests that pages of other sites send."
    }

    /// Whether `host` or `host:port` is this machine alone.
    static func isLoopback(authority: String) -> Bool {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return false }
            let host = authority[authority.index(after: authority.startIndex)..<end]
            return isLoopback(host: String(host)) && isPort(authority[authority.index(after: end)...])
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        let host = String(authority[..<colon])
        return !host.contains(":") && isLoopback(host: host) && isPort(authority[colon...])
    }

    /// Whether a host without port is this machine alone.
    static func isLoopback(host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard let colon = text.first else { return true }
        return colon == ":" && UInt16(text.dropFirst()) != nil
    }
}
