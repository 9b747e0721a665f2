import Events
import Testing

@testable import Receiver

@Suite(.timeLimit(.minutes(10)))
struct GroupCommitTests {
    /// Runs a committer for as long as the body does.
    private func running(
        _ sink: TestSink,
        _ limits: ReceiverLimits = ReceiverLimits(),
        log: LogRecord = LogRecord(),
        _ body: @Sendable (GroupCommit, inout TaskGroup<[GroupCommit.Outcome]>) async -> Void
    ) async {
        let commits = GroupCommit(sink: sink, limits: limits, logger: log.logger)
        await withTaskGroup(of: [GroupCommit.Outcome].self) { group in
            group.addTask {
                await commits.run()
                return []
            }
            await body(commits, &group)
            commits.close()
        }
    }

    private func event(_ name: Int) -> [ReceivedEvent] {
        [ReceivedEvent("\(name)".utf8, hook: Hook(), received: Instant(milliseconds: 0))]
    }

    @Test func `requests that come during a commit share the next`() async {
        let sink = TestSink(isStaged: true)
        await running(sink) { commits, group in
            group.addTask { [await commits.keep(event(0))] }
            #expect(await sink.nextCommit() == 1)
            // Each of these lines up before it waits; the second commit cannot begin before the first ends.
            await withTaskGroup(of: GroupCommit.Outcome.self) { others in
                for name in 1...100 { others.addTask { await commits.keep(event(name)) } }
                while commits.uncommitted < 101 { await Task.yield() }
                sink.end()
                #expect(await sink.nextCommit() == 100)
                sink.end()
                for await outcome in others { #expect(outcome == .kept) }
            }
        }
        #expect(sink.commits.map(\.count) == [1, 100])
    }

    @Test func `a failed commit fails its own requests only, and is logged once`() async {
        let sink = TestSink(isStaged: true)
        let log = LogRecord()
        let full = SinkProblem("the disk is full")
        await running(sink, log: log) { commits, _ in
            for problem in [full, full, nil] {
                async let outcome = commits.keep(event(0))
                _ = await sink.nextCommit()
                sink.end(with: problem)
                #expect(await outcome == problem.map { .failed($0) } ?? .kept)
            }
        }
        #expect(sink.commits.count == 1)
        #expect(
            log.lines == [
                "error: events are answered with 503 and not kept: the disk is full", "notice: events are kept again",
            ]
        )
    }

    @Test func `a sink that hangs fills up to the limit, and who waits is let go`() async {
        let sink = TestSink(isStaged: true)
        var limits = ReceiverLimits()
        limits.uncommittedEventsMax = 2
        await running(sink, limits) { commits, group in
            group.addTask { [await commits.keep(event(0))] }
            _ = await sink.nextCommit()
            #expect(await commits.keep(event(1), within: .milliseconds(20)) == .late)
            #expect(await commits.keep(event(2), within: .milliseconds(20)) == .late)
            #expect(await commits.keep(event(3) + event(4)) == .crowded)
            sink.end()
        }
        #expect(sink.lines == event(0).map { String(decoding: $0.line, as: UTF8.self) })
    }

    @Test func `closing commits what waits and takes nothing more`() async {
        let sink = TestSink(isStaged: true)
        await running(sink) { commits, group in
            group.addTask { [await commits.keep(event(0))] }
            _ = await sink.nextCommit()
            group.addTask { [await commits.keep(event(1))] }
            while commits.uncommitted < 2 { await Task.yield() }
            commits.close()
            #expect(await commits.keep(event(2)) == .late)
            sink.end()
            sink.end()
        }
        #expect(sink.commits.map(\.count) == [1, 1])
    }
}
