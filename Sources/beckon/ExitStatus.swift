/// How the process ends, in the words of the product.
enum ExitStatus: Int32, Error {
    /// Everything was read, and every job is delivered, planned or suppressed.
    case success = 0

    /// Finished, but something was rejected, faulty, failed or different.
    case problems = 1

    /// Could not start: bad arguments, rules or settings.
    case cannotStart = 2

    /// Ended by SIGINT after an orderly stop.
    case interrupted = 130

    /// Ended by SIGTERM after an orderly stop.
    case terminated = 143
}

/// Something that keeps a command from starting; its description is what the user reads.
struct CannotStart: Error, CustomStringConvertible {
    /// What is wrong and what to do, as one or two sentences.
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
