internal import NIOCore

/// Where a destination lives: scheme, host, port and the beginning of every path.
///
/// Only `https` leaves the machine; plain `http` is for loopback. A URL that could carry a secret (user information, a
/// query) is refused, and no problem repeats what was written.
public struct BaseURL: Hashable, Sendable, CustomStringConvertible {
    /// The scheme.
    public let scheme: Scheme

    /// The host in small letters, an IPv6 address in brackets.
    public let host: String

    /// The port, where one was written.
    public let port: Int?

    /// What every path begins with: empty, or a slash and no slash at the end.
    public let pathPrefix: String

    /// How the destination is spoken to.
    public enum Scheme: String, Sendable, CaseIterable {
        /// Over TLS.
        case https
        /// In the clear.
        case http
    }

    /// Why a text cannot be a base URL.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// It begins with neither `https://` nor `http://`.
        case scheme
        /// It holds a user name or a password.
        case userInformation
        /// It has a query or a fragment.
        case queryOrFragment
        /// What stands in the place of the host is none.
        case host
        /// What stands in the place of the port is none.
        case port
        /// The path holds something that must be escaped, or goes upwards.
        case path
        /// It would send the key over the network in the clear.
        case plainHTTP(host: String)

        /// The whole sentence.
        public var description: String {
            switch self {
            case .scheme: "a base URL begins with 'https://'"
            case .userInformation: "a base URL must not hold a user name or password"
            case .queryOrFragment: "a base URL must not have a query or a fragment"
            case .host: "the host of the base URL is neither a name nor an address"
            case .port: "the port of the base URL is not a number from 1 to 65535"
            case .path: "the path of the base URL holds '.', '..' or characters that must be escaped"
            case .plainHTTP(let host): "plain http is for this machine only, so write 'https://\(host)'"
            }
        }
    }

    /// Reads a base URL as settings hold it, such as `https://public.doubletick.io`.
    public init(_ text: String) throws(Problem) {
        guard let mark = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased())
        else { throw .scheme }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@") else { throw .userInformation }
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .queryOrFragment }
        guard !authority.hasPrefix("[") || authority.contains("]") else { throw .host }
        let (host, port) = try Self.split(authority)
        guard let host = Host(host) else { throw .host }
        guard URLPath.isValid(rest[authority.endIndex...]) else { throw .path }
        guard scheme == .https || host.isLoopback else { throw .plainHTTP(host: host.text) }
        self.scheme = scheme
        self.host = host.text
        self.port = port
        pathPrefix = String(rest[authority.endIndex...].trimmingSlashes())
    }

    /// The URL, without a slash at the end.
    public var description: String {
        "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(pathPrefix)"
    }

    /// The URL of a path below this one; `nil` when the path does not begin with a slash, goes upwards, or holds what must
    /// be escaped.
    func appending(path: String) -> String? {
        let (plain, query) = path.firstIndex(of: "?").map { (path[..<$0], path[$0...].dropFirst()) } ?? (path[...], "")
        guard plain.hasPrefix("/"), URLPath.isValid(plain), URLPath.isQuery(query) else { return nil }
        return description + path
    }

    private static func split(_ authority: Substring) throws(Problem) -> (host: Substring, port: Int?) {
        let end =
            authority.hasPrefix("[") ? authority.firstIndex(of: "]") ?? authority.startIndex : authority.startIndex
        guard let colon = authority[end...].firstIndex(of: ":") else { return (authority, nil) }
        let digits = authority[authority.index(after: colon)...]
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(digits),
            (1...65535).contains(port)
        else { throw .port }
        return (authority[..<colon], port)
    }
}

/// A host name or an address.
private struct Host {
    let text: String
    let isLoopback: Bool

    init?(_ written: Substring) {
        text = written.lowercased()
        if text.hasPrefix("["), text.hasSuffix("]") {
            guard case .v6? = try? SocketAddress(ipAddress: String(text.dropFirst().dropLast()), port: 0) else {
                return nil
            }
            isLoopback = text == "[::1]"
            return
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(Self.isLabel), let last = labels.last else { return nil }
        // A name that ends in a number is an address to everybody who resolves it, some of them with odd ideas of 127.1.
        if last.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard labels.count == 4, labels.allSatisfy(Self.isOctet) else { return nil }
            isLoopback = labels[0] == "127"
        } else {
            isLoopback = text == "localhost"
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        guard (1...63).contains(label.utf8.count), !label.hasPrefix("-"), !label.hasSuffix("-") else { return false }
        return label.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    private static func isOctet(_ label: Substring) -> Bool {
        UInt8(label).map { String($0) == label } ?? false
    }
}

/// What may stand in the path of a URL without being escaped (RFC 3986).
private enum URLPath {
    static func isValid(_ path: Substring) -> Bool {
        guard isWritten(path, with: "-._~!$&'()*+,;=:@/") else { return false }
        return !path.split(separator: "/").contains { segment in
            [".", ".."].contains(segment.lowercased().replacing("%2e", with: "."))
        }
    }

    static func isQuery(_ query: Substring) -> Bool {
        isWritten(query, with: "-._~!$&'()*+,;=:@/?")
    }

    private static func isWritten(_ text: Substring, with signs: String) -> Bool {
        var escaped = 0
        for byte in text.utf8 {
            let isHexadecimal: Bool
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"):
                isHexadecimal = true
            default:
                isHexadecimal = false
            }
            if escaped > 0 {
                guard isHexadecimal else { return false }
                escaped -= 1
            } else if byte == UInt8(ascii: "%") {
                escaped = 2
            } else {
                let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
                guard isHexadecimal || isLetter || signs.utf8.contains(byte) else { return false }
            }
        }
        return escaped == 0
    }
}

extension Substring {
    fileprivate func trimmingSlashes() -> Substring {
        var trimmed = self
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        return trimmed
    }
}
