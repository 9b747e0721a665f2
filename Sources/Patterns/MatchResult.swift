/// What came of asking whether a pattern matches a text.
public enum MatchResult: Hashable, Sendable {
    /// It matches.
    case match

    /// It does not match.
    case noMatch

    /// The question could not be decided, which is never the same as no match.
    case fault(PatternFault)
}

/// What came of asking for the named groups of the first match.
public enum CaptureResult: Hashable, Sendable {
    /// It matches; the texts of the named groups that took part, by name.
    case match([String: String])

    /// It does not match.
    case noMatch

    /// The question could not be decided, which is never the same as no match.
    case fault(PatternFault)
}

/// Why it could not be decided whether a pattern matches a text.
public enum PatternFault: String, Hashable, Sendable, CaseIterable {
    /// The search took more steps than the limits allow: the pattern backtracks too much on this text.
    case tooMuchWork = "too-much-work"

    /// The searches of all patterns took as many steps over this event as the limits allow, and this one needs more.
    case tooMuchWorkInEvent = "too-much-work-in-event"

    /// The interpreter would have taken more memory than the limits allow.
    case heapLimit = "heap-limit"

    /// JIT code would have taken more stack than the limits allow.
    case stackLimit = "stack-limit"

    /// The interpreter would have nested deeper than the limits allow.
    case depthLimit = "depth-limit"

    /// The pattern calls itself without reading anything.
    case endlessRecursion = "endless-recursion"

    /// The system had no memory left.
    case outOfMemory = "out-of-memory"

    /// PCRE2 reports an error that this version of Beckon does not know.
    case engineError = "engine-error"

    /// What happened, as one clause for people.
    public var explanation: String {
        switch self {
        case .tooMuchWork: "the pattern takes too many steps on this text"
        case .tooMuchWorkInEvent: "the patterns of all rules together take too many steps on this event"
        case .heapLimit: "the pattern takes too much memory on this text"
        case .stackLimit: "the pattern takes too much stack on this text"
        case .depthLimit: "the pattern nests too deep on this text"
        case .endlessRecursion: "the pattern calls itself without end on this text"
        case .outOfMemory: "there is no memory left to match the pattern"
        case .engineError: "the regex engine reports an error that is not known"
        }
    }
}
