#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why events cannot be appended to a file.
public struct StreamFileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong.
    public enum Cause: Hashable, Sendable {
        /// A system call failed with this `errno` while the file was opened.
        case open(Int32)
        /// A system call failed with this `errno` while lines were written.
        case write(Int32)
        /// A system call failed with this `errno` while the file was synced.
        case synchronize(Int32)
        /// The path is that of a folder, a pipe or a device.
        case notAFile
        /// Another process appends to the file.
        case inUse
    }

    /// The file.
    public let path: String

    /// What was wrong.
    public let cause: Cause

    /// The whole sentence.
    public var description: String {
        switch cause {
        case .open(let code): "cannot open '\(path)': \(Self.text(code))"
        case .write(let code): "cannot write to '\(path)': \(Self.text(code))"
        case .synchronize(let code): "cannot sync '\(path)': \(Self.text(code))"
        case .notAFile: "cannot append to '\(path)': it is no regular file"
        case .inUse: "cannot append to '\(path)': another process writes to it; end that one or name another file"
        }
    }

    private static func text(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
