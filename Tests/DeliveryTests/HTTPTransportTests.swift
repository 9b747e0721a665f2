import ActionKit
import Delivery
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10)))
struct HTTPTransportTests {
    static let json = #"{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}"#
    static let secret = "key_s3cr3t-Of_tests"

    static let request = ActionRequest(
        destination: "doubletick",
        method: "POST",
        path: "/collaborators/add",
        json: json
    )

    /// 2026-01-07 12:00:00 UTC.
    static let now = Date(timeIntervalSince1970: 1_767_787_200)

    static func destination(
        _ url: String,
        header: String = "Authorization",
        timeout: Duration = .seconds(30)
    ) throws -> Destination {
        Destination(
            name: "doubletick",
            baseURL: try BaseURL(url),
            credential: try Credential(secret),
            credentialHeader: header,
            timeout: timeout
        )
    }

    /// Sends requests over a transport that knows one destination.
    static func exchange(
        _ request: ActionRequest = request,
        with destination: Destination
    ) async -> Exchange {
        let transport = HTTPTransport(["doubletick": destination], now: { now })
        let exchange = await transport.send(request)
        await transport.shutdown()
        return exchange
    }

    /// Sends one request to a server that does these things.
    static func exchange(
        server steps: [ScriptedServer.Step],
        timeout: Duration = .seconds(30)
    ) async throws -> Exchange {
        try await ScriptedServer.running(steps) { server in
            await exchange(with: try destination("http://127.0.0.1:\(server.port)", timeout: timeout))
        }
    }

    @Test func `an answer that repeats the key comes back without it`() async throws {
        let answer = "HTTP/1.1 401 No\r\ncontent-length: 26\r\n\r\nno such key: \(Self.secret)"
        let exchange = try await Self.exchange(server: [
            .sends(answer.replacing("26", with: "\(13 + Self.secret.count)"))
        ])
        #expect(exchange == .answered(Answer(status: 401, body: Array("no such key: •••".utf8))))
    }

    // MARK: - What is sent

    @Test func `a request goes out as documented, the key bare in its header`() async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")]) { server in
            let exchange = await Self.exchange(with: try Self.destination("http://127.0.0.1:\(server.port)/v2/"))
            #expect(exchange == .answered(Answer(status: 200, body: Array("{}".utf8))))
            #expect(
                server.requests == [
                    """
                    POST /v2/collaborators/add HTTP/1.1\r
                    Authorization: key_s3cr3t-Of_tests\r
                    Content-Type: application/json\r
                    User-Agent: beckon\r
                    host: 127.0.0.1:\(server.port)\r
                    Content-Length: 75\r
                    \r
                    \(Self.json)
                    """
                ]
            )
        }
    }

    @Test func `a destination without a key gets none, and a request without a body no content type`() async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 204 No Content\r\n\r\n")]) { server in
            let destination = Destination(
                name: "doubletick",
                baseURL: try BaseURL("http://127.0.0.1:\(server.port)"),
                credential: nil
            )
            let request = ActionRequest(destination: "doubletick", method: "GET", path: "/team?limit=1")
            #expect(await Self.exchange(request, with: destination) == .answered(Answer(status: 204, body: [])))
            #expect(
                server.requests == [
                    """
                    GET /team?limit=1 HTTP/1.1\r
                    User-Agent: beckon\r
                    host: 127.0.0.1:\(server.port)\r
                    \r\n
                    """
                ]
            )
        }
    }

    @Test func `a destination can have its key in another header`() async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 204 No Content\r\n\r\n")]) { server in
            let url = "http://127.0.0.1:\(server.port)"
            _ = await Self.exchange(with: try Self.destination(url, header: "X-Api-Key"))
            #expect(server.requests.map { $0.split(separator: "\r\n")[1] } == ["X-Api-Key: key_s3cr3t-Of_tests"])
        }
    }

    @Test func `a key that is replaced goes out with the next request, and is masked in its answer`() async throws {
        let key = "key_of-tomorrow"
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: \(key.utf8.count)\r\n\r\n\(key)"
        try await ScriptedServer.running([.sends(answer)]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            let transport = HTTPTransport(["doubletick": destination], now: { Self.now })
            #expect(await transport.send(Self.request) == .answered(Answer(status: 200, body: Array(key.utf8))))
            #expect(transport.replaceCredential(of: "doubletick", with: try Credential(key)))
            #expect(!transport.replaceCredential(of: "doubletick", with: try Credential(key)))
            #expect(!transport.replaceCredential(of: "nobody", with: try Credential("key_of-nobody")))
            #expect(await transport.send(Self.request) == .answered(Answer(status: 200, body: Array("•••".utf8))))
            await transport.shutdown()
            #expect(
                server.requests.map { $0.split(separator: "\r\n")[1] } == [
                    "Authorization: \(Self.secret)", "Authorization: \(key)",
                ]
            )
        }
    }

    @Test func `requests one after the other share a connection`() async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 204 No Content\r\n\r\n")]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            let transport = HTTPTransport(["doubletick": destination], now: { Self.now })
            for _ in 0..<5 {
                #expect(await transport.send(Self.request) == .answered(Answer(status: 204, body: [])))
            }
            await transport.shutdown()
            #expect(server.requests.count == 5)
            #expect(server.connections == 1)
        }
    }

    @Test func `many requests at a time are answered each`() async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")]) { server in
            let destination = try Self.destination("http://localhost:\(server.port)")
            let transport = HTTPTransport(["doubletick": destination], now: { Self.now })
            let exchanges = await withTaskGroup(of: Exchange.self) { group in
                for _ in 0..<64 { group.addTask { await transport.send(Self.request) } }
                return await group.reduce(into: Set<Exchange>()) { $0.insert($1) }
            }
            await transport.shutdown()
            #expect(exchanges == [.answered(Answer(status: 200, body: Array("ok".utf8)))])
            #expect(server.requests.count == 64)
        }
    }

    // MARK: - Answers

    @Test(
        arguments: [
            ("HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nhello", 201, "hello"),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 200, "hello"),
            ("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nuntil the end", 200, "until the end"),
            ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old"),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok"),
            ("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", 401, ""),
            ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>", 502, "<html>"),
            ("HTTP/1.1 599 \r\ncontent-length: 1\r\n\r\n\u{7F}", 599, "\u{7F}"),
            ("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nraw", 200, "raw"),
        ]
    )
    func `an answer is passed on as it came`(answer: String, status: Int, body: String) async throws {
        let exchange = try await Self.exchange(server: [.sends(answer), .closes])
        #expect(exchange == .answered(Answer(status: status, body: Array(body.utf8))))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is an answer and is not followed`(status: Int) async throws {
        try await ScriptedServer.running([.sends("HTTP/1.1 204 No Content\r\n\r\n")]) { elsewhere in
            let location = "http://127.0.0.1:\(elsewhere.port)/"
            let answer = "HTTP/1.1 \(status) Moved\r\nlocation: \(location)\r\ncontent-length: 0\r\n\r\n"
            let exchange = try await Self.exchange(server: [.sends(answer)])
            #expect(exchange == .answered(Answer(status: status, body: [])))
            #expect(elsewhere.connections == 0)
        }
    }

    @Test(
        arguments: [
            ("7", .seconds(7)),
            ("0", .zero),
            ("86400", .seconds(3600)),
            ("99999999999999999999999999", .seconds(3600)),
            ("Wed, 07 Jan 2026 12:01:30 GMT", .seconds(90)),
            ("Wed, 07 Jan 2026 11:00:00 GMT", .zero),
            ("Thu, 07 Jan 2027 12:00:00 GMT", .seconds(3600)),
            ("Wednesday, 07-Jan-26 12:00:05 GMT", .seconds(5)),
            ("Wed Jan  7 12:00:05 2026", .seconds(5)),
            ("Wed, 31 Foo 2026 12:00:00 GMT", nil),
            ("Wed, 07 Jan 2026 25:00:00 GMT", nil),
            ("-5", nil),
            ("1.5", nil),
            ("soon", nil),
            ("", nil),
        ] as [(String, Duration?)]
    )
    func `a destination says how long to leave it alone`(header: String, wait: Duration?) async throws {
        let answer = "HTTP/1.1 429 Too Many Requests\r\nretry-after: \(header)\r\ncontent-length: 0\r\n\r\n"
        let exchange = try await Self.exchange(server: [.sends(answer)])
        #expect(exchange == .answered(Answer(status: 429, body: [], retryAfter: wait)))
    }

    @Test func `a huge answer is cut and its rest is not read`() async throws {
        let size = 100 << 20
        try await ScriptedServer.running(
            [.sends("HTTP/1.1 200 OK\r\ncontent-length: \(size)\r\n\r\n"), .floods(size)]
        ) { server in
            let exchange = await Self.exchange(with: try Self.destination("http://127.0.0.1:\(server.port)"))
            let body = [UInt8](repeating: UInt8(ascii: "x"), count: HTTPTransport.answerBytesMax)
            #expect(exchange == .answered(Answer(status: 200, body: body)))
            // What fills the buffers of the sockets goes out in any case.
            #expect(server.bytesSent < size / 2)
        }
    }

    @Test(arguments: [-1, 0, 1])
    func `an answer of about the greatest size is whole up to that size`(difference: Int) async throws {
        let size = HTTPTransport.answerBytesMax + difference
        let exchange = try await Self.exchange(
            server: [.sends("HTTP/1.1 200 OK\r\ncontent-length: \(size)\r\n\r\n"), .floods(size)]
        )
        let kept = min(size, HTTPTransport.answerBytesMax)
        #expect(exchange == .answered(Answer(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: kept))))
    }

    // MARK: - Failures after sending

    @Test(
        arguments: [
            [],
            [.sends("HTTP/1.1 200 OK\r\n")],
            [.sends("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello")],
            [.drips("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + String(repeating: "x", count: 1000))],
            [.drips("HTTP/1.1 200 OK\r\nx-endless: " + String(repeating: "x", count: 1000))],
            [.sends(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 3))],
        ] as [[ScriptedServer.Step]]
    )
    func `an exchange ends at its deadline whatever the server does`(steps: [ScriptedServer.Step]) async throws {
        let exchange = try await Self.exchange(server: steps, timeout: .seconds(1))
        #expect(
            exchange == .unanswered(Reason("timeout", "No whole answer of 127.0.0.1 came within 1.0 seconds."))
        )
    }

    @Test(
        arguments: [
            [.closes],
            [.resets],
            [.sends("HTTP/1.1 200 OK\r\n"), .closes],
            [.sends("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"), .closes],
            [.sends("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"), .resets],
            [.sends("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel"), .closes],
        ] as [[ScriptedServer.Step]]
    )
    func `a connection that breaks off leaves the outcome unknown`(steps: [ScriptedServer.Step]) async throws {
        #expect(
            try await Self.exchange(server: steps)
                == .unanswered(
                    Reason(
                        "connection-closed",
                        "The connection to 127.0.0.1 closed before the whole answer came."
                    )
                )
        )
    }

    @Test(
        arguments: [
            "SSH-2.0-OpenSSH_9.2\r\n",
            "\u{0}\u{1}\u{2}\u{3}\r\n\r\n",
            "HTTP/1.1 two hundred\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nx: " + String(repeating: "x", count: 100_000) + "\r\n\r\n",
            "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 000 Nought\r\nContent-Length: 0\r\n\r\n",
        ]
    )
    func `an answer that is not HTTP leaves the outcome unknown`(answer: String) async throws {
        #expect(
            try await Self.exchange(server: [.sends(answer), .closes])
                == .unanswered(Reason("not-http", "The answer of 127.0.0.1 is not HTTP."))
        )
    }

    @Test func `an exchange ends when its task is cancelled`() async throws {
        let exchange = try await ScriptedServer.running([]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            let sending = Task { await Self.exchange(with: destination) }
            await server.waitForRequest()
            sending.cancel()
            return await sending.value
        }
        #expect(
            exchange
                == .unanswered(Reason("cancelled", "The request to 127.0.0.1 was cancelled before an answer came."))
        )
    }

    // MARK: - Failures before sending

    @Test func `nothing is sent by a task that is cancelled already`() async throws {
        try await ScriptedServer.running([]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            let exchange = await withTaskGroup(of: Exchange.self) { group in
                group.cancelAll()
                group.addTask { await Self.exchange(with: destination) }
                return await group.next()
            }
            #expect(
                exchange
                    == .notSent(Reason("cancelled", "The request to 127.0.0.1 was cancelled before it was sent."))
            )
            #expect(server.connections == 0)
        }
    }

    @Test func `a destination whose key has no valid header is sent nothing`() async throws {
        try await ScriptedServer.running([.closes]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)", header: "X Key:\r\n")
            #expect(
                await Self.exchange(with: destination)
                    == .notSent(Reason("unusable-request", "The request to doubletick is not valid HTTP."))
            )
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: [.zero, .seconds(-1), .seconds(Int64.max)] as [Duration])
    func `a time limit out of bounds is brought into them`(timeout: Duration) async throws {
        let exchange = try await Self.exchange(
            server: [.sends("HTTP/1.1 204 No Content\r\n\r\n")],
            timeout: timeout
        )
        // A millisecond may or may not be enough.
        switch exchange {
        case .answered(let answer): #expect(answer == Answer(status: 204, body: []))
        case .notSent(let reason), .unanswered(let reason): #expect(reason.code.hasSuffix("timeout"))
        }
        #expect(timeout < .seconds(1) || exchange == .answered(Answer(status: 204, body: [])))
    }

    @Test(arguments: ["http", "https"])
    func `a port on which nobody listens is reached by nothing`(scheme: String) async throws {
        // One of the system's own, which is given to nobody by chance, as a port that was just closed may be.
        let port = 1
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            let destination = try Self.destination("\(scheme)://\(host):\(port)")
            #expect(
                await Self.exchange(with: destination)
                    == .notSent(Reason("connection-refused", "Nobody accepts connections at \(host)."))
            )
        }
    }

    @Test func `a host that has no address is reached by nothing`() async throws {
        let destination = try Self.destination("https://no-such-host.invalid")
        #expect(
            await Self.exchange(with: destination)
                == .notSent(Reason("no-such-host", "The host name no-such-host.invalid could not be resolved."))
        )
    }

    @Test(arguments: [[.sends("HTTP/1.1 400 Bad Request\r\n\r\n")], [.closes], [.resets]] as [[ScriptedServer.Step]])
    func `nothing is sent to a server that speaks no TLS`(steps: [ScriptedServer.Step]) async throws {
        try await ScriptedServer.running(steps, moment: .connection) { server in
            let destination = try Self.destination("https://127.0.0.1:\(server.port)")
            #expect(
                await Self.exchange(with: destination)
                    == .notSent(
                        Reason("tls", "The TLS handshake with 127.0.0.1 failed; its certificate may not be trusted.")
                    )
            )
            #expect(server.requests == [])
        }
    }

    @Test func `nothing is sent to a server that leaves the TLS handshake unanswered`() async throws {
        try await ScriptedServer.running([], moment: .connection) { server in
            let destination = try Self.destination("https://127.0.0.1:\(server.port)", timeout: .milliseconds(150))
            #expect(
                await Self.exchange(with: destination)
                    == .notSent(Reason("connect-timeout", "No connection to 127.0.0.1 came about in time."))
            )
            #expect(server.requests == [])
        }
    }

    @Test func `an unknown destination is reached by nothing`() async throws {
        let transport = HTTPTransport([:], now: { Self.now })
        #expect(
            await transport.send(Self.request)
                == .notSent(Reason("unknown-destination", "No destination has the name 'doubletick'."))
        )
        await transport.shutdown()
    }

    @Test(
        arguments: [
            ("POST", "collaborators"), ("POST", ""), ("POST", "/a b"), ("POST", "/a\r\nx: y"), ("POST", "/ä"),
            ("POST", "/../admin"), ("POST", "/a/%2E%2e/b"), ("POST", "/a#b"), ("POST", "/%4"), ("POST", "/a?b\u{0}"),
            ("", "/a"), ("PO ST", "/a"), ("GET / HTTP/1.1\r\nx:", "/a"), ("TRACE", "/a"), ("CONNECT", "/a"),
        ]
    )
    func `a request that is not valid HTTP is not sent`(method: String, path: String) async throws {
        try await ScriptedServer.running([.closes]) { server in
            let request = ActionRequest(destination: "doubletick", method: method, path: path, json: "{}")
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            #expect(
                await Self.exchange(request, with: destination)
                    == .notSent(Reason("unusable-request", "The request to doubletick is not valid HTTP."))
            )
            #expect(server.connections == 0)
        }
    }

    @Test func `nothing is sent after the transport was shut down`() async throws {
        try await ScriptedServer.running([.closes]) { server in
            let destination = try Self.destination("http://127.0.0.1:\(server.port)")
            let transport = HTTPTransport(["doubletick": destination], now: { Self.now })
            await transport.shutdown()
            await transport.shutdown()
            #expect(
                await transport.send(Self.request)
                    == .notSent(
                        Reason("shut-down", "The request to 127.0.0.1 came after the transport was shut down.")
                    )
            )
            #expect(server.connections == 0)
        }
    }
}
