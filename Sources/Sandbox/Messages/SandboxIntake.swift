import Events

/// What became of lines that were handed to a sandbox.
public struct SandboxIntake: Hashable, Sendable {
    /// The lines that were not blank.
    public var lines = 0

    /// The messages written into chats.
    public var messages = 0

    /// The messages whose chat held them already.
    public var repeated = 0

    /// The events of other kinds, which show nothing.
    public var skipped = 0

    /// The lines that could not be used.
    public var rejected = 0

    /// The first of the lines that could not be used.
    public var problems: [Problem] = []

    /// A line that could not be used.
    public struct Problem: Hashable, Sendable {
        /// The number of the line, from 1, blank lines counted.
        public var line: Int

        /// Why, as the rest of a sentence that begins with the line: `is not JSON`.
        public var reason: String
    }

    /// The report as the sandbox's own door answers it.
    var json: String {
        var writer = JSONWriter()
        writer.object {
            $0.member("lines", lines)
            $0.member("messages", messages)
            $0.member("repeated", repeated)
            $0.member("skipped", skipped)
            $0.member("rejected", rejected)
            $0.member("problems") { $0.list { for problem in problems { problem.write(to: &$0) } } }
        }
        return writer.text
    }
}

extension SandboxIntake.Problem {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("line", line)
            $0.member("reason", reason)
        }
    }
}
