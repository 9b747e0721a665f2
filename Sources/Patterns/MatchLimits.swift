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

    /// The work that all slow matches of one event may take together; ``MatchScratch/beginEvent()`` renews it.
    ///
    /// Four patterns may use up ``workMax`` each. Neither matches that end without the meter have a share in this nor those that
    /// stay within ``cheapWorkPerByte``, so that honest patterns are decided however many there are. When it is used up,
    /// further slow matches are faults, ``PatternFault/tooMuchWorkInEvent``.
    public var eventWorkMax = 128_000_000

    /// The work for each byte of the text that a metered match may take before it counts as slow.
    ///
    /// An honest pattern makes a few calls of 11 for each byte.
    public var cheapWorkPerByte = 32

    /// The work that all metered matches of one event may take together before each of them counts as slow.
    ///
    /// A thousand patterns may each read the longest WhatsApp message, of 64 KiB, with ``cheapWorkPerByte``.
    public var eventCheapWorkMax = 2_000_000_000

    /// The work that any metered match may take, even when that of the event is used up: enough to see that a text has little
    /// to do with a pattern.
    public var cheapWorkMin = 10_000

    /// The longest text for which a match is tried without the meter first.
    ///
    /// PCRE2's own match limit counts steps for each starting place, and a step may read the whole text. That bounds the
    /// work only in the cube of the text's length.
    public var unmeteredBytesMax = 4_096

    /// The most steps that a match without the meter may take for each starting place, before it is begun again with it.
    ///
    /// Such a match has no share in ``eventWorkMax``; this keeps it to some tens of microseconds on short texts, for which
    /// ``workMax`` alone would allow a thousand times as many steps.
    public var unmeteredStepsMax = 4_000

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
        min(unmeteredStepsMax, max(1, workMax / max(1, count) / max(1, count)))
    }

    /// The work that a metered match of a text may take before it counts as slow, if the event has so much left.
    func cheapWork(forBytes count: Int) -> Int {
        let share = cheapWorkPerByte.multipliedReportingOverflow(by: count)
        return share.overflow ? .max : share.partialValue
    }

    /// The work that a metered match of a text may take.
    func work(forBytes count: Int) -> Int {
        let share = workPerByteMax.multipliedReportingOverflow(by: count)
        let sum = workMax.addingReportingOverflow(share.partialValue)
        return share.overflow || sum.overflow ? .max : sum.partialValue
    }
}
