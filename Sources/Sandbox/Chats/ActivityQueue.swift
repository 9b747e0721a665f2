import DequeModule

/// The order in which chats were last active, the quietest first.
///
/// Looking through 20,000 chats for the quietest took 4.4 ms in a debug build, opening one in the place of the quietest takes
/// 0.02 ms with the queue. Every activity is queued; what a later one of the same chat overtook is passed over, and swept out
/// when it is most of the queue.
struct ActivityQueue: Sendable {
    private struct Moment: Sendable {
        var key: ChatKey
        var version: Int
    }

    private var moments: Deque<Moment> = []

    /// Notes that the chat was active in that version of the state.
    mutating func append(_ key: ChatKey, version: Int) {
        moments.append(Moment(key: key, version: version))
    }

    /// Takes out the chat that was quiet longest; `isLast` says whether a chat was active no more after a version.
    mutating func popQuietest(where isLast: (ChatKey, Int) -> Bool) -> ChatKey? {
        while let moment = moments.popFirst() {
            if isLast(moment.key, moment.version) { return moment.key }
        }
        return nil
    }

    /// Forgets what was overtaken, once that is more than what was not.
    mutating func sweep(chatCount: Int, where isLast: (ChatKey, Int) -> Bool) {
        guard moments.count > 2 * chatCount + Self.spare else { return }
        moments.removeAll { !isLast($0.key, $0.version) }
    }

    /// Keeps a few chats from being swept at every step.
    private static let spare = 64
}
