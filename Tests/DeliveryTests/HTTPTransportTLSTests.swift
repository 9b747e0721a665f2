import ActionKit
import Delivery
import Foundation
import Testing

/// Needs the `openssl` program, which makes the certificate and serves with it.
@Suite(.timeLimit(.minutes(10)), .enabled(if: OpenSSL.isThere))
struct HTTPTransportTLSTests {
    @Test func `nothing is sent to a server whose certificate nobody has signed`() async throws {
        let server = try await OpenSSL.Server()
        defer { server.stop() }
        let destination = try HTTPTransportTests.destination("https://127.0.0.1:\(server.port)")
        #expect(
            await HTTPTransportTests.exchange(with: destination)
                == .notSent(
                    Reason("tls", "The TLS handshake with 127.0.0.1 failed; its certificate may not be trusted.")
                )
        )
    }
}

/// The program that makes certificates.
private enum OpenSSL {
    static let path = "/usr/bin/openssl"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The program did not do what it was asked for.
    struct Problem: Error {
        var arguments: [String]
    }

    /// A server with a certificate that it has signed itself.
    struct Server {
        let port: Int
        private let process: Process
        private let folder: URL

        init() async throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "beckon-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let files = [
                "-keyout", folder.appending(path: "key").path, "-out", folder.appending(path: "certificate").path,
            ]
            let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            _ = try await OpenSSL.start(["req", "-x509", "-days", "1", "-subj", "/CN=127.0.0.1"] + curve + files) { _ in
                nil
            }
            let served = [
                "-cert", folder.appending(path: "certificate").path, "-key", folder.appending(path: "key").path,
            ]
            (process, port) = try await OpenSSL.start(["s_server", "-accept", "127.0.0.1:0", "-www"] + served) { line in
                line.hasPrefix("ACCEPT ") ? line.split(separator: ":").last.flatMap { Int($0) } : nil
            }
        }

        func stop() {
            process.terminate()
            try? FileManager.default.removeItem(at: folder)
        }
    }

    /// Starts the program, and waits until it says what is to be known or, if it never does, until it ends.
    private static func start(
        _ arguments: [String],
        reading: @escaping (String) -> Int?
    ) async throws -> (Process, Int) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardInput = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let (chunks, continuation) = AsyncStream.makeStream(of: Data.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { continuation.finish() } else { continuation.yield(data) }
        }
        defer { output.fileHandleForReading.readabilityHandler = nil }
        try process.run()
        var text = ""
        for await chunk in chunks {
            text += String(decoding: chunk, as: UTF8.self)
            for line in text.split(separator: "\n") {
                if let number = reading(String(line)) { return (process, number) }
            }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Problem(arguments: arguments) }
        return (process, 0)
    }
}
