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
    var json: OrderedJSON {
        .object([
            OrderedJSON.Member("lines", .number(lines)),
            OrderedJSON.Member("messages", .number(messages)),
            OrderedJSON.Member("repeated", .number(repeated)),
            OrderedJSON.Member("skipped", .number(skipped)),
            OrderedJSON.Member("rejected", .number(rejected)),
            OrderedJSON.Member(
                "problems",
                .array(
                    problems.map { problem in
                        .object([
                            OrderedJSON.Member("line", .number(problem.line)),
                            OrderedJSON.Member("reason", .string(problem.reason)),
                        ])
                    }
                )
            ),
        ])
    }
}
