import DoubleTick
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Sends every request to its place: the page, the sandbox's own door, or the stand-in API.
struct SandboxResponder: HTTPResponder {
    typealias Context = SandboxContext

    let door: APIDoor
    let intake: MessageIntake
    let store: SandboxStore
    let templates: PageTemplates
    let writer: PageWriter
    let limits: SandboxLimits
    let slowDelay: Duration
    let clock: any Clock<Duration>
    let run: String
    let nowMilliseconds: @Sendable () -> Int64

    /// Answers one request.
    func respond(to request: Request, context: Context) async throws -> Response {
        let origin = request.headers[.origin]
        if let refusal = LoopbackGuard.refusal(host: request.head.authority, origin: origin) {
            return own(.forbidden, refusal, "Forbidden")
        }
        switch (request.method, request.uri.path) {
        case (.get, "/"): return page(request)
        case (.get, "/sandbox/page.css"): return text(PageStyle.text, "text/css; charset=utf-8")
        case (.get, "/sandbox/page.js"): return text(PageScript.text, "text/javascript; charset=utf-8")
        case (.get, "/sandbox/icon.svg"): return text(PageIcon.text, "image/svg+xml")
        case (.get, "/sandbox/state"): return try state(request)
        case (.get, "/sandbox/events"): return events(request)
        case (.post, "/sandbox/messages"): return try await messages(request)
        default: return try await api(request, context.channel)
        }
    }

    // MARK: The stand-in API

    private func api(_ request: Request, _ channel: any Channel) async throws -> Response {
        let type = request.headers[.contentType] ?? ""
        let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        let answer = door.answer(
            APICall(
                method: request.method.rawValue,
                path: request.uri.path,
                authorization: request.headers[.authorization],
                isJSON: essence == "application/json",
                body: try await body(request),
                milliseconds: nowMilliseconds()
            )
        )
        return await deliver(answer, to: request, over: channel)
    }

    // MARK: The sandbox's own door

    private func messages(_ request: Request) async throws -> Response {
        guard let lines = try await body(request) else {
            let message = "The body is longer than \(limits.bodyBytesMax) bytes; send it in pieces."
            return own(.contentTooLarge, message, "Payload Too Large")
        }
        return text(intake.receive(lines: lines).json, "application/json; charset=utf-8")
    }

    // MARK: The page

    private func page(_ request: Request) -> Response {
        let query = request.uri.queryParameters
        let view = writer.page(
            store.read { $0.snapshot() },
            selected: query["chat"].flatMap { ChatKey(String($0)) },
            view: query["view"].map(String.init),
            address: "http://\(request.head.authority ?? "")",
            run: run,
            now: nowMilliseconds()
        )
        return text(templates.render(view), "text/html; charset=utf-8")
    }

    private func state(_ request: Request) throws -> Response {
        let query = request.uri.queryParameters
        let question = StateQuestion(
            run: query["run"].map(String.init) ?? "",
            version: query["version"].flatMap { Int($0) } ?? 0,
            call: query["call"].flatMap { Int($0) } ?? 0,
            chat: query["chat"].flatMap { ChatKey(String($0)) },
            seen: query["seen"].flatMap { Int($0) } ?? 0
        )
        let (snapshot, lastDrop) = store.read { ($0.snapshot(), $0.versionOfLastDrop) }
        let view = writer.state(snapshot, since: question, run: run, now: nowMilliseconds(), lastDrop: lastDrop)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return text(String(decoding: try encoder.encode(view), as: UTF8.self), "application/json; charset=utf-8")
    }

    /// Sends `RUN VERSION` at once and after each change, as server-sent events; what changed, the page asks for.
    private func events(_ request: Request) -> Response {
        guard let versions = store.feed.subscribe() else {
            return own(.serviceUnavailable, "Too many pages are open.", "Service Unavailable")
        }
        var headers = headers("text/event-stream")
        headers[.connection] = "close"
        let body = request.body
        let first = store.read(\.version)
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await body.consumeWithCancellationOnInboundClose { _ in
                    try await writer.write(event(first, before: "retry: 1000\n"))
                    for await version in versions.cancelOnGracefulShutdown() {
                        try await writer.write(event(version))
                    }
                }
                try await writer.finish(nil)
            }
        )
    }

    private func event(_ version: Int, before: String = "") -> ByteBuffer {
        ByteBuffer(string: "\(before)event: version\ndata: \(run) \(version)\n\n")
    }

    // MARK: Parts

    /// The body; `nil` when it is longer than the limit.
    private func body(_ request: Request) async throws -> [UInt8]? {
        do {
            return Array(buffer: try await request.body.collect(upTo: limits.bodyBytesMax))
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    /// A refusal of the sandbox's own, in the form of DoubleTick's.
    private func own(_ status: HTTPResponse.Status, _ message: String, _ error: String) -> Response {
        let body = ErrorBody(statusCode: status.code, message: .one(message), error: error)
        return text(body.json(), "application/json; charset=utf-8", status: status)
    }

    private func text(_ text: String, _ type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: headers(type), body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Nothing that the page shows may load or run anything that the sandbox does not serve itself.
    func headers(_ type: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        headers[.xContentTypeOptions] = "nosniff"
        if let policy = HTTPField.Name("Referrer-Policy") { headers[policy] = "no-referrer" }
        return headers
    }
}
