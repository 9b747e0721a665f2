package import Foundation
internal import Synchronization

/// The built binary, run as a user runs it: a real process in a folder of its own.
package struct BeckonProcess {
    /// What a process left behind.
    package struct Result {
        /// The exit status, or the signal that ended it.
        package var status: Int32
        /// What it wrote to stdout.
        package var output: String
        /// What it wrote to stderr.
        package var errors: String
        /// The records on stdout, one a line.
        package var lines: [String] { output.split(separator: "\n").map(String.init) }
        /// What people are told, without how long it took.
        package var told: String { errors.withoutTimes }
    }

    /// The binary beside the test bundle.
    package static var binary: URL {
        // `swift test` runs a bundle that lies in the folder of the products.
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = bundle.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("beckon")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        return repository.appendingPathComponent(".build/debug/beckon")
    }

    /// The root of the project.
    package static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// Runs to the end and collects everything.
    ///
    /// Nothing of the test's environment reaches the process but the path, so that no key or override lies about.
    package static func run(
        _ arguments: [String],
        in folder: URL,
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Result {
        let environment = ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
        return try await run(binary, arguments, in: folder, input: input, environment: environment)
    }

    /// Runs a command for a shell, in which `beckon` is on the path.
    package static func shell(
        _ command: String,
        in folder: URL,
        environment: [String: String] = [:]
    ) async throws -> Result {
        let path = "\(binary.deletingLastPathComponent().path):/usr/bin:/bin"
        let bash = URL(fileURLWithPath: "/bin/bash")
        let environment = environment.merging(["PATH": path]) { _, new in new }
        return try await run(bash, ["-c", command], in: folder, input: "", environment: environment)
    }

    /// Waits on a thread of its own: tests share two threads with the servers that they talk to.
    private static func run(
        _ executable: URL,
        _ arguments: [String],
        in folder: URL,
        input: String,
        environment: [String: String]
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result {
                        let process = Process()
                        process.executableURL = executable
                        process.arguments = arguments
                        process.currentDirectoryURL = folder
                        process.environment = environment
                        return try collect(process, input: file(input, in: folder))
                    }
                )
            }
        }
    }

    private static func collect(_ process: Process, input: FileHandle) throws -> Result {
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let collected = Mutex(Data())
        let reader = DispatchGroup()
        reader.enter()
        Thread.detachNewThread {
            let bytes = errors.fileHandleForReading.readDataToEndOfFile()
            collected.withLock { $0 = bytes }
            reader.leave()
        }
        let written = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        reader.wait()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: written, as: UTF8.self),
            errors: collected.withLock { String(decoding: $0, as: UTF8.self) }
        )
    }

    private static func file(_ text: String, in folder: URL) throws -> FileHandle {
        let url = folder.appendingPathComponent(".stdin-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try FileHandle(forReadingFrom: url)
    }
}

/// A fresh folder with the files that a test needs; goes away with the value.
package final class Workplace {
    /// Where it is.
    package let folder: URL

    /// Makes the folder and writes files into it, by their paths in it.
    package init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("beckon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file, and makes the folder that it lies in.
    package func write(_ text: String, to path: String) throws {
        let url = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// The text of a file.
    package func read(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// Runs the binary here.
    package func beckon(
        _ arguments: String...,
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> BeckonProcess.Result {
        try await beckon(arguments, input: input, environment: environment)
    }

    /// Runs the binary here.
    package func beckon(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> BeckonProcess.Result {
        // The folder goes away with this value, so the value must outlive the process.
        defer { withExtendedLifetime(self) {} }
        return try await BeckonProcess.run(arguments, in: folder, input: input, environment: environment)
    }

    /// Runs a command for a shell here.
    package func shell(_ command: String, environment: [String: String] = [:]) async throws -> BeckonProcess.Result {
        defer { withExtendedLifetime(self) {} }
        return try await BeckonProcess.shell(command, in: folder, environment: environment)
    }

    /// Whether there is something at a path here.
    package func holds(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }
}

extension String {
    /// The text without what differs from run to run: how long it took, times of day, ports and processes.
    package var withoutTimes: String {
        replacing(#/ \(\d+\.\d s, \d+ events/s\)/#, with: "")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "TIME")
            .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
            .replacing(/process \d+/, with: "process NUMBER")
    }
}
