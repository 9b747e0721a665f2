import Events
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into an orderly stop.
///
/// The first signal asks for it; a second one of either kind ends the process at once. A handler writes the signal's
/// number into a pipe and a thread reads it there: from the moment of ``shared`` on, no signal is lost, however early it
/// comes.
/// (Dispatch's signal sources are set up later, on another thread, and what comes before is gone.)
final class StopSignals: Sendable {
    /// The signals of this process.
    static let shared = StopSignals()

    private struct State {
        var received: Int32?
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Starts to listen for signals.
    ///
    /// A reader that goes away is no signal from now on, but an error of writing.
    private init() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        // Without a pipe the signals keep their usual effect, which is to end the process.
        guard unsafe pipe(&ends) == 0 else { return }
        unsafe signalPipe = ends[1]
        let readEnd = ends[0]
        Thread.detachNewThread { [self] in
            var number: UInt8 = 0
            while unsafe read(readEnd, &number, 1) == 1 || errno == EINTR { receive(Int32(number)) }
        }
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Only what is safe in a handler: one write, and errno as it was.
                let saved = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(signalPipe, &byte, 1)
                errno = saved
            }
        }
    }

    /// What ended the run, in terms of the exit status; `nil` while no signal came.
    var status: ExitStatus? {
        switch state.withLock({ $0.received }) {
        case SIGINT: .interrupted
        case SIGTERM: .terminated
        default: nil
        }
    }

    /// Runs something when the first signal comes; at once if it came already.
    func onStop(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if state.received == nil { state.actions.append(action) }
            return state.received != nil
        }
        if isLate { action() }
    }

    /// Makes an interrupt that the first signal pulls.
    ///
    /// - Throws: ``CannotStart`` when the process has no descriptors left.
    func interrupt() throws -> InputInterrupt {
        do throws(InputProblem) {
            let interrupt = try InputInterrupt()
            onStop { interrupt.interrupt() }
            return interrupt
        } catch {
            throw CannotStart(error.description)
        }
    }

    /// Waits for the first signal.
    func wait() async {
        await withCheckedContinuation { continuation in onStop { continuation.resume() } }
    }

    private func receive(_ number: Int32) {
        let actions = state.withLock { state -> [@Sendable () -> Void]? in
            guard state.received == nil else { return nil }
            state.received = number
            return state.actions
        }
        guard let actions else {
            exit(number == SIGINT ? ExitStatus.interrupted.rawValue : ExitStatus.terminated.rawValue)
        }
        for action in actions { action() }
    }
}

/// Where the handler writes.
///
/// Written once, before the handler is set; a plain integer with a constant for a start, so that reading it in a handler
/// runs no initialiser.
private nonisolated(unsafe) var signalPipe: Int32 = -1
