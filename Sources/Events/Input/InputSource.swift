/// Where lines come from.
public enum InputSource: Hashable, Sendable {
    /// The standard input.
    case standardInput
    /// The file at a path; plain or gzip.
    case file(String)
    /// An open descriptor under a name for messages; the reader does not close it.
    case descriptor(Int32, name: String)

    /// The source that an argument names: `-` is the standard input.
    public init(argument: String) {
        self = argument == "-" ? .standardInput : .file(argument)
    }

    /// What people call it.
    public var name: String {
        switch self {
        case .standardInput: "standard input"
        case .file(let path): path
        case .descriptor(_, let name): name
        }
    }
}
