/// Why a text is not a template, and where.
public struct TemplateProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offending place, in UTF-8 bytes from the start of the source; empty when the source as a whole offends.
    public let range: Range<Int>

    /// The rest of a sentence that begins with "the template": `has a tag without a name`.
    public let reason: String

    /// What to do about it, where that is known: `write '{{text}}'`.
    public let cure: String?

    /// The reason.
    public var description: String { reason }

    /// Creates a problem.
    init(at range: Range<Int>, _ reason: String, cure: String? = nil) {
        self.range = range
        self.reason = reason
        self.cure = cure
    }
}
