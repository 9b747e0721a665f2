import Foundation
import Listening
import NIOCore
import NIOPosix
import Sandbox

/// One connection to a sandbox without a library that would smooth over how it ends.
struct RawClient {
    /// What came over the connection, and how it ended.
    struct Seen: Equatable {
        enum Ending: Equatable {
            /// The other side closed it in good order.
            case closed
            /// It was broken off.
            case reset
        }

        var text = ""
        var ending = Ending.closed

        /// The body as far as it came.
        var body: String { text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first.map(String.init) ?? "" }

        /// The value of a header.
        func header(_ name: String) -> String? {
            let head = text.components(separatedBy: "\r\n\r\n")[0]
            let line = head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("\(name): ") }
            return line.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    let address: ListeningAddress

    /// Asks for an agent to be added to the chat with a customer, and reads until the connection ends.
    ///
    /// `isLeaving` ends the own half of the connection as soon as it returns.
    func add(to customer: String, isLeaving: (() async -> Void)? = nil) async throws -> Seen {
        let json = #"{"from":"919999900000","to":"\#(customer)","agentNumbers":["919999900101"]}"#
        let request =
            "POST /collaborators/add HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: key_sandbox\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)"
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            var seen = Seen()
            try await outbound.write(ByteBuffer(string: request))
            if let isLeaving {
                await isLeaving()
                outbound.finish()
            }
            do {
                for try await buffer in inbound { seen.text += String(buffer: buffer) }
            } catch let error as IOError where error.errnoCode == ECONNRESET {
                seen.ending = .reset
            }
            return seen
        }
    }
}
