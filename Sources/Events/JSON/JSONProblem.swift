/// Why bytes are not a JSON text that Beckon reads.
public struct JSONProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of problem it is.
    public enum Kind: Hashable, Sendable {
        /// The bytes are not JSON as a whole.
        case syntax
        /// The bytes are not UTF-8, or an escape names half of a surrogate pair.
        case encoding
        /// Lists and objects are nested beyond ``JSONParser/depthMax``.
        case depth
        /// The text is longer than the parser can take, or there is no memory for it.
        case size
    }

    /// What kind of problem it is.
    public let kind: Kind

    /// One clause for people, lower case: `not JSON: the object is not closed`.
    public let reason: String

    /// Creates a problem.
    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// The reason.
    public var description: String { reason }
}
