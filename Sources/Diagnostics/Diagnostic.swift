/// A problem in someone's rules: what, where, and what to do about it.
///
/// Problems are values. A check appends all that it finds; nothing is thrown, and nobody prints but the command line.
///
/// ```
/// error[R201]: unknown field 'whne'
///  --> rules/disk.yml:2:3
///   |
/// 2 |   whne: level == 3
///   |   ^^^^ not a field of a rule
///   = help: did you mean 'when'?
/// ```
public struct Diagnostic: Hashable, Sendable {
    /// The kind of problem.
    public var code: DiagnosticCode

    /// Whether rules can run in spite of it.
    public var severity: Severity

    /// One clause, lower case, no full stop, offending text in 'single quotes'.
    public var message: String

    /// The place; `nil` where a file as a whole could not be read.
    public var primary: Label?

    /// Other places that explain the first.
    public var context: [Label]

    /// What to do, with the corrected text if it is known.
    public var help: String?

    /// Creates a diagnostic; its severity is an error unless said otherwise.
    public init(
        _ code: DiagnosticCode,
        severity: Severity = .error,
        message: String,
        primary: Label?,
        context: [Label] = [],
        help: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.primary = primary
        self.context = context
        self.help = help
    }
}

/// How much a problem matters.
public enum Severity: String, Hashable, Sendable {
    /// The rules cannot run.
    case error
    /// The rules run, but perhaps not as meant.
    case warning
}

/// A place and what it is.
public struct Label: Hashable, Sendable {
    /// What this place is; empty when the message has said it.
    public var text: String

    /// The place.
    public var span: Span

    /// Whether the place holds a secret: no renderer shows its text, here or in another diagnostic.
    public var isSecret: Bool

    /// Creates a label.
    public init(_ text: String, at span: Span, isSecret: Bool = false) {
        self.text = text
        self.span = span
        self.isSecret = isSecret
    }
}

extension [Diagnostic] {
    /// Whether any of them keeps the rules from running.
    public var hasErrors: Bool { contains { $0.severity == .error } }

    /// The places that hold secrets.
    public var secretSpans: [Span] {
        flatMap(\.labels).filter(\.isSecret).map(\.span)
    }

    /// The same in the order of files and places, as people read them.
    public func inReadingOrder() -> [Diagnostic] {
        enumerated().sorted { one, other in
            let left = one.element.sortKey
            let right = other.element.sortKey
            return left == right ? one.offset < other.offset : left < right
        }.map(\.element)
    }
}

extension Diagnostic {
    /// Its places, the primary one first.
    var labels: [Label] { [primary].compactMap(\.self) + context }

    fileprivate var sortKey: (String, Int) {
        (primary?.span.file.path ?? "", primary?.span.bytes.lowerBound ?? 0)
    }
}
