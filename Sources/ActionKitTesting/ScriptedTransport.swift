public import ActionKit
internal import Synchronization

/// A transport that sends nothing: it keeps the requests and plays the exchanges it was given, in order.
///
/// ```swift
/// let transport = ScriptedTransport(.answered(Answer(status: 503, body: [])))
/// let outcome = await action.deliver(job, over: transport)
/// #expect(transport.requests == [expected])
/// ```
public final class ScriptedTransport: Transport {
    private let exchanges: [Exchange]
    private let ending: Ending
    private let received = Mutex<[ActionRequest]>([])
    private let onRequest: @Sendable () -> Void

    /// What becomes of requests after the last exchange of the script.
    public enum Ending: Sendable {
        /// The last exchange is played again.
        case repeating
        /// No answer ever comes; the request ends when its task is cancelled.
        case hanging
    }

    /// Creates a transport that plays these exchanges.
    ///
    /// A repeating script without exchanges answers that nothing could be sent.
    public init(_ exchanges: Exchange..., ending: Ending = .repeating) {
        self.exchanges = exchanges
        self.ending = ending
        onRequest = {}
    }

    /// Creates a transport that never answers and says when it is asked.
    init(onRequest: @escaping @Sendable () -> Void) {
        exchanges = []
        ending = .hanging
        self.onRequest = onRequest
    }

    /// The requests so far, in order.
    public var requests: [ActionRequest] {
        received.withLock { $0 }
    }

    /// Keeps a request and plays the next exchange.
    public func send(_ request: ActionRequest) async -> Exchange {
        let place = received.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        onRequest()
        if place < exchanges.count { return exchanges[place] }
        switch ending {
        case .repeating:
            return exchanges.last ?? .notSent(Reason("nothing-scripted", "The script holds no exchange."))
        case .hanging:
            await waitForCancellation()
            return .unanswered(Reason("cancelled", "The request was cancelled before an answer came."))
        }
    }

    private func waitForCancellation() async {
        let (silence, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in silence {}
        continuation.finish()
    }
}
