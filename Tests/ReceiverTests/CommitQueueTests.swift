import Events
import Testing

@testable import Receiver

struct CommitQueueTests {
    private func events(_ names: String...) -> [ReceivedEvent] {
        names.map { ReceivedEvent($0.utf8, hook: Hook(), received: Instant(milliseconds: 0)) }
    }

    @Test func `a commit takes all that wait in order, and the next what came meanwhile`() {
        var queue = CommitQueue<String>(eventsMax: 10, bytesMax: 10_000)
        #expect(queue.enter(1, events("1", "2"), "first") == true)
        #expect(queue.enter(2, events("3"), "second") == true)
        #expect(queue.begin() == events("1", "2", "3"))
        #expect(queue.enter(3, events("4"), "third") == true)
        #expect(queue.finish() == ["first", "second"])
        #expect(queue.begin() == events("4"))
        #expect(queue.finish() == ["third"])
        #expect(queue.begin().isEmpty)
    }

    @Test func `events count until their commit has ended`() {
        var queue = CommitQueue<String>(eventsMax: 3, bytesMax: 10_000)
        #expect(queue.enter(1, events("1", "2"), "first") == true)
        #expect(queue.enter(2, events("3", "4"), "second") == false)
        #expect(queue.enter(3, events("3"), "third") == true)
        _ = queue.begin()
        #expect(queue.enter(4, events("4"), "fourth") == false)
        _ = queue.finish()
        #expect(queue.enter(5, events("4", "5", "6"), "fifth") == true)
    }

    @Test func `bytes count too`() {
        let size = events("1")[0].line.count
        var queue = CommitQueue<String>(eventsMax: 10, bytesMax: 2 * size)
        #expect(queue.enter(1, events("1"), "first") == true)
        #expect(queue.enter(2, events("2"), "second") == true)
        #expect(queue.enter(3, events("3"), "third") == false)
    }

    @Test func `who leaves takes the events along unless their commit has begun`() {
        var queue = CommitQueue<String>(eventsMax: 2, bytesMax: 10_000)
        #expect(queue.enter(1, events("1"), "first") == true)
        #expect(queue.enter(2, events("2"), "second") == true)
        #expect(queue.leave(1) == "first")
        #expect(queue.leave(1) == nil)
        #expect(queue.enter(3, events("3"), "third") == true)
        #expect(queue.begin() == events("2", "3"))
        #expect(queue.leave(2) == "second")
        #expect(queue.leave(2) == nil)
        #expect(queue.enter(4, events("4"), "fourth") == false)
        #expect(queue.finish() == ["third"])
        #expect(queue.leave(3) == nil)
    }
}
