#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One file that is followed by its path, as `tail -F` does.
///
/// Holds the files that the path led to, oldest first, open. The oldest is read until it is finished, then the next.
/// A file that the path no longer leads to is finished
/// - as soon as one behind it holds bytes: whoever writes has then turned to the new one, and what was written to the old
///   one before that is read first, since the old one is read to its end once more after the new one was looked at; or
/// - when it has no name left anywhere, and nothing came for ``FollowingReader/gracePolls`` polls.
///
/// So a renamed file whose writer goes on, because nobody told it of the rotation, is read for as long as the path holds
/// nothing or an empty file. With several writers, lines written to the old file after another writer has begun the new
/// one are not waited for.
///
/// A last line without a line feed comes out when its file is finished, unless the new file repeats what was read and
/// goes on with it: a file that was written anew and renamed over the old one is read on, not again.
final class FollowedFile {
    /// What a step brought.
    enum Step {
        case line(InputLine)
        case change(FollowedChange)
        /// There is nothing more now.
        case nothing
        case interrupted
    }

    private enum PathState: Equatable {
        case unknown
        case present
        case absent
        case unreadable(Int32)
    }

    /// So many files of one path are held open at once; further ones are opened when the oldest is finished.
    private static let openFilesMax = 8

    let path: String
    private let lineBytesMax: Int
    private let interrupt: InputInterrupt
    private let marks: [InputMark]
    private var isBegun = false
    private var state = PathState.unknown
    private var open: [OpenFile] = []
    private var changes: [FollowedChange.Kind] = []
    private var lastMark: InputMark?

    init(_ path: String, marks: [InputMark], lineBytesMax: Int, interrupt: InputInterrupt) {
        self.path = path
        self.marks = marks
        self.lineBytesMax = lineBytesMax
        self.interrupt = interrupt
        lastMark = marks.first { $0.path == path }
    }

    /// How far was read, of the file that is read now, or was read last.
    func mark() throws(InputProblem) -> InputMark? {
        if let mark = try open.first?.mark() { keep(mark) }
        return lastMark
    }

    /// A mark belongs to the path that is followed, whatever the name of the file is.
    private func keep(_ mark: InputMark) {
        lastMark = mark
        lastMark?.path = path
    }

    /// The next line, or what happened instead.
    ///
    /// - Parameter poll: Counts how often was waited.
    /// - Returns: What the step brought.
    /// - Throws: Why the file cannot be followed or read.
    func next(poll: Int) throws(InputProblem) -> Step {
        while true {
            if !changes.isEmpty { return .change(FollowedChange(path: path, kind: changes.removeFirst())) }
            guard let file = open.first else {
                if interrupt.isInterrupted { return .interrupted }
                try look(poll)
                if open.isEmpty, changes.isEmpty { return .nothing }
                continue
            }
            switch try file.next(poll: poll) {
            case .line(let line):
                guard !file.reader.isGzip || file.isRest else { throw problem(.gzipFollowed) }
                return .line(line)
            case .interrupted: return .interrupted
            case .replaced: try readFromStart(file)
            case .end: guard try isMoreBehindEnd(of: file, poll) else { return .nothing }
            }
        }
    }

    private func problem(_ cause: InputProblem.Cause) -> InputProblem {
        InputProblem(input: path, operation: .follow, cause: cause)
    }

    // MARK: - At the end of what is there

    /// Whether there is something to do now that everything there was read.
    private func isMoreBehindEnd(of file: OpenFile, _ poll: Int) throws(InputProblem) -> Bool {
        switch file.phase {
        case .open:
            try look(poll)
            if try isToBeFinished(file, poll) { file.phase = .draining }
            return file.phase == .draining || !changes.isEmpty
        case .draining: if try !goesOnInNext(file) { file.end() }
        case .ending:
            _ = try mark()
            open.removeFirst()
            if !open.isEmpty { changes.append(.rotated(finished: file.reader.position)) }
        }
        return true
    }

    private func isToBeFinished(_ file: OpenFile, _ poll: Int) throws(InputProblem) -> Bool {
        guard file.isDetached else { return false }
        if file.reader.isGzip { return true }
        for later in open.dropFirst() where try later.reader.source.status().size > 0 { return true }
        guard try file.reader.source.status().nameCount == 0 else { return false }
        return file.silence(poll: poll) >= FollowingReader.gracePolls
    }

    /// Goes on in the next file, if the old one was replaced by one that repeats it.
    private func goesOnInNext(_ file: OpenFile) throws(InputProblem) -> Bool {
        // A renamed file is still there by itself: then the new one only looks alike.
        guard open.count > 1, try file.reader.source.status().nameCount == 0, let mark = try file.reader.mark(),
            try open[1].reader.continues(mark)
        else { return false }
        try open[1].begin(at: mark)
        open.removeFirst()
        changes.append(.resumed(at: mark.position, knownAs: path))
        return true
    }

    /// Reads a file from its start whose content was replaced in place, after the rest of what it held if that was copied
    /// before.
    private func readFromStart(_ file: OpenFile) throws(InputProblem) {
        changes.append(.truncated(was: file.positionBefore))
        let before = try file.markBefore()
        try file.begin()
        guard let before else { return }
        keep(before)
        if let rest = try LineReader.rest(
            of: before,
            lineBytesMax: lineBytesMax,
            isFollowing: true,
            interrupt: interrupt
        ) {
            insert(rest: rest, from: before.position)
        } else if !interrupt.isInterrupted {
            changes.append(.restNotFound(before))
        }
    }

    private func insert(rest reader: LineReader, from position: InputPosition) {
        open.insert(OpenFile(reader, isRest: true), at: 0)
        changes.append(.restFound(sibling: reader.name, from: position))
    }

    // MARK: - At the path

    /// Looks at what the path leads to now, and opens it if it is another file.
    private func look(_ poll: Int) throws(InputProblem) {
        let content = PathContent(of: path)
        if case .unreadable(let code) = content { return enter(.unreadable(code)) }
        if case .file(let status) = content, let last = open.last, !last.isRest,
            try last.reader.source.status().isSameFile(as: status)
        {
            last.attach(true, poll: poll)
            return enter(.present)
        }
        if let last = open.last, !last.isRest { last.attach(false, poll: poll) }
        if case .file(let status) = content {
            guard !status.isFolder else { throw problem(.directory) }
            guard status.isRegular else { throw problem(.notRegular) }
        }
        do throws(InputProblem) {
            if !isBegun {
                try begin()
            } else if case .file = content {
                try openNext()
            } else {
                enter(.absent)
            }
        } catch {
            guard error.operation == .open, case .system(let code) = error.cause else { throw error }
            enter(code == ENOENT ? .absent : .unreadable(code))
        }
    }

    private func begin() throws(InputProblem) {
        let resumption = try Resumption(
            of: path,
            marks: marks,
            lineBytesMax: lineBytesMax,
            isFollowing: true,
            interrupt: interrupt
        )
        // What was not found because the search was ended is not lost.
        if interrupt.isInterrupted { return }
        isBegun = true
        enter(resumption.reader == nil ? .absent : .present)
        switch resumption.rest {
        case .none: break
        case .reader(let rest): insert(rest: rest, from: rest.position)
        case .notFound(let mark): changes.append(.restNotFound(mark))
        }
        guard let reader = resumption.reader else { return }
        try refuseGzip(reader)
        open.append(OpenFile(reader))
        if let mark = resumption.mark { changes.append(.resumed(at: mark.position, knownAs: mark.path)) }
    }

    private func openNext() throws(InputProblem) {
        guard open.count < Self.openFilesMax else { return }
        let reader = try LineReader(.file(path), lineBytesMax: lineBytesMax, isFollowing: true, interrupt: interrupt)
        try refuseGzip(reader)
        enter(.present)
        open.append(OpenFile(reader))
    }

    private func refuseGzip(_ reader: LineReader) throws(InputProblem) {
        if try reader.source.bytes(at: 0, count: 2) == [0x1F, 0x8B] { throw problem(.gzipFollowed) }
    }

    private func enter(_ new: PathState) {
        defer { state = new }
        guard new != state else { return }
        switch new {
        case .unknown: break
        case .absent: changes.append(state == .unknown ? .awaited : .gone)
        case .unreadable(let code): changes.append(.unreadable(code))
        // Of a file that comes while another is being finished is told when it is begun.
        case .present: if state != .unknown, open.isEmpty || state != .absent { changes.append(.appeared) }
        }
    }
}
