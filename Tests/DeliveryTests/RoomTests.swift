import Synchronization
import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct RoomTests {
    /// Tasks that only run when the test lets them.
    private let executor = StepExecutor()
    private let journal = Journal()

    private func enter(_ room: Room, as name: String) {
        Task(executorPreference: executor) { [journal] in
            journal.write(await room.enter() ? "\(name) is in" : "\(name) is sent away")
        }
        executor.runUntilIdle()
    }

    @Test func `who finds no room waits, and those who wait enter as they came`() {
        let room = Room(size: 2)
        for name in ["a", "b", "c", "d"] { enter(room, as: name) }
        #expect(journal.take() == ["a is in", "b is in"])
        room.leave()
        executor.runUntilIdle()
        #expect(journal.take() == ["c is in"])
        room.leave()
        executor.runUntilIdle()
        #expect(journal.take() == ["d is in"])
        room.leave()
        #expect(!room.isEmpty)
        room.leave()
        #expect(room.isEmpty)
    }

    @Test func `closing sends those away who wait and those who come`() {
        let room = Room(size: 1)
        for name in ["a", "b", "c"] { enter(room, as: name) }
        room.close()
        executor.runUntilIdle()
        enter(room, as: "d")
        room.leave()
        enter(room, as: "e")
        #expect(journal.take() == ["a is in", "b is sent away", "c is sent away", "d is sent away", "e is sent away"])
        #expect(room.isClosed)
        #expect(room.isEmpty)
    }

    @Test func `closing twice is closing once`() {
        let room = Room(size: 1)
        enter(room, as: "a")
        enter(room, as: "b")
        room.close()
        room.close()
        executor.runUntilIdle()
        #expect(journal.take() == ["a is in", "b is sent away"])
    }

    @Test func `with real threads there are never more inside than there is room`() async {
        let room = Room(size: 3)
        let counts = Counts()
        await withDiscardingTaskGroup { group in
            for _ in 0..<500 {
                group.addTask {
                    guard await room.enter() else { return }
                    counts.enter()
                    await Task.yield()
                    counts.leave()
                    room.leave()
                }
            }
        }
        #expect(counts.most <= 3)
        #expect(counts.entered == 500)
        #expect(room.isEmpty)
    }
}

/// Counts those inside from outside.
private final class Counts: Sendable {
    private let state = Mutex((inside: 0, most: 0, entered: 0))

    var most: Int { state.withLock { $0.most } }

    var entered: Int { state.withLock { $0.entered } }

    func enter() {
        state.withLock { $0 = ($0.inside + 1, max($0.most, $0.inside + 1), $0.entered + 1) }
    }

    func leave() {
        state.withLock { $0.inside -= 1 }
    }
}
