/// Why a line is no event.
public struct Rejection: Hashable, Sendable {
    /// Why, for scripts.
    public enum Code: String, Sendable, CaseIterable {
        /// The line is not JSON as a whole.
        case notJSON = "not-json"
        /// The line is not UTF-8, or holds half of a surrogate pair.
        case notUTF8 = "not-utf8"
        /// The line is longer than the limit.
        case tooLong = "too-long"
        /// The line is a JSON value of another kind than an object.
        case notAnObject = "not-an-object"
        /// Lists and objects are nested beyond the limit.
        case tooDeep = "too-deep"
        /// The line says that it is Beckon's envelope, but it is not one that this version reads.
        case badEnvelope = "bad-envelope"
    }

    /// Why, for scripts.
    public var code: Code

    /// Why, for people: one clause, lower case.
    public var detail: String

    /// Creates a rejection.
    public init(code: Code, detail: String) {
        self.code = code
        self.detail = detail
    }

    init(_ problem: JSONProblem) {
        code =
            switch problem.kind {
            case .syntax: .notJSON
            case .encoding: .notUTF8
            case .depth: .tooDeep
            case .size: .tooLong
            }
        detail = problem.reason
    }
}
