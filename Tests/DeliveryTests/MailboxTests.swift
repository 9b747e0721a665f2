import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct MailboxTests {
    @Test func `messages come in order, urgent ones first`() async {
        let mailbox = Mailbox<String>()
        mailbox.post("one")
        mailbox.post("fire", isUrgent: true)
        mailbox.post("two")
        #expect(mailbox.hasUrgent)
        mailbox.post("flood", isUrgent: true)
        var taken: [String] = []
        for _ in 0..<4 { taken.append(await mailbox.take()) }
        #expect(taken == ["fire", "flood", "one", "two"])
        #expect(!mailbox.hasUrgent)
    }

    @Test func `a reader that waits gets the next message, even when it was cancelled`() {
        let executor = StepExecutor()
        let journal = Journal()
        let mailbox = Mailbox<String>()
        let reader = Task(executorPreference: executor) {
            for _ in 0..<2 { journal.write(await mailbox.take()) }
        }
        executor.runUntilIdle()
        #expect(journal.take() == [])
        reader.cancel()
        mailbox.post("one")
        executor.runUntilIdle()
        mailbox.post("two")
        executor.runUntilIdle()
        #expect(journal.take() == ["one", "two"])
    }
}
