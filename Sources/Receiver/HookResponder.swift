import Events
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers every request: keeps the events of those behind the right secret, and knows nothing of others.
struct HookResponder: HTTPResponder {
    let configuration: ReceiverConfiguration
    let commits: GroupCommit
    let tally: ReceiverTally
    let logger: Logger

    private var limits: ReceiverLimits { configuration.limits }

    /// Answers one request.
    func respond(to request: Request, context: HookContext) async throws -> Response {
        do throws(Refused) {
            let kept = try await keep(request, context.channel)
            tally.add(.success(kept))
            return answer(.ok, #"{"kept":\#(kept)}"#)
        } catch {
            tally.add(.failure(error))
            let answer = answer(to: error)
            return error.isEarly ? closing(answer, on: context.channel) : answer
        }
    }

    /// Keeps the events of a request; returns how many there were.
    private func keep(_ request: Request, _ channel: any Channel) async throws(Refused) -> Int {
        guard [.post, .put, .patch].contains(request.method),
            let hook = Hook(path: request.uri.path, secret: configuration.secret)
        else { throw Refused(.notFound) }
        let body = try await body(of: request, channel)
        let received = configuration.now()
        let events = try originals(in: body).map { ReceivedEvent($0, hook: hook, received: received) }
        logger.debug(
            "received",
            metadata: [
                "type": "\(hook.type ?? "")", "business": "\(hook.business ?? "")", "bytes": "\(body.count)",
                "events": "\(events.count)",
            ]
        )
        guard !events.isEmpty else { return 0 }
        switch await commits.keep(events, within: limits.commitDurationMax) {
        case .kept: return events.count
        case .failed: throw Refused(.notKept)
        case .crowded: throw Refused(.crowded)
        case .late: throw Refused(.late)
        }
    }

    // MARK: The body

    private func body(of request: Request, _ channel: any Channel) async throws(Refused) -> [UInt8] {
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        guard announced ?? 0 <= limits.bodyBytesMax else { throw tooLong }
        let deadline = close(channel, after: limits.bodyDurationMax)
        defer { deadline.cancel() }
        let bytes = try await bytes(of: request.body)
        // The server's parser reports a connection that ends within a body; a second look costs nothing.
        guard announced == nil || announced == bytes.count else { throw Refused(.cutOff) }
        return bytes
    }

    private var tooLong: Refused {
        Refused(.tooLong, detail: "the body has more than \(limits.bodyBytesMax) bytes")
    }

    private func bytes(of body: RequestBody) async throws(Refused) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await piece in body {
                guard bytes.count + piece.readableBytes <= limits.bodyBytesMax else { throw tooLong }
                bytes += piece.readableBytesView
            }
        } catch {
            throw error as? Refused ?? Refused(.cutOff)
        }
        return bytes
    }

    private func originals(in body: [UInt8]) throws(Refused) -> [ArraySlice<UInt8>] {
        switch HookBody(body) {
        case .empty: throw Refused(.empty, detail: "the body is empty")
        case .notJSON(let problem): throw Refused(.notJSON, detail: problem.reason)
        case .originals(let originals):
            guard originals.count <= limits.eventsPerRequestMax else {
                throw Refused(
                    .tooLong,
                    detail: "the list has more than \(limits.eventsPerRequestMax) elements",
                    isEarly: false
                )
            }
            return originals
        }
    }

    // MARK: The answer

    private func answer(to refused: Refused) -> Response {
        switch refused.cause {
        case .notFound:
            var headers = HTTPFields()
            headers[.connection] = "close"
            return Response(status: .notFound, headers: headers)
        case .cutOff: return answer(.badRequest, refused.json)
        case .empty, .notJSON:
            logger.notice("a body behind the right secret was answered with 400: \(refused.detail)")
            return answer(.badRequest, refused.json)
        case .tooLong:
            logger.warning("a body behind the right secret was answered with 413: \(refused.detail)")
            var answer = answer(.contentTooLarge, refused.json)
            if refused.isEarly { answer.headers[.connection] = "close" }
            return answer
        case .crowded, .notKept, .late:
            var answer = answer(.serviceUnavailable, refused.json)
            answer.headers[.retryAfter] = "\(limits.retryAfter.components.seconds)"
            return answer
        }
    }

    private func answer(_ status: HTTPResponse.Status, _ json: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: json)))
    }

    /// The same answer, after which the connection lingers and is closed.
    ///
    /// The wait begins when the answer has gone out: its sender must see it, however busy the machine is.
    private func closing(_ answer: Response, on channel: any Channel) -> Response {
        var answer = answer
        let body = answer.body
        answer.body = ResponseBody(contentLength: body.contentLength) { writer in
            // On the event loop the timer is set behind the write; set from here, it could be due before that is done.
            defer { channel.eventLoop.execute { close(channel, after: limits.lingerDuration) } }
            try await body.write(writer)
        }
        return answer
    }

    /// Closes a connection later, unless that is cancelled.
    @discardableResult
    private func close(_ channel: any Channel, after duration: Duration) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: TimeAmount(duration)) { channel.close(promise: nil) }
    }
}

/// What the responder needs to know of a request's connection.
struct HookContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
