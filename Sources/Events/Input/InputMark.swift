/// How far a file was read, and by what it is recognised later, whatever its name is then.
///
/// A plain value, made so that a database can hold it in columns. A file is recognised by the bytes that were read of it:
/// the first ones and the last ones. So it may be appended to, renamed and copied; once its content is another, it is
/// another file. A file of which nothing was read cannot be recognised and has no mark.
///
/// ```swift
/// let reader = try LineReader(.file(path))
/// let mark = try reader.resume(among: marks)   // nil: from the start
/// …
/// batch.marks = [try reader.mark()]
/// ```
public struct InputMark: Hashable, Sendable {
    /// Bytes of a file, by their number and their SHA-256.
    public struct Fingerprint: Hashable, Sendable {
        /// How many bytes.
        public var byteCount: Int

        /// The 32 bytes of their SHA-256.
        public var sha256: [UInt8]

        /// Creates a fingerprint that was stored.
        public init(byteCount: Int, sha256: [UInt8]) {
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// How many bytes a fingerprint covers at most.
    public static let fingerprintBytesMax = 4096

    /// The path by which the file was named.
    public var path: String

    /// How far it was read, in unpacked bytes where it is gzip.
    public var position: InputPosition

    /// Whether it is gzip.
    public var isGzip: Bool

    /// How many bytes were read as they lie on disk; packed ones where it is gzip, which may lie beyond ``position``.
    public var fileOffset: Int

    /// The first bytes up to ``fileOffset``, as they lie on disk.
    public var head: Fingerprint

    /// The bytes just before ``fileOffset``, as they lie on disk.
    public var tail: Fingerprint

    /// The device on which it lay; only a hint.
    public var device: Int

    /// Its number on the device; only a hint, since numbers are given again and copies have others.
    public var inode: Int

    /// Creates a mark that was stored.
    public init(
        path: String,
        position: InputPosition,
        isGzip: Bool,
        fileOffset: Int,
        head: Fingerprint,
        tail: Fingerprint,
        device: Int,
        inode: Int
    ) {
        self.path = path
        self.position = position
        self.isGzip = isGzip
        self.fileOffset = fileOffset
        self.head = head
        self.tail = tail
        self.device = device
        self.inode = inode
    }
}

extension InputMark {
    func isOf(_ status: FileStatus) -> Bool { device == status.device && inode == status.inode }
}
