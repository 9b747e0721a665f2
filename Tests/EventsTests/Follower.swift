import Events
import Foundation

/// A following reader on one file of a folder, whose waits take no time.
final class Follower {
    let folder: TemporaryFolder
    let interrupt: InputInterrupt
    private let name: String
    private var reader: FollowingReader
    private let pollsLeft = Counter()

    private final class Counter {
        var count = 0
    }

    init(_ name: String = "a", in folder: TemporaryFolder? = nil, marks: [InputMark] = []) throws {
        self.name = name
        self.folder = try folder ?? TemporaryFolder()
        interrupt = try InputInterrupt()
        reader = Self.reader(self.folder[name], marks, interrupt, pollsLeft)
    }

    private static func reader(
        _ path: String,
        _ marks: [InputMark],
        _ interrupt: InputInterrupt,
        _ left: Counter
    ) -> FollowingReader {
        FollowingReader([path], marks: marks, interrupt: interrupt) { _ in
            left.count -= 1
            return left.count < 0
        }
    }

    func marks() throws -> [InputMark] { try reader.marks() }

    /// Begins anew with what a ledger would hold.
    func restart() throws {
        reader = Self.reader(folder[name], try reader.marks(), interrupt, pollsLeft)
    }

    /// Everything that comes up to the end, after so many polls.
    func read(polls: Int = 1, linesMax: Int = .max) throws -> [String] {
        pollsLeft.count = polls
        var found: [String] = []
        var lines = 0
        while lines < linesMax {
            switch try reader.next() {
            case .line(let line, _):
                lines += 1
                found.append("\(line.number):\(unsafe String(decoding: line.bytes, as: UTF8.self))")
            case .change(let change): found.append(text(change.kind))
            case .idle: break
            case .interrupted: return found
            }
        }
        return found
    }

    private func text(_ kind: FollowedChange.Kind) -> String {
        switch kind {
        case .resumed(let position, _): "on after \(position.line)"
        case .restFound(let sibling, let position):
            "rest in \(sibling.split(separator: "/").last ?? "") behind \(position.line)"
        case .restNotFound(let mark): "rest unknown after \(mark.position.line)"
        case .awaited: "awaited"
        case .appeared: "appeared"
        case .gone: "gone"
        case .unreadable: "unreadable"
        case .rotated(let finished): "rotated after \(finished.line)"
        case .truncated(let was): "cut after \(was.line)"
        }
    }
}
