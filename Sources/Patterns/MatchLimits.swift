/// Everything about regexes that could grow, and how far it may.
///
/// At a limit of matching the answer is a ``PatternFault``, never "no match"; at a limit of compiling it is a
/// ``PatternProblem``.
public struct MatchLimits: Hashable, Sendable {
    /// The longest pattern, in UTF-8 bytes; no regex that a person wrote comes near.
    public static let patternBytesMax = 1 << 16

    /// How deep parentheses may nest in a pattern, so that compiling cannot overflow the stack; PCRE2's own default.
    public static let parenthesesNestMax = 250

    /// The work that one match may take, in units of about a nanosecond, whatever the text.
    ///
    /// See ``WorkMeter`` for what is counted.
    public var workMax = 32_000_000

    /// The work that one match may take besides for each byte of the text, so that honest patterns can read long texts.
    ///
    /// Going back over one byte counts 11, so this and ``workMax`` let `.*` read a line of 64 KiB some 30 times.
    public var workPerByteMax = 256

    /// The longest text for which a match is tried without the meter first.
    ///
    /// PCRE2's own match limit counts steps for each starting place, and a step may read the whole text. That bounds the
    /// work only in the cube of the text's length.
    public var unmeteredBytesMax = 4_096

    /// PCRE2's match limit for each starting place of a metered match, and of patterns that are too large for the meter.
    ///
    /// An honest pattern such as `^(?:.|\n)*end` needs up to 4 steps for each byte in the interpreter.
    public var stepsMax = 10_000_000

    /// How much memory PCRE2's interpreter may take to remember where it can go back to; JIT code has ``jitStackBytesMax``.
    ///
    /// The default of PCRE2 is 20 MB, of which `^(?:.|\n)*end` takes 17 MB on a text of 64 KiB.
    public var heapKiBMax = 65_536

    /// How deep PCRE2's interpreter may nest.
    public var depthMax = 1_000_000

    /// How large the stack of JIT code may become; it is reserved at once and used as needed.
    ///
    /// `^(?:.|\n)*end` takes 1.6 MB on a text of 64 KiB.
    public var jitStackBytesMax = 16 << 20

    /// Creates the limits that are meant for live use.
    public init() {}

    /// The match limit that keeps an unmetered match of a text within ``workMax``: each starting place may take as many
    /// steps, and each step may read the whole text.
    func unmeteredSteps(forBytes count: Int) -> Int {
        max(1, workMax / max(1, count) / max(1, count))
    }

    /// The work that a metered match of a text may take.
    func work(forBytes count: Int) -> Int {
        let share = workPerByteMax.multipliedReportingOverflow(by: count)
        let sum = workMax.addingReportingOverflow(share.partialValue)
        return share.overflow || sum.overflow ? .max : sum.partialValue
    }
}
