import BuiltBeckon
import Foundation
import Synchronization

/// One life of a run: a process from its start to its end, by a kill or by itself.
struct Life {
    /// Whether it was killed.
    var wasKilled: Bool
    /// How it ended, if by itself.
    var status: Int32
    /// The whole records that it wrote.
    var records: [Record]
    /// What it told people.
    var errors: String

    /// What a record says of its job.
    struct Record: Decodable, Hashable {
        var job: Int64
        var status: String
    }

    /// What the process reads on stdin.
    enum Input: Sendable {
        case nothing
        /// A pipe with these lines, closed behind them.
        case lines(String)
        /// A pipe with these lines that stays open, as of a producer who is quiet.
        case open(String)
    }

    /// Lives one life in a folder.
    ///
    /// A process that waits for a quiet producer is killed after `openMax` at the latest.
    static func lived(
        _ arguments: [String],
        in folder: URL,
        input: Input,
        environment: [String: String],
        trigger: Trigger,
        moment: Trigger.Moment,
        signal: Int32 = SIGKILL,
        openMax: Duration = .milliseconds(1_500)
    ) async throws -> Life {
        let process = Process()
        process.executableURL = BeckonProcess.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
        let pipes = Pipes(input)
        process.standardInput = pipes.input
        process.standardOutput = pipes.output
        process.standardError = pipes.errors
        let ended = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            trigger.disarm()
            ended.continuation.yield(process.terminationStatus)
            ended.continuation.finish()
        }
        try process.run()
        trigger.arm(moment, process: process.processIdentifier, signal: signal)
        pipes.feed()
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await fire(trigger, moment, openMax: openMax, isOpen: input.isOpen) }
            async let records = pipes.records { trigger.noteRecord() }
            async let errors = pipes.errorText()
            var status: Int32 = 0
            for await end in ended.stream { status = end }
            group.cancelAll()
            let life = Life(
                wasKilled: trigger.disarm(),
                status: status,
                records: await records,
                errors: await errors
            )
            pipes.close()
            return life
        }
    }

    /// Fires when the time has come, if that is the moment; also when a process would else wait for a producer for ever.
    private static func fire(_ trigger: Trigger, _ moment: Trigger.Moment, openMax: Duration, isOpen: Bool) async {
        switch moment {
        case .time(let time):
            guard (try? await Task.sleep(for: time)) != nil else { return }
        case .call, .record, .never:
            guard isOpen, (try? await Task.sleep(for: openMax)) != nil else { return }
        }
        trigger.fire()
    }
}

extension Life.Input {
    fileprivate var isOpen: Bool { if case .open = self { true } else { false } }
}

/// The three streams of a process, each served by a thread of its own: tests share theirs with the sandbox.
private final class Pipes: Sendable {
    let input: Pipe
    let output = Pipe()
    let errors = Pipe()
    private let text: String
    private let isClosed: Bool

    init(_ input: Life.Input) {
        self.input = Pipe()
        switch input {
        case .nothing: (text, isClosed) = ("", true)
        case .lines(let lines): (text, isClosed) = (lines, true)
        case .open(let lines): (text, isClosed) = (lines, false)
        }
    }

    /// Writes what the process is to read.
    func feed() {
        Thread.detachNewThread { [self] in
            // A process that was killed reads no more: the rest is lost with it.
            try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            if isClosed { close() }
        }
    }

    func close() { try? input.fileHandleForWriting.close() }

    /// Reads records until the process has gone; one that it was killed over is left out.
    func records(_ note: @escaping @Sendable () -> Void) async -> [Life.Record] {
        let handle = output.fileHandleForReading
        return await onThread {
            var rest = Data()
            var records: [Life.Record] = []
            while case let part = handle.availableData, !part.isEmpty {
                rest.append(part)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    if let record = try? JSONDecoder().decode(Life.Record.self, from: Data(rest[..<end])) {
                        records.append(record)
                        note()
                    }
                    rest.removeSubrange(...end)
                }
            }
            return records
        }
    }

    func errorText() async -> String {
        let handle = errors.fileHandleForReading
        return await onThread { String(decoding: handle.readDataToEndOfFile(), as: UTF8.self) }
    }

    private func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
}
