import Crypto

/// The first and the last bytes of what was read of a file, as they lie on disk.
///
/// What a mark keeps as fingerprints; in memory the bytes themselves are compared, which costs two reads and no hashing.
struct ContentSample {
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []
    /// How many bytes were read.
    let end: Int

    /// The sample of a file of which nothing was read.
    static let empty = ContentSample(end: 0)

    private init(end: Int) {
        self.end = end
    }

    /// Takes a sample of a file up to a place.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - end: How many bytes were read.
    ///   - earlier: A sample of the same file. Where the file no longer begins with it, its head is kept: what was read is
    ///     not what lies there now, and nobody shall recognise it.
    /// - Throws: Why the file cannot be read.
    init(of source: DescriptorReader, upTo end: Int, after earlier: ContentSample) throws(InputProblem) {
        self.end = end
        let countMax = InputMark.fingerprintBytesMax
        head = earlier.head
        if head.count < min(end, countMax) {
            let found = try source.bytes(at: 0, count: min(end, countMax))
            if found.starts(with: head) { head = found }
        }
        tail = try source.bytes(at: max(0, end - countMax), count: min(end, countMax))
    }

    /// Whether the file still holds these bytes, and so what was read, for all that can be seen.
    func holds(in source: DescriptorReader) throws(InputProblem) -> Bool {
        guard try source.bytes(at: 0, count: head.count) == head else { return false }
        return try source.bytes(at: end - tail.count, count: tail.count) == tail
    }
}

extension InputMark.Fingerprint {
    init(of bytes: [UInt8]) {
        var hash = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        self.init(byteCount: bytes.count, sha256: Array(hash.finalize()))
    }
}
