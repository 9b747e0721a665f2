#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Something that happened to a followed file, to be told to the one who runs Beckon.
public struct FollowedChange: Hashable, Sendable, CustomStringConvertible {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// Reading goes on at a place that an earlier run, or the file before, had reached under a name.
        case resumed(at: InputPosition, knownAs: String)
        /// The rest of the file before is read first, under the name that it has now.
        case restFound(sibling: String, from: InputPosition)
        /// The rest of the file before is not to be found; so much had been read of it.
        case restNotFound(InputMark)
        /// There is nothing at the path yet.
        case awaited
        /// A file is at the path now, and is read from its start unless told otherwise.
        case appeared
        /// The path holds nothing any more; what is open is read to its end.
        case gone
        /// The path cannot be read, by this `errno`; it is tried again.
        case unreadable(Int32)
        /// The file before was read to its end, and the one at the path is begun; how much was read of the one before.
        case rotated(finished: InputPosition)
        /// The content was cut or replaced in place and is read from its start; how much had been read before.
        case truncated(was: InputPosition)
    }

    /// The followed file, as it was named.
    public let path: String

    /// What happened.
    public let kind: Kind

    /// Creates a change.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// One sentence for people: `'events.jsonl' was rotated; 12 lines were read of the old file`.
    public var description: String { "'\(path)' \(kind.text(path))" }
}

extension FollowedChange.Kind {
    fileprivate func text(_ path: String) -> String {
        switch self {
        case .resumed(let position, let name):
            "is known\(name == path ? "" : " as '\(name)'"); reading goes on behind line \(position.line)"
        case .restFound(let sibling, let position):
            "was rotated; its rest is read first, from '\(sibling)' behind line \(position.line)"
        case .restNotFound(let mark):
            """
            holds other content than before; the old one had been read up to line \(mark.position.line) \
            (\(mark.position.offset) bytes), and its rest is not to be found
            """
        case .awaited: "is not there yet; waiting for it"
        case .appeared: "is there now"
        case .gone: "is gone; waiting for it to come back"
        case .unreadable(let code):
            "cannot be read (\(unsafe String(cString: strerror(code)))); it is tried again until it can"
        case .rotated(let finished): "was rotated; the old file was read to its end, line \(finished.line)"
        case .truncated(let was):
            "was cut or replaced in place after line \(was.line) had been read; it is read from its start"
        }
    }
}
