public import ActionKit
internal import AsyncHTTPClient
public import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Sends requests over HTTP to the destinations that settings know.
///
/// Every exchange ends within its destination's time limit, whatever the other side does, and is told apart by what is
/// *known*: `.notSent` only while no byte of the request had been handed to a connection, `.unanswered` from then on.
/// Redirects are not followed, since they would carry the key to another host; answers are not decompressed, since a small
/// one could grow without bound. No proxy is used and the environment is not read.
///
/// ```swift
/// let transport = HTTPTransport(["doubletick": destination], now: { Date() })
/// let exchange = await transport.send(request)
/// await transport.shutdown()
/// ```
public final class HTTPTransport: Transport {
    /// How many bytes of an answer are kept.
    ///
    /// The rest of a longer one is not read.
    public static let answerBytesMax = 1 << 20

    /// How long a destination can ask to be left alone.
    public static let retryAfterMax: Duration = .seconds(3600)

    /// How long a connection may be idle and still be used again.
    ///
    /// The shorter, the less often a request is written to one that the other side has just closed, which leaves its outcome
    /// unknown.
    static let idleMax: TimeAmount = .seconds(15)

    /// How many connections one destination may have.
    ///
    /// How many attempts run at a time is the caller's decision.
    static let connectionsMax = 1024

    private let destinations: Mutex<[String: Destination]>
    private let client: HTTPClient
    private let now: @Sendable () -> Date

    /// Creates a transport; ``shutdown()`` must be called before it goes away.
    ///
    /// - Parameters:
    ///   - destinations: Where requests can go, by the names that requests use.
    ///   - now: The present, to which an answer's `Retry-After` date is compared.
    public init(_ destinations: [String: Destination], now: @escaping @Sendable () -> Date) {
        self.destinations = Mutex(destinations)
        self.now = now
        // POSIX sockets on every platform, so that failures look the same on all of them; and one event loop for exchanges
        // and connections, so that a reader knows that the head was sent before anything can fail afterwards.
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.next()),
            configuration: Self.configuration(for: destinations.values)
        )
    }

    private static func configuration(for destinations: some Collection<Destination>) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        // Each exchange has its own deadline; this bound only stops those that have ended from trying on.
        configuration.timeout = .init(connect: destinations.map { TimeAmount($0.timeLimit) }.max() ?? .seconds(10))
        // Trying again is the dispatcher's decision.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = idleMax
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsMax
        // One exchange a connection at a time: what breaks a connection concerns that exchange and no other.
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture { try StatusGuard.add(to: channel.pipeline.syncOperations) }
        }
        return configuration
    }

    /// Sends a request once and says what came back.
    ///
    /// Ends soon after its task is cancelled.
    public func send(_ request: ActionRequest) async -> Exchange {
        guard let destination = destinations.withLock({ $0[request.destination] }) else {
            return .notSent(Reason("unknown-destination", "No destination has the name '\(request.destination)'."))
        }
        guard let outgoing = destination.outgoing(request) else {
            return .notSent(Reason("unusable-request", "The request to \(destination.name) is not valid HTTP."))
        }
        guard !Task.isCancelled else { return .notSent(.cancelledBeforeSending(to: destination.baseURL.host)) }
        let reader = AnswerReader(limit: Self.answerBytesMax)
        let task = client.execute(
            request: outgoing,
            delegate: reader,
            deadline: .now() + TimeAmount(destination.timeLimit)
        )
        do {
            try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            let failure = ExchangeFailure(error, of: destination)
            switch reader.progress {
            case .waiting: return .notSent(failure.beforeSending)
            case .sent, .reading: return .unanswered(failure.afterSending)
            case .complete: break
            }
        }
        guard case .complete(let head, let body) = reader.progress else {
            preconditionFailure("the exchange succeeded without an answer")
        }
        let wait = RetryAfter(head.headers["Retry-After"].first)?.duration(from: now())
        let shown = destination.credential?.masked(in: body) ?? body
        return .answered(Answer(status: Int(head.status.code), body: shown, retryAfter: wait))
    }

    /// Has a destination's requests carry another key from now on.
    ///
    /// Requests under way keep the one that they were sent with.
    ///
    /// - Parameters:
    ///   - destination: The destination's name.
    ///   - credential: The key.
    /// - Returns: Whether it is another one than before; not for a name that no destination has.
    @discardableResult
    public func replaceCredential(of destination: String, with credential: Credential) -> Bool {
        destinations.withLock { destinations in
            guard let place = destinations.index(forKey: destination) else { return false }
            let before = destinations.values[place].credential?.secret
            destinations.values[place].credential = credential
            return before != credential.secret
        }
    }

    /// Closes all connections; exchanges that are going on end as cancelled.
    ///
    /// Requests sent afterwards are answered with `.notSent`.
    public func shutdown() async {
        // Fails only when it was called before or when a connection did not close cleanly: both leave nothing to do.
        try? await client.shutdown()
    }
}

extension Destination {
    /// The request as it goes out; `nil` when its method or path cannot stand in HTTP.
    fileprivate func outgoing(_ request: ActionRequest) -> HTTPClient.Request? {
        guard let url = baseURL.appending(path: request.path), HTTPToken.isMethod(request.method),
            HTTPToken.isValid(credentialHeader)
        else { return nil }
        var headers = HTTPHeaders()
        if let credential { headers.add(name: credentialHeader, value: credential.secret) }
        if request.json != nil { headers.add(name: "Content-Type", value: "application/json") }
        headers.add(name: "User-Agent", value: "beckon")
        return try? HTTPClient.Request(
            url: url,
            method: HTTPMethod(rawValue: request.method),
            headers: headers,
            body: request.json.map { .string($0) }
        )
    }
}
