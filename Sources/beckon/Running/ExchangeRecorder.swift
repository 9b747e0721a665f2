import ActionKit
import Synchronization

/// A transport that keeps what was sent and what came back, for a person to see.
final class ExchangeRecorder: Transport {
    private let transport: any Transport
    private let recorded = Mutex<[(ActionRequest, Exchange)]>([])

    init(_ transport: any Transport) {
        self.transport = transport
    }

    /// What went over the wire, in order.
    var exchanges: [(ActionRequest, Exchange)] { recorded.withLock { $0 } }

    func send(_ request: ActionRequest) async -> Exchange {
        let exchange = await transport.send(request)
        recorded.withLock { $0.append((request, exchange)) }
        return exchange
    }
}
