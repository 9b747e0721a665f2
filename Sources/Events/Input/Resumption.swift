/// How reading of a file begins when earlier runs may have read of it.
///
/// What is left of a rotated file is read first, then what lies at the path:
///
/// ```swift
/// let resumption = try Resumption(of: path, marks: ledger.marks)
/// if case .reader(let rest) = resumption.rest { … }
/// if let reader = resumption.reader { … }
/// ```
public struct Resumption {
    /// What became of the file that the path led to before.
    public enum Rest {
        /// It is the one that lies there, or there was none.
        case none
        /// It lies under another name, and this reads what is left of it.
        case reader(LineReader)
        /// It is not to be found; the mark says how much of it had been read.
        case notFound(InputMark)
    }

    /// What is to be read before anything else.
    public let rest: Rest

    /// Reads what lies at the path; `nil` if nothing does.
    public let reader: LineReader?

    /// Where that goes on; `nil` if it begins at its start.
    public let mark: InputMark?

    /// Opens a file and finds out how much of it was read.
    ///
    /// - Parameters:
    ///   - path: The file, by the name under which marks were made.
    ///   - marks: What earlier runs have read, newest first.
    ///   - lineBytesMax: How long a line may be without its line end.
    ///   - isFollowing: Whether files may grow while they are read.
    ///   - interrupt: What ends a blocked read and the search.
    /// - Throws: Why what lies at the path cannot be read.
    public init(
        of path: String,
        marks: [InputMark],
        lineBytesMax: Int = LineReader.lineBytesMaxDefault,
        isFollowing: Bool = false,
        interrupt: InputInterrupt? = nil
    ) throws(InputProblem) {
        func rest(of mark: InputMark) throws(InputProblem) -> LineReader? {
            try LineReader.rest(of: mark, lineBytesMax: lineBytesMax, isFollowing: isFollowing, interrupt: interrupt)
        }
        var isThere = true
        if case .nothing = PathContent(of: path) { isThere = false }
        let reader =
            try isThere
            ? LineReader(.file(path), lineBytesMax: lineBytesMax, isFollowing: isFollowing, interrupt: interrupt) : nil
        self.reader = reader
        let newest = marks.first { $0.path == path }
        if let newest, let reader, try reader.isLikeButNot(newest), let rest = try rest(of: newest),
            try newest.isOf(rest.source.status())
        {
            self.rest = .reader(rest)
            mark = try reader.resume(among: marks.filter { $0.inode != newest.inode })
            return
        }
        mark = try reader?.resume(among: marks)
        guard let newest, mark?.path != path else {
            self.rest = .none
            return
        }
        self.rest = try rest(of: newest).map { .reader($0) } ?? .notFound(newest)
    }
}

extension LineReader {
    /// Whether the file continues a mark, but is another one, and so little was read that two files may well begin so.
    fileprivate func isLikeButNot(_ mark: InputMark) throws(InputProblem) -> Bool {
        guard mark.fileOffset < InputMark.fingerprintBytesMax, try !mark.isOf(source.status()) else { return false }
        return try continues(mark)
    }
}
