import Diagnostics
public import RuleEngine

/// A table as it was read when the rules were compiled.
struct TableRead: Sendable {
    /// Where it comes from.
    var source: TableSource

    /// The columns that the rules were checked against.
    var columns: [String]

    /// The state of the file when it was read.
    var stamp: FileStamp?
}

/// Notices table files that have changed and reads them again.
///
/// A value that is asked from time to time and told the time; whoever holds it decides on which thread files are read. A file
/// counts as changed once it has looked the same at two checks, a second or more apart, and other than when it was read: an
/// editor that empties a file and then writes it is not caught in between. What cannot be used (a missing or broken file, or
/// one that has lost a column) leaves the rows as they are, and is told once for each state of the file.
///
/// ```swift
/// for change in reloading.check(at: .now) { … }
/// ```
public struct TableReloading: Sendable {
    /// What became of a table whose file has changed.
    public enum Change: Sendable {
        /// The rows of the file as it is now.
        case replaced(LookupTable)

        /// The rows stay as they are, since the file cannot be used.
        case kept(table: String, reason: String)
    }

    /// How long a check stays good, and how long a file must look the same.
    public static let interval = Duration.seconds(1)

    private var files: [Watched]
    private var lastCheck: ContinuousClock.Instant?

    private struct Watched: Sendable {
        let read: TableRead
        /// The state of the file that was looked at last and either read or refused.
        var settled: FileStamp?
        /// Another state, seen at the last check.
        var seen: Seen?
    }

    private struct Seen: Equatable, Sendable {
        var stamp: FileStamp?
    }

    init(_ tables: [TableRead]) {
        files = tables.map { Watched(read: $0, settled: $0.stamp) }
    }

    /// Whether there is nothing to watch.
    public var isEmpty: Bool { files.isEmpty }

    /// Looks at all files, and reads those that have changed.
    ///
    /// - Returns: Nothing when the last check was less than ``interval`` ago.
    /// - Complexity: One look at each file; O(n) in the size of those that have changed.
    public mutating func check(at now: ContinuousClock.Instant) -> [Change] {
        if let lastCheck, now - lastCheck < Self.interval { return [] }
        lastCheck = now
        return files.indices.compactMap { check(&files[$0]) }
    }

    private func check(_ file: inout Watched) -> Change? {
        let now = Seen(stamp: file.read.source.stamp())
        guard now.stamp != file.settled else {
            file.seen = nil
            return nil
        }
        guard file.seen == now else {
            file.seen = now
            return nil
        }
        let reading = file.read.source.read()
        guard reading.stamp == now.stamp, file.read.source.stamp() == now.stamp else {
            // Changed while it was read: what was read may be half of the old and half of the new.
            file.seen = nil
            return nil
        }
        file.settled = now.stamp
        file.seen = nil
        return change(file.read, reading)
    }

    private func change(_ read: TableRead, _ reading: TableSource.Reading) -> Change {
        let errors = reading.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty, let table = reading.table else {
            return .kept(table: read.source.name, reason: reason(errors))
        }
        if let lost = read.columns.first(where: { !$0.isEmpty && !table.columns.contains($0) }) {
            return .kept(table: read.source.name, reason: "'\(read.source.path)' has lost its column '\(lost)'")
        }
        return .replaced(table)
    }

    /// The first error, with the line where it stands in a table's file.
    private func reason(_ errors: [Diagnostic]) -> String {
        guard let first = errors.first else { return "it cannot be used" }
        let place = first.primary.map { "\($0.span.place): " } ?? ""
        let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
        return "\(place)\(first.message)\(more)"
    }
}
