import Synchronization

/// Tells every open page the newest version of the state.
///
/// A page that reads slowly skips versions: only the newest is kept for it.
final class VersionFeed: Sendable {
    private struct Subscribers {
        var next: UInt64 = 0
        var open: [UInt64: AsyncStream<Int>.Continuation] = [:]
    }

    private let subscribersMax: Int
    private let subscribers = Mutex(Subscribers())

    /// Takes how many may listen at once.
    init(subscribersMax: Int) {
        self.subscribersMax = subscribersMax
    }

    /// The versions to come; `nil` when too many listen already.
    func subscribe() -> AsyncStream<Int>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let id: UInt64? = subscribers.withLock { subscribers in
            guard subscribers.open.count < subscribersMax else { return nil }
            subscribers.next += 1
            subscribers.open[subscribers.next] = continuation
            return subscribers.next
        }
        guard let id else { return nil }
        continuation.onTermination = { [weak self] _ in
            _ = self?.subscribers.withLock { $0.open.removeValue(forKey: id) }
        }
        return stream
    }

    /// Tells all that listen.
    ///
    /// Two announcements may overtake each other. That does no harm: whoever hears any asks for the newest state.
    func announce(_ version: Int) {
        let open = subscribers.withLock { Array($0.open.values) }
        for continuation in open { continuation.yield(version) }
    }
}
