import Diagnostics
import Foundation
import RuleSyntax

/// What keeps a text from being the base URL of an API.
///
/// `check` must tell of it before `run` refuses to start; delivery, which this target cannot see, is at least as strict.
private enum BaseURLFault: String {
    case scheme = "it begins with neither 'https://' nor 'http://'"
    case host = "it names no host"
    case userInformation = "it holds a user name or password"
    case queryOrFragment = "it has a query or a fragment"
    case plainHTTP = "plain http is for this machine only"

    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http"
        else {
            self = .scheme
            return
        }
        guard let host = parts.host?.lowercased(), !host.isEmpty else {
            self = .host
            return
        }
        if parts.user != nil || parts.password != nil {
            self = .userInformation
        } else if parts.query != nil || parts.fragment != nil {
            self = .queryOrFragment
        } else if scheme == "http", !Self.isLoopback(host) {
            self = .plainHTTP
        } else {
            return nil
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = octets.count == 4 && octets.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || isAddress && octets[0] == "127"
    }
}

extension YAMLNode {
    /// The value as the base URL of an API; anything else is reported.
    func baseURL(reporting diagnostics: inout [Diagnostic]) -> String? {
        guard let text = text(for: "'base_url'", reporting: &diagnostics) else { return nil }
        if let fault = BaseURLFault(text) {
            diagnostics.append(.malformedBaseURL(fault, at: span))
            return nil
        }
        return text
    }
}

extension Diagnostic {
    /// Does not repeat what was written, and hides it where it may hold a password.
    fileprivate static func malformedBaseURL(_ fault: BaseURLFault, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "'base_url' is not the address of an API",
            primary: Label(
                fault.rawValue,
                at: span,
                isSecret: fault == .userInformation || fault == .queryOrFragment
            ),
            help: "write it like 'https://public.doubletick.io'"
        )
    }
}
