internal import ActionKit
internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Why an exchange failed, in our words.
///
/// On which side of sending it failed, the caller knows; the same error can stand on either. Texts of foreign errors are not
/// passed on: nobody promises what they hold.
struct ExchangeFailure {
    /// The reason when nothing had been sent.
    let beforeSending: Reason

    /// The reason when the request may have arrived.
    let afterSending: Reason

    init(_ error: any Error, of destination: Destination) {
        let host = destination.baseURL.host
        beforeSending = Self.beforeSending(error, host: host, isTLS: destination.baseURL.scheme == .https)
        afterSending = Self.afterSending(error, host: host, timeout: destination.timeout)
    }

    private static func beforeSending(_ error: any Error, host: String, isTLS: Bool) -> Reason {
        switch error {
        case let error as HTTPClientError where error == .cancelled:
            return .cancelledBeforeSending(to: host)
        case let error as HTTPClientError where error == .alreadyShutdown:
            return Reason("shut-down", "The request to \(host) came after the transport was shut down.")
        case let error as HTTPClientError
        where [.connectTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout].contains(error):
            return Reason("connect-timeout", "No connection to \(host) came about in time.")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            return Reason("no-such-host", "The host name \(host) could not be resolved.")
        default:
            let errors = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
            if let reason = unconnected(errors, host: host) { return reason }
            // With the connection made and nothing sent, only the handshake is left to fail. The errors of the TLS library
            // have no common type that could be named here.
            guard isTLS, !(error is NIOConnectionError) else {
                return Reason("not-connected", "The connection to \(host) failed.")
            }
            return Reason("tls", "The TLS handshake with \(host) failed; its certificate may not be trusted.")
        }
    }

    /// The reason of a host that has addresses, none of which could be connected to; `nil` for errors of another kind.
    private static func unconnected(_ errors: [any Error], host: String) -> Reason? {
        let numbers = errors.compactMap { ($0 as? IOError)?.errnoCode }
        if numbers.contains(ECONNREFUSED) {
            return Reason("connection-refused", "Nobody accepts connections at \(host).")
        }
        if numbers.contains(ENETUNREACH) || numbers.contains(EHOSTUNREACH) {
            return Reason("unreachable", "There is no way to \(host) on the network.")
        }
        let timedOut = errors.contains { error in
            if case ChannelError.connectTimeout = error { true } else { false }
        }
        if timedOut || numbers.contains(ETIMEDOUT) {
            return Reason("connect-timeout", "No connection to \(host) came about in time.")
        }
        return nil
    }

    private static func afterSending(_ error: any Error, host: String, timeout: Duration) -> Reason {
        switch error {
        case let error as HTTPClientError where error == .cancelled:
            Reason("cancelled", "The request to \(host) was cancelled before an answer came.")
        case let error as HTTPClientError where error == .deadlineExceeded:
            Reason("timeout", "No whole answer of \(host) came within \(timeout).")
        case HTTPParserError.invalidEOFState:
            Reason("connection-closed", "The connection to \(host) closed before the whole answer came.")
        case is HTTPParserError:
            Reason("not-http", "The answer of \(host) is not HTTP.")
        default:
            Reason("connection-closed", "The connection to \(host) closed before the whole answer came.")
        }
    }
}

extension Reason {
    /// The reason of a request that nobody wanted any more when it was to be sent.
    static func cancelledBeforeSending(to host: String) -> Reason {
        Reason("cancelled", "The request to \(host) was cancelled before it was sent.")
    }
}
