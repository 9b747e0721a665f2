import Delivery
import DoubleTick
import Foundation
import Logging
import RuleCompiler
import Synchronization

/// Reads a key again that a destination refused, until it is another one.
///
/// Only a key in a file can change while a run lasts.
final class KeyWatch: Sendable {
    private let source: SecretSource
    private let transport: HTTPTransport
    private let logger: Logger
    private let isPaused = Mutex(false)

    /// How often the file is looked at while its key is refused.
    private static let interval = Duration.seconds(1)

    /// Creates a watch over the key of DoubleTick.
    init(_ source: SecretSource, transport: HTTPTransport, logger: Logger) {
        self.source = source
        self.transport = transport
        self.logger = logger
    }

    /// Whether the key may change.
    var mayChange: Bool { if case .file = source { true } else { false } }

    /// What is to be done about a key that is refused.
    var cure: String {
        mayChange
            ? "nothing more is sent there until \(source.place) holds another key"
            : "nothing more is sent there; set the right key in \(source.place) and start again"
    }

    /// Notes that the key in use is refused.
    func noteRefusal() {
        isPaused.withLock { $0 = true }
    }

    /// Watches until the task is cancelled.
    func run(_ intake: Dispatcher.Intake) async {
        guard mayChange else { return }
        while (try? await Task.sleep(for: Self.interval)) != nil {
            guard isPaused.withLock({ $0 }) else { continue }
            // A file that cannot be read now is being written, or is still to come.
            guard let text = try? source.text(environment: [:], what: "API key"),
                let credential = try? Credential(text),
                transport.replaceCredential(of: DoubleTickAPI.destination, with: credential)
            else { continue }
            isPaused.withLock { $0 = false }
            intake.resume(DoubleTickAPI.destination)
        }
    }
}
