/// What is wrong with a seed, and where.
public struct SandboxSeedProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file; `nil` for a seed that was made in the program.
    public var file: String?

    /// The place in it, such as `team[1].phone`; empty for the whole.
    public var place: String

    /// Why, as the rest of a sentence that begins with the place: `is missing`.
    public var reason: String

    /// Creates a problem.
    public init(file: String? = nil, place: String, reason: String) {
        self.file = file
        self.place = place
        self.reason = reason
    }

    /// The whole sentence.
    public var description: String {
        let subject = place.isEmpty ? "the seed" : "'\(place)'"
        return (file.map { "\($0): " } ?? "") + "\(subject) \(reason)"
    }
}
