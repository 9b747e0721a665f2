public import ActionKit
public import Ledger
internal import Synchronization

/// A transport that keeps what was sent and what came back, for a person to see.
public final class ExchangeRecorder: Transport {
    private let transport: any Transport
    private let recorded = Mutex<[(ActionRequest, Exchange)]>([])

    /// Creates a recorder over the transport that really sends.
    public init(_ transport: any Transport) {
        self.transport = transport
    }

    /// What went over the wire, in order.
    public var exchanges: [(ActionRequest, Exchange)] { recorded.withLock { $0 } }

    /// The last exchange as it is kept; `nil` when there was none.
    public var record: ExchangeRecord? {
        recorded.withLock(\.last).map { request, exchange in ExchangeRecord(request, exchange) }
    }

    /// Sends a request once, and keeps it with what came back.
    public func send(_ request: ActionRequest) async -> Exchange {
        let exchange = await transport.send(request)
        recorded.withLock { $0.append((request, exchange)) }
        return exchange
    }
}

extension ExchangeRecord {
    fileprivate init(_ request: ActionRequest, _ exchange: Exchange) {
        guard case .answered(let answer) = exchange else {
            self.init(request: request)
            return
        }
        let beginning = answer.body.prefix(LedgerLimits.answerBytesMax)
        self.init(
            request: request,
            status: answer.status,
            answer: String(decoding: beginning.wholeScalars, as: UTF8.self)
        )
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without a character at their end of which only the beginning is there.
    fileprivate var wholeScalars: ArraySlice<UInt8> {
        guard let lead = suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return self }
        let length = (~self[lead]).leadingZeroBitCount
        return length > 1 && endIndex - lead < length ? self[..<lead] : self
    }
}
