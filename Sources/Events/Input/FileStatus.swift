#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the file system says of a file, whatever its name.
struct FileStatus: Hashable {
    let device: Int
    let inode: Int
    let size: Int
    /// How many names the file has; 0 once the last one was removed while somebody has it open.
    let nameCount: Int
    let isRegular: Bool
    let isFolder: Bool
    /// When the content was changed last, in seconds.
    let changed: Int

    init(_ status: stat) {
        // Identifiers may use all 64 bits; as they are only compared, the sign does not matter.
        device = Int(truncatingIfNeeded: status.st_dev)
        inode = Int(truncatingIfNeeded: status.st_ino)
        size = Int(status.st_size)
        nameCount = Int(status.st_nlink)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        #if canImport(Darwin)
            changed = status.st_mtimespec.tv_sec
        #else
            changed = status.st_mtim.tv_sec
        #endif
    }

    func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}

/// What lies at a path.
enum PathContent {
    case file(FileStatus)
    /// Nothing, or a folder on the way is missing.
    case nothing
    /// The system refuses to tell; with the `errno`.
    case unreadable(Int32)

    /// Looks at a path; where it is a link, at what the link leads to.
    init(of path: String) {
        var status = stat()
        guard unsafe fstatat(AT_FDCWD, path, &status, 0) != 0 else {
            self = .file(FileStatus(status))
            return
        }
        let code = errno
        self = code == ENOENT || code == ENOTDIR ? .nothing : .unreadable(code)
    }
}

/// The names in a folder, up to a limit and in no order; none if the folder cannot be read.
func namesInFolder(_ folder: String, countMax: Int) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while names.count < countMax, let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
            unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}
