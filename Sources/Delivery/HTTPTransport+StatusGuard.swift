internal import NIOCore
internal import NIOHTTP1

/// Breaks a connection off whose answer has a status below 100, before the client sees it.
///
/// The client takes every status below 200 for one that another follows, and ends the process when the answer ends there. One
/// from 100 to 199 is followed by another indeed; below, there is no meaning in HTTP (RFC 9110, 15).
final class StatusGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    /// Puts a guard behind the decoder of a connection that is set up.
    static func add(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(StatusGuard(), position: .after(decoder))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data), head.status.code < 100 else {
            return context.fireChannelRead(data)
        }
        context.fireErrorCaught(HTTPParserError.invalidStatus)
        context.close(promise: nil)
    }
}
