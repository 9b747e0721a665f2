import Foundation

/// Compares the `Authorization` header with the key, and says what may be wrong with it without ever showing either.
struct KeyCheck: Sendable {
    private let key: [UInt8]

    /// Takes the key, which must not be empty.
    init(_ key: String) {
        precondition(!key.isEmpty, "an empty key would match a request without one")
        self.key = Array(key.utf8)
    }

    /// Whether the header holds the key and nothing else.
    ///
    /// Takes the same time wherever the first difference is.
    func accepts(_ authorization: String?) -> Bool {
        guard let authorization else { return false }
        let presented = Array(authorization.utf8)
        var difference = UInt8(presented.count == key.count ? 0 : 1)
        for (index, byte) in presented.enumerated() { difference |= byte ^ key[index % key.count] }
        return difference == 0
    }

    /// What to look at when the header was refused.
    func hint(_ authorization: String?) -> String {
        guard let authorization, !authorization.isEmpty else { return "The request has no Authorization header." }
        let scheme = authorization.prefix { $0 != " " }.lowercased()
        guard ["bearer", "basic", "key"].contains(scheme), authorization.contains(" ") else {
            return "The Authorization header holds another key than the sandbox’s."
        }
        return "The Authorization header begins with “\(scheme.capitalized)”; DoubleTick wants the key alone."
    }

    /// The text without the key, wherever somebody put it.
    ///
    /// Goes by bytes: a mark combined with the key's last letter must not hide it.
    func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == key[0], bytes[position...].starts(with: key) {
                kept += Array("•••".utf8)
                position += key.count
            } else {
                kept.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
