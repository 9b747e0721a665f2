import Listening
import NIOCore
import NIOPosix

/// A client that sends bytes as they are told and reads answers off the wire.
final class WireClient {
    /// One answer; the date is left out, since it is another each second.
    struct Answer: Equatable {
        var status: Int
        var headers: [String]
        var body: String

        init(_ status: Int, _ headers: [String], _ body: String = "") {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var text = ""

    private init(
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.outbound = outbound
        self.inbound = inbound
    }

    /// Connects for as long as the body runs.
    static func connected<Result: Sendable>(
        to address: ListeningAddress,
        _ body: (WireClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(WireClient(outbound: outbound, inbound: inbound.makeAsyncIterator()))
        }
    }

    /// Sends text.
    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Sends a request with a body of known length.
    func request(_ method: String, _ path: String, _ body: String = "") async throws {
        try await send("\(method) \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Reads the next answer; `nil` when the connection ends first.
    func answer() async -> Answer? {
        guard let head = await take({ $0.firstRange(of: "\r\n\r\n")?.upperBound }) else { return nil }
        let lines = head.split(separator: "\r\n").map { $0.lowercased() }
        let length = lines.compactMap { $0.wholeMatch(of: /content-length: (\d+)/)?.1 }.first.flatMap { Int($0) } ?? 0
        let body = await take { text in
            text.utf8.count < length ? nil : text.utf8.index(text.startIndex, offsetBy: length)
        }
        guard let body, let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            return nil
        }
        return Answer(status, lines.dropFirst().filter { !$0.hasPrefix("date: ") }.sorted(), body)
    }

    /// Sends a request and reads the answer, also where the server answers before it has read all.
    func exchange(_ method: String, _ path: String, _ body: String = "") async -> Answer? {
        try? await request(method, path, body)
        return await answer()
    }

    /// Waits until the server closes the connection; returns what it sent before.
    func rest() async -> String {
        await take { _ in nil } ?? text
    }

    private func take(_ end: (String) -> String.Index?) async -> String? {
        while true {
            if let end = end(text) {
                defer { text = String(text[end...]) }
                return String(text[..<end])
            }
            guard let piece = try? await inbound.next(isolation: #isolation) else { return nil }
            text += String(buffer: piece)
        }
    }
}
