/// Why the ledger cannot do what it was asked for.
public struct LedgerProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Cause: Hashable, Sendable {
        /// The folder or file cannot be made, read or written: the system's words.
        case system(String)
        /// It may not be written to.
        case readOnly
        /// The disk is full.
        case diskFull
        /// Another process has been writing for too long.
        case busy
        /// Another run works with it, as the process with that number where that is known.
        case inUse(process: Int32?)
        /// It is no ledger of Beckon.
        case foreign
        /// A newer version of Beckon wrote it.
        case newer(version: Int, known: Int)
        /// It is damaged: what SQLite says, and where it was put aside, if it was.
        case damaged(String, putAside: String?)
        /// There is none.
        case missing
        /// Its file was deleted or replaced while it was open.
        case gone
        /// The inbox is full.
        case inboxFull
    }

    /// The file or folder.
    public var path: String

    /// What is wrong.
    public var cause: Cause

    /// Creates a problem.
    public init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }

    /// The whole sentence, with what to do.
    public var description: String {
        switch cause {
        case .system(let words): "cannot use the state in '\(path)': \(words)"
        case .readOnly:
            "cannot write to the state in '\(path)': it is read-only, or belongs to somebody else; "
                + "name another folder with --state"
        case .diskFull: "cannot write to the state in '\(path)': the disk is full"
        case .busy: "the state in '\(path)' has been locked by another process for too long"
        case .inUse(let process):
            "another run\(process.map { " (process \($0))" } ?? "") works with the state in '\(path)'; "
                + "stop it, or name another folder with --state"
        case .foreign: "'\(path)' is not a ledger of Beckon; name another folder with --state"
        case .newer(let version, let known):
            "the state in '\(path)' was written by a newer Beckon (its version is \(version), this one knows \(known)); "
                + "use that one, or name another folder with --state"
        case .damaged(let words, nil): "the state in '\(path)' is damaged: \(words)"
        case .damaged(let words, let aside?):
            "the state in '\(path)' is damaged: \(words). It was put aside as '\(aside)' and nothing of it is deleted; "
                + "start again to begin with an empty one, which does not know what was done before"
        case .missing: "there is no state in '\(path)'"
        case .gone:
            "the state in '\(path)' was deleted or replaced while it was in use; nothing done from now on would be "
                + "remembered: put it back, or start again with what is there"
        case .inboxFull: "the inbox in '\(path)' is full"
        }
    }
}
