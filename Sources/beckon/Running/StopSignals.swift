import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into an orderly stop.
///
/// The first signal asks for it; a second one of either kind ends the process at once.
final class StopSignals: Sendable {
    private struct State {
        var received: Int32?
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    // Written by `init` alone, and held only so that the sources stay alive.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    /// Starts to listen for signals.
    ///
    /// A reader that goes away is no signal from now on, but an error of writing.
    init() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.resume()
            unsafe sources.append(source)
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
