import Synchronization

/// The state behind its lock, and the bell that rings after each change.
final class SandboxStore: Sendable {
    /// Tells pages that something changed.
    let feed: VersionFeed

    private let state: Mutex<SandboxState>

    /// Takes the state to begin with.
    init(_ state: SandboxState, pagesMax: Int) {
        self.state = Mutex(state)
        feed = VersionFeed(subscribersMax: pagesMax)
    }

    /// Reads the state.
    func read<Result: Sendable>(_ body: (SandboxState) -> Result) -> Result {
        state.withLock { body($0) }
    }

    /// Changes the state as one step that nobody sees half of.
    func change<Result: Sendable>(_ body: (inout SandboxState) -> Result) -> Result {
        let (result, version) = state.withLock { state in
            let before = state.version
            let result = body(&state)
            return (result, state.version == before ? nil : state.version)
        }
        if let version { feed.announce(version) }
        return result
    }
}
