import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension SandboxResponder {
    /// Sends an answer of the stand-in API as its fault wants it.
    ///
    /// Where nothing is to be sent, the connection is closed when this returns, and what it returns reaches nobody.
    func deliver(_ answer: APIAnswer, to request: Request, over channel: any Channel) async -> Response {
        switch answer.delivery {
        case .whole: break
        case .late: await wait()
        case .cutOff: return cutOff(answer)
        case .reset:
            await reset(channel)
            return Response(status: .internalServerError)
        case .never:
            await hang(request)
            try? await channel.close()
            return Response(status: .internalServerError)
        }
        return response(answer, body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
    }

    private func response(_ answer: APIAnswer, body: ResponseBody) -> Response {
        var headers = headers(answer.contentType)
        headers[.retryAfter] = answer.retryAfterSeconds.map(String.init)
        return Response(status: HTTPResponse.Status(code: answer.status), headers: headers, body: body)
    }

    /// Waits as long as a slow answer takes; a sandbox that stops answers at once.
    private func wait() async {
        try? await cancelWhenGracefulShutdown { [clock, slowDelay] in try await clock.sleep(for: slowDelay) }
    }

    /// Promises the whole body and sends half of it; an error within the body closes the connection.
    private func cutOff(_ answer: APIAnswer) -> Response {
        let body = ByteBuffer(string: answer.body)
        return response(
            answer,
            body: ResponseBody(contentLength: body.readableBytes) { writer in
                try await writer.write(body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? body)
                throw CutOff()
            }
        )
    }

    private struct CutOff: Error {}

    /// Breaks the connection: with nothing to linger for, the system sends RST instead of FIN.
    private func reset(_ channel: any Channel) async {
        if let socket = channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close()
    }

    /// Waits until the client goes away or the sandbox stops.
    private func hang(_ request: Request) async {
        let body = request.body
        try? await cancelWhenGracefulShutdown {
            try await body.consumeWithCancellationOnInboundClose { body in
                // Of a body that was too long to be read there is more to come; a body that was read never ends a second time.
                for try await _ in body {}
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
    }
}
