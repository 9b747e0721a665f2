import Testing

@testable import Delivery

@Suite(.timeLimit(.minutes(10)))
struct MailboxTests {
    @Test func `messages come in order, all that are there at once`() async {
        let mailbox = Mailbox<String>()
        mailbox.post("one")
        mailbox.post("two")
        await mailbox.wait()
        #expect(mailbox.takeAll() == ["one", "two"])
        #expect(mailbox.takeAll() == [])
    }

    @Test func `a reader that waits is woken, even when it was cancelled`() {
        let executor = StepExecutor()
        let journal = Journal()
        let mailbox = Mailbox<String>()
        let reader = Task(executorPreference: executor) {
            for _ in 0..<2 {
                await mailbox.wait()
                for message in mailbox.takeAll() { journal.write(message) }
            }
        }
        executor.runUntilIdle()
        #expect(journal.take() == [])
        reader.cancel()
        mailbox.post("one")
        executor.runUntilIdle()
        mailbox.post("two")
        mailbox.post("three")
        executor.runUntilIdle()
        #expect(journal.take() == ["one", "two", "three"])
    }
}
