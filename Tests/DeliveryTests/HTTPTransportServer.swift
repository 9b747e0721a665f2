import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that keeps what it is sent and answers with bytes, right or wrong.
final class ScriptedServer: Sendable {
    /// What the server does with each connection.
    enum Step: Sendable {
        /// Sends this text.
        case sends(String)
        /// Sends this text one byte at a time, five milliseconds apart.
        case drips(String)
        /// Sends this many bytes as fast as they are taken.
        case floods(Int)
        /// Closes the connection.
        case closes
        /// Breaks the connection off.
        case resets
    }

    /// When the server begins.
    enum Moment: Sendable {
        /// When a whole request has come.
        case request
        /// When somebody connects.
        case connection
    }

    private let channel: any Channel
    private let log: Log

    /// What has come in so far.
    final class Log: Sendable {
        fileprivate let state = Mutex((requests: [String](), connections: 0, bytesSent: 0))
        fileprivate let arrivals = AsyncStream.makeStream(of: Void.self)
    }

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        self.log = log
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    /// The requests as they came over the wire.
    var requests: [String] { log.state.withLock { $0.requests } }

    var connections: Int { log.state.withLock { $0.connections } }

    var bytesSent: Int { log.state.withLock { $0.bytesSent } }

    /// Waits until a request has come.
    func waitForRequest() async {
        for await _ in log.arrivals.stream { return }
    }

    /// Runs a server while the body runs.
    static func running<Result>(
        _ steps: [Step],
        moment: Moment = .request,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let log = Log()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(Script(steps: steps, moment: moment, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let server = ScriptedServer(channel: channel, log: log)
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

/// One connection of the server.
private final class Script: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 << 10)

    private let steps: [ScriptedServer.Step]
    private let moment: ScriptedServer.Moment
    private let log: ScriptedServer.Log
    private var received = ""

    init(steps: [ScriptedServer.Step], moment: ScriptedServer.Moment, log: ScriptedServer.Log) {
        self.steps = steps
        self.moment = moment
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        log.state.withLock { $0.connections += 1 }
        if moment == .connection { play(steps[...], context: context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        guard moment == .request, isWhole else { return }
        log.state.withLock { $0.requests.append(received) }
        received = ""
        log.arrivals.continuation.yield()
        play(steps[...], context: context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Whether head and body of a request are there.
    private var isWhole: Bool {
        let parts = received.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let lengths = parts[0].split(separator: "\r\n").compactMap { line -> Int? in
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, field[0].lowercased() == "content-length" else { return nil }
            return Int(field[1].drop { $0 == " " })
        }
        return parts[1].utf8.count >= lengths.first ?? 0
    }

    private func play(_ steps: ArraySlice<ScriptedServer.Step>, context: ChannelHandlerContext) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        let this = NIOLoopBound(self, eventLoop: context.value.eventLoop)
        switch step {
        case .sends(let text):
            context.value.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            play(rest, context: context.value)
        case .drips(let text):
            guard let byte = text.utf8.first else { return play(rest, context: context.value) }
            context.value.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil)
            let remaining = String(text.utf8.dropFirst()) ?? ""
            context.value.eventLoop.scheduleTask(in: .milliseconds(5)) {
                guard context.value.channel.isActive else { return }
                this.value.play([.drips(remaining)] + rest, context: context.value)
            }
        case .floods(let count):
            guard count > 0 else { return play(rest, context: context.value) }
            let part = Self.chunk.getSlice(at: 0, length: min(count, Self.chunk.readableBytes)) ?? Self.chunk
            context.value.writeAndFlush(wrapOutboundOut(part)).assumeIsolated().whenSuccess {
                this.value.log.state.withLock { $0.bytesSent += part.readableBytes }
                this.value.play([.floods(count - part.readableBytes)] + rest, context: context.value)
            }
        case .closes:
            context.value.close(promise: nil)
        case .resets:
            let options = context.value.channel as? any SocketOptionProvider
            let isSet = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            isSet?.whenComplete { _ in context.value.close(promise: nil) }
        }
    }
}
