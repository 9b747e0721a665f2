import Events

/// Files that are read on as they grow.
final class FollowingSource: LineSource {
    private let reader: FollowingReader
    private let origin: String
    private var isAhead = true
    /// What happened to files so often: lines of the file before and the one after may have the same number.
    private var changeCount = 0

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - reader: What reads the files.
    ///   - origin: What names lines without an id, with the file's number and theirs.
    init(_ reader: FollowingReader, origin: String) {
        self.reader = reader
        self.origin = origin
    }

    /// The step that would wait says so first.
    var isLineBuffered: Bool { isAhead }

    func next(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> SourceStep {
        do throws(InputProblem) {
            let step = try reader.next(until: deadline)
            if case .idle = step { isAhead = false } else { isAhead = true }
            switch step {
            case .line(let line, let file): return .line(named(line, file))
            case .change(let change):
                changeCount += 1
                return .notice("\(change)")
            case .idle: return .idle
            case .interrupted: return .interrupted
            }
        } catch {
            throw .input(error)
        }
    }

    func marks() throws(SourceProblem) -> [InputMark] {
        do throws(InputProblem) { return try reader.marks() } catch { throw .input(error) }
    }

    private func named(_ line: InputLine, _ file: Int) -> SourceLine {
        SourceLine(
            content: .held(line),
            place: LinePlace(
                number: line.number,
                input: reader.paths.count > 1 ? reader.paths[file] : nil,
                origin: LineOrigin(prefix: "\(origin):\(changeCount):\(file)", number: Int64(line.number))
            )
        )
    }
}
