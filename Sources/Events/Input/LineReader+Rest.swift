extension LineReader {
    /// How many files of a folder are opened in search of the rest of a rotated one; in folders with more, those are
    /// looked at whose names and times speak for them.
    public static let siblingsMax = 64

    /// How many names of a folder are read in that search.
    public static let folderNamesMax = 10_000

    /// Finds the rest of a file whose path holds other content now, or nothing: a file in the same folder that holds what
    /// was read, under whatever name, plain or packed by gzip since.
    ///
    /// A packed one is unpacked up to the mark, once for looking and once for reading on.
    ///
    /// - Parameters:
    ///   - mark: How far the file was read.
    ///   - lineBytesMax: How long a line may be without its line end.
    ///   - isFollowing: Whether the file may grow still, its writer having it open.
    ///   - interrupt: What ends the search.
    /// - Returns: A reader that goes on behind the mark; `nil` if the rest is not to be found.
    /// - Throws: Why what was found cannot be read on.
    public static func rest(
        of mark: InputMark,
        lineBytesMax: Int = LineReader.lineBytesMaxDefault,
        isFollowing: Bool = false,
        interrupt: InputInterrupt? = nil
    ) throws(InputProblem) -> LineReader? {
        for sibling in siblings(of: mark).prefix(siblingsMax) {
            if interrupt?.isInterrupted == true { return nil }
            // What cannot be opened or read is not the file that was read before, or cannot be read on.
            guard
                let reader = try? LineReader(
                    .file(sibling.path),
                    lineBytesMax: lineBytesMax,
                    isFollowing: isFollowing,
                    interrupt: interrupt
                )
            else { continue }
            if (try? reader.continues(mark)) == true {
                try reader.resume(from: mark)
                return reader
            }
            if !mark.isGzip, (try? reader.unpacksToContinue(mark)) == true {
                try reader.restart(at: mark.position)
                return reader
            }
        }
        return nil
    }

    private struct Sibling {
        let path: String
        /// Smaller is likelier: the same file by number, a name made from the old one, any other name.
        let rank: Int
        let changed: Int
    }

    /// The files of the folder that may hold what was read, the likeliest first.
    private static func siblings(of mark: InputMark) -> [Sibling] {
        let nameStart = mark.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { mark.path.utf8.index(after: $0) }
        let folder = nameStart.map { String(mark.path[..<$0]) } ?? ""
        let base = String(mark.path[(nameStart ?? mark.path.startIndex)...])
        let stem = base.firstIndex(of: ".").map { String(base[..<$0]) } ?? base
        var current: FileStatus?
        if case .file(let status) = PathContent(of: mark.path) { current = status }
        let found = namesInFolder(folder.isEmpty ? "." : folder, countMax: folderNamesMax).compactMap { name in
            guard name != base, case .file(let status) = PathContent(of: folder + name), status.isRegular,
                status.size >= mark.fileOffset || name.hasSuffix(".gz"),
                current.map({ !$0.isSameFile(as: status) }) ?? true
            else { return nil as Sibling? }
            let rank = mark.isOf(status) ? 0 : name.hasPrefix(base) ? 1 : name.hasPrefix(stem) ? 2 : 3
            return Sibling(path: folder + name, rank: rank, changed: status.changed)
        }
        return found.sorted { ($0.rank, -$0.changed, $0.path) < ($1.rank, -$1.changed, $1.path) }
    }

    /// Whether the file, unpacked, holds what was read of the plain file of a mark.
    private func unpacksToContinue(_ mark: InputMark) throws(InputProblem) -> Bool {
        guard try source.bytes(at: 0, count: 2) == [0x1F, 0x8B] else { return false }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { unsafe chunk.deallocate() }
        let unpacking = unsafe try GzipReader(source, after: UnsafeRawBufferPointer(start: nil, count: 0))
        var (head, tail, left): ([UInt8], [UInt8], Int) = ([], [], mark.fileOffset)
        var isHeadSeen = false
        while left > 0 {
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: chunk[..<min(left, chunk.count)])
            guard case .bytes(let count) = unsafe try unpacking.read(into: room) else { return false }
            left -= count
            if head.count < mark.head.byteCount {
                unsafe head.append(contentsOf: room[..<min(count, mark.head.byteCount - head.count)])
            }
            if !isHeadSeen, head.count == mark.head.byteCount {
                guard InputMark.Fingerprint(of: head) == mark.head else { return false }
                isHeadSeen = true
            }
            unsafe tail.append(contentsOf: room[..<count].suffix(mark.tail.byteCount))
            tail.removeFirst(max(0, tail.count - mark.tail.byteCount))
        }
        return InputMark.Fingerprint(of: tail) == mark.tail
    }
}
