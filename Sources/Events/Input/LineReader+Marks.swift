extension LineReader {
    /// A mark of the file at ``position``; `nil` for what is no file, and while nothing was read.
    ///
    /// Two short reads and one or two hashes, for asking after every batch.
    public func mark() throws(InputProblem) -> InputMark? {
        guard position.offset > 0, size != nil, source.isOwned else { return nil }
        if bytesRead == 0 { return resumed }
        let status = try source.status()
        let fileOffset = isGzip ? bytesRead : position.offset
        let sample = try ContentSample(of: source, upTo: fileOffset, after: marked)
        let isHeadKnown = sample.head.count == marked.head.count
        let head = isHeadKnown ? markedHead : InputMark.Fingerprint(of: sample.head)
        (marked, markedHead) = (sample, head)
        return InputMark(
            path: name,
            position: position,
            isGzip: isGzip,
            fileOffset: fileOffset,
            head: head,
            tail: InputMark.Fingerprint(of: sample.tail),
            device: status.device,
            inode: status.inode
        )
    }

    /// Whether the file holds what was read of the file of a mark, so that reading can go on behind it.
    ///
    /// A gzip file is looked at as it lies on disk; see ``rest(of:interrupt:)`` for one that was packed since.
    public func continues(_ mark: InputMark) throws(InputProblem) -> Bool {
        guard mark.fileOffset > 0, size != nil, try source.status().size >= mark.fileOffset else { return false }
        let head = try source.bytes(at: 0, count: mark.head.byteCount)
        guard InputMark.Fingerprint(of: head) == mark.head else { return false }
        let tail = try source.bytes(at: mark.fileOffset - mark.tail.byteCount, count: mark.tail.byteCount)
        return InputMark.Fingerprint(of: tail) == mark.tail
    }

    /// Goes on where the file was left, if one of the marks is of this file; to be called before anything is read.
    ///
    /// Where several fit, one of the same path is taken before others, and then the one furthest on.
    ///
    /// - Returns: The mark; `nil` if the file is not recognised, and is read from its start.
    public func resume(among marks: [InputMark]) throws(InputProblem) -> InputMark? {
        precondition(bytesRead == 0, "reading has begun and cannot go on elsewhere")
        let ranked = marks.sorted { first, second in
            let (isFirstNamed, isSecondNamed) = (first.path == name, second.path == name)
            return isFirstNamed == isSecondNamed ? first.fileOffset > second.fileOffset : isFirstNamed
        }
        for mark in ranked where try continues(mark) {
            try resume(from: mark)
            return mark
        }
        return nil
    }

    /// Goes on behind a mark that the file continues.
    func resume(from mark: InputMark) throws(InputProblem) {
        try restart(at: mark.position)
        marked = try ContentSample(of: source, upTo: mark.fileOffset, after: .empty)
        markedHead = InputMark.Fingerprint(of: marked.head)
        resumed = mark
        resumed?.path = name
    }
}
