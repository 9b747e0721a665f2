import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Hands on the pieces of an answer as they come.
final class EventListener: NSObject, URLSessionDataDelegate, Sendable {
    private let continuation: AsyncStream<String>.Continuation

    private init(_ continuation: AsyncStream<String>.Continuation) {
        self.continuation = continuation
    }

    static func listen(to url: URL) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let listener = EventListener(continuation)
        let session = URLSession(configuration: .ephemeral, delegate: listener, delegateQueue: nil)
        session.dataTask(with: url).resume()
        session.finishTasksAndInvalidate()
        return stream
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        continuation.yield(String(decoding: data, as: UTF8.self))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        continuation.finish()
    }
}
