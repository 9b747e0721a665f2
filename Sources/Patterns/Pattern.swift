internal import CPCRE2
internal import Synchronization

/// A compiled regex.
///
/// `Patterns` answers what the regexes and keywords of rules match: ``Pattern`` for `matches`, ``Keyword`` over
/// ``FoldedText`` for `keywords`, ``TextFolding`` for `ignore_case`. The decision that shaped it: PCRE2 is given what people
/// wrote, never a wrapped or rewritten form, and a question that could not be decided within the limits is a fault, never
/// "no match".
///
/// ```swift
/// let pattern = try Pattern("order (?<number>\\d+)", options: .ignoreCase)
/// let scratch = MatchScratch()   // one a thread
/// pattern.captures("Order 5512, please", scratch: scratch)   // .match(["number": "5512"])
/// ```
///
/// UTF and Unicode properties are on, `^` and `$` are the two ends of the text, `.` stops at a line feed. A pattern may
/// lower its own limits (`(*LIMIT_MATCH=…)`), choose other line ends (`(*CRLF)`) or do without machine code (`(*NO_JIT)`);
/// it can neither raise the limits nor turn UTF off, and callouts in it do nothing.
public final class Pattern: Sendable {
    /// The pattern as it was written.
    public let source: String

    /// How the pattern was compiled.
    public let options: Options

    /// The named groups in the order of their numbers; with `(?J)` a name may come more than once.
    public let groupNames: [PatternGroup]

    private let code: CompiledCode
    private let usesJIT: Bool

    /// The same pattern with callouts, made when the first text needs it: most patterns never do.
    private let meteredCode = Mutex(MeteredCode.notMade)

    private enum MeteredCode {
        case notMade
        case made(CompiledCode)
        case tooLarge
    }

    /// How a pattern is compiled.
    public struct Options: OptionSet, Hashable, Sendable {
        /// The options as bits.
        public let rawValue: UInt8

        /// Creates options from bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Letters match without regard to case, by Unicode's simple case folding: `k` matches the Kelvin sign too.
        public static let ignoreCase = Options(rawValue: 1 << 0)
    }

    /// Compiles a pattern.
    ///
    /// Takes some tens of microseconds for a usual pattern, most of it for machine code.
    ///
    /// - Throws: What is wrong with the pattern, and where.
    public convenience init(_ source: String, options: Options = []) throws(PatternProblem) {
        try self.init(source, options: options, usingJIT: true)
    }

    /// Compiles a pattern, without machine code if so wished, as on a system that forbids it.
    package init(_ source: String, options: Options, usingJIT: Bool) throws(PatternProblem) {
        code = try CompiledCode(
            source,
            ignoringCase: options.contains(.ignoreCase),
            metered: false,
            usingJIT: usingJIT
        )
        self.source = source
        self.options = options
        groupNames = code.groupNames()
        usesJIT = usingJIT
    }

    /// Whether the pattern matches anywhere in the text.
    ///
    /// Allocates nothing unless the text makes the pattern slow for the first time.
    public func matches(_ text: String, scratch: MatchScratch) -> MatchResult {
        var text = text
        return text.withUTF8 { unsafe matches($0, scratch: scratch) }
    }

    /// Whether the pattern matches anywhere in a text that is given as valid UTF-8.
    public func matches(_ text: UnsafeBufferPointer<UInt8>, scratch: MatchScratch) -> MatchResult {
        unsafe run(over: text, scratch: scratch, pairs: 1)
    }

    /// The named groups of the first match.
    ///
    /// A group that took no part is absent; one that matched nothing is empty. Of groups with one name, the first that
    /// took part counts.
    public func captures(_ text: String, scratch: MatchScratch) -> CaptureResult {
        var text = text
        return text.withUTF8 { unsafe captures($0, scratch: scratch) }
    }

    /// The named groups of the first match in a text that is given as valid UTF-8.
    public func captures(_ text: UnsafeBufferPointer<UInt8>, scratch: MatchScratch) -> CaptureResult {
        switch unsafe run(over: text, scratch: scratch, pairs: code.pairs) {
        case .match: break
        case .noMatch: return .noMatch
        case .fault(let fault): return .fault(fault)
        }
        var values: [String: String] = [:]
        for group in groupNames where values[group.name] == nil {
            guard let range = scratch.range(ofGroup: group.number) else { continue }
            values[group.name] = unsafe String(decoding: text[range], as: UTF8.self)
        }
        return .match(values)
    }

    /// Whether a match can begin at the beginning of a text only.
    var isAnchored: Bool { code.isAnchored }

    /// The work that the metered form takes over a text; `nil` when it is more than allowed, or when there is no such form.
    func work(over text: String, workMax: Int, scratch: MatchScratch) -> Int? {
        guard let metered = metered() else { return nil }
        var text = text
        return text.withUTF8 { unsafe scratch.work(of: metered, over: $0, workMax: workMax) }
    }

    /// Tries without the meter what is sure to end soon, and everything else with it.
    private func run(over text: UnsafeBufferPointer<UInt8>, scratch: MatchScratch, pairs: Int) -> MatchResult {
        if text.count <= scratch.limits.unmeteredBytesMax,
            let result = unsafe scratch.runUnmetered(code, over: text, pairs: pairs)
        {
            return result
        }
        guard let metered = metered() else { return unsafe scratch.runUnmeterable(code, over: text, pairs: pairs) }
        return unsafe scratch.runMetered(metered, over: text, pairs: pairs)
    }

    /// The pattern with callouts; `nil` when they make it too large for PCRE2, which leaves only PCRE2's own limits.
    private func metered() -> CompiledCode? {
        meteredCode.withLock { state in
            switch state {
            case .made(let code): return code
            case .tooLarge: return nil
            case .notMade:
                let code = try? CompiledCode(
                    source,
                    ignoringCase: options.contains(.ignoreCase),
                    metered: true,
                    usingJIT: usesJIT
                )
                state = code.map { .made($0) } ?? .tooLarge
                return code
            }
        }
    }
}

/// A named group of a pattern.
public struct PatternGroup: Hashable, Sendable {
    /// The name.
    public let name: String

    /// The number, counted from 1.
    public let number: Int
}

extension MatchResult {
    /// Translates a status of PCRE2.
    init(status: Int32) {
        if status >= 0 {
            self = .match
        } else {
            self = status == PCRE2_ERROR_NOMATCH ? .noMatch : .fault(PatternFault(status: status))
        }
    }
}

extension PatternFault {
    /// Translates an error of matching.
    fileprivate init(status: Int32) {
        switch status {
        case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_CALLOUT: self = .tooMuchWork
        case PCRE2_ERROR_HEAPLIMIT: self = .heapLimit
        case PCRE2_ERROR_JIT_STACKLIMIT: self = .stackLimit
        case PCRE2_ERROR_DEPTHLIMIT: self = .depthLimit
        case PCRE2_ERROR_RECURSELOOP: self = .endlessRecursion
        case PCRE2_ERROR_NOMEMORY: self = .outOfMemory
        default: self = .engineError
        }
    }
}
