import Synchronization
import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct RoomTests {
    /// Tasks that only run when the test lets them.
    private let executor = StepExecutor()
    private let journal = Journal()
    private let inside = Count()

    private func room(size: Int) -> Room { Room(size: size) { [inside] in inside.value } }

    private func wait(for room: Room, as name: String) {
        Task(executorPreference: executor) { [journal] in
            journal.write(await room.wait { journal.write("\(name) waits") } ? "\(name) enters" : "\(name) leaves")
        }
        executor.runUntilIdle()
    }

    @Test func `who finds no room waits until there is some`() {
        let room = room(size: 2)
        wait(for: room, as: "a")
        inside.value = 2
        wait(for: room, as: "b")
        room.update()
        executor.runUntilIdle()
        #expect(journal.take() == ["a enters", "b waits"])
        inside.value = 1
        room.update()
        executor.runUntilIdle()
        #expect(journal.take() == ["b enters"])
    }

    @Test func `turning away sends those away who wait, closing also those who come`() {
        let room = room(size: 1)
        inside.value = 1
        wait(for: room, as: "a")
        room.turnAway()
        executor.runUntilIdle()
        wait(for: room, as: "b")
        room.close()
        executor.runUntilIdle()
        inside.value = 0
        wait(for: room, as: "c")
        #expect(journal.take() == ["a waits", "a leaves", "b waits", "b leaves", "c leaves"])
        #expect(room.isClosed)
    }

    @Test func `with real threads nobody waits for ever`() async {
        let room = room(size: 1)
        await withDiscardingTaskGroup { group in
            for _ in 0..<500 {
                group.addTask {
                    guard await room.wait(willWait: {}) else { return }
                    inside.value = 1
                    await Task.yield()
                    inside.value = 0
                    room.update()
                }
            }
        }
        room.close()
        #expect(inside.value == 0)
    }
}

/// A number that several threads see.
private final class Count: Sendable {
    private let state = Mutex(0)

    var value: Int {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
