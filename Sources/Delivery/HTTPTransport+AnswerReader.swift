internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Follows one exchange, and keeps its answer up to a size limit.
final class AnswerReader: HTTPClientResponseDelegate {
    /// How far the exchange has come.
    enum Progress {
        /// Nothing was handed to a connection.
        case waiting
        /// The head of the request was.
        case sent
        /// The answer is coming in.
        case reading(HTTPResponseHead, body: [UInt8])
        /// The answer is whole, or as long as may be.
        case complete(HTTPResponseHead, body: [UInt8])
    }

    /// Ends an exchange whose answer is as long as may be.
    private struct AnswerIsLongEnough: Error {}

    private let limit: Int
    private let state = Mutex(Progress.waiting)

    init(limit: Int) {
        self.limit = limit
    }

    var progress: Progress {
        state.withLock { $0 }
    }

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        state.withLock { state in
            if case .waiting = state { state = .sent }
        }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock { $0 = .reading(head, body: []) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let isLongEnough = state.withLock { state in
            guard case .reading(let head, var body) = state else { return false }
            // The array has one owner while it grows.
            state = .sent
            body.append(contentsOf: part.readableBytesView.prefix(limit - body.count))
            let isFull = part.readableBytes > 0 && body.count == limit
            state = isFull ? .complete(head, body: body) : .reading(head, body: body)
            return isFull
        }
        return isLongEnough
            ? task.eventLoop.makeFailedFuture(AnswerIsLongEnough())
            : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws {
        state.withLock { state in
            if case .reading(let head, let body) = state { state = .complete(head, body: body) }
        }
    }
}
