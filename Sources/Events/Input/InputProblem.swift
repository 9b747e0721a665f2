#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why an input cannot be read.
public struct InputProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done.
    public enum Operation: String, Hashable, Sendable {
        /// Opening the input, before anything of it was read.
        case open
        /// Reading on.
        case read
        /// Waiting for what is written to it.
        case follow
    }

    /// What was wrong.
    public enum Cause: Hashable, Sendable {
        /// A system call failed with this `errno`.
        case system(Int32)
        /// The path is that of a folder.
        case directory
        /// The gzip data ends before their end.
        case gzipTruncated
        /// The gzip data are damaged; what zlib says about it.
        case gzipDamaged(String)
        /// The input is shorter than the place at which reading was to go on.
        case endsBefore(offset: Int)
        /// The input is to be followed, but it is gzip, which does not grow.
        case gzipFollowed
        /// The input is to be followed, but it is a pipe or a device.
        case notRegular
    }

    /// The input: a path or `standard input`.
    public var input: String

    /// What was being done.
    public var operation: Operation

    /// What was wrong.
    public var cause: Cause

    /// Creates a problem.
    public init(input: String, operation: Operation, cause: Cause) {
        self.input = input
        self.operation = operation
        self.cause = cause
    }

    /// The whole sentence: `cannot open 'events.jsonl': No such file or directory`.
    public var description: String { "cannot \(operation.rawValue) '\(input)': \(cause.text)" }
}

extension InputProblem.Cause {
    fileprivate var text: String {
        switch self {
        case .system(let code): unsafe String(cString: strerror(code))
        case .directory: "it is a folder"
        case .gzipTruncated: "the gzip data end too early"
        case .gzipDamaged(let detail): "the gzip data are damaged (\(detail))"
        case .endsBefore(let offset): "it ends before byte \(offset), where reading was to go on"
        case .gzipFollowed: "gzip files are not followed; read it without '--follow'"
        case .notRegular: "only files are followed; read it without '--follow'"
        }
    }
}
