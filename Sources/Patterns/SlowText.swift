/// A text on which a pattern gives up, and the part of the pattern that makes it so.
///
/// It was tried: ``Pattern/matches(_:scratch:)`` of the text is a fault under the limits it was asked for.
public struct SlowText: Hashable, Sendable {
    /// The part of the pattern that can match one text in many ways, in UTF-8 bytes.
    public let range: Range<Int>

    /// Whether it is slow because the search begins anew at each character, which a pattern with `^` does not do.
    public let isFromEachStart: Bool

    /// What the text begins with; often empty.
    public let prefix: String

    /// What comes again and again.
    public let repeated: String

    /// How often it comes.
    public let count: Int

    /// What the text ends with, so that the pattern does not match; often one character.
    public let suffix: String

    /// The pattern with a repeat that keeps what it has taken, if that helps and changed nothing on the texts that were tried.
    public internal(set) var cure: String?

    /// The whole text.
    public var text: String {
        prefix + String(repeating: repeated, count: count) + suffix
    }
}

extension SlowText {
    /// Puts a text together; what is repeated and stands in the prefix too is counted with the rest.
    init(
        _ range: Range<Int>,
        isFromEachStart: Bool,
        _ prefix: [Unicode.Scalar],
        _ repeated: [Unicode.Scalar],
        _ count: Int,
        _ suffix: [Unicode.Scalar]
    ) {
        var prefix = prefix[...]
        var repeated = repeated
        var count = count
        var suffix = suffix
        while !repeated.isEmpty, prefix.count >= repeated.count, prefix.suffix(repeated.count).elementsEqual(repeated) {
            prefix.removeLast(repeated.count)
            count += 1
        }
        // What begins in the middle of a word is shown from the beginning of the word.
        while let last = repeated.last, prefix.last == last {
            prefix.removeLast()
            repeated.insert(repeated.removeLast(), at: 0)
            suffix.insert(last, at: 0)
        }
        self.range = range
        self.isFromEachStart = isFromEachStart
        self.prefix = String(String.UnicodeScalarView(prefix))
        self.repeated = String(String.UnicodeScalarView(repeated))
        self.count = count
        self.suffix = String(String.UnicodeScalarView(suffix))
    }
}

/// How far ``Pattern/slowText(limits:)`` looks.
///
/// None of these is a time, so the answer is the same on every machine.
enum SlowTextLimits {
    /// The longest text that is tried, in UTF-8 bytes: what a person can send as the text of one WhatsApp message.
    static let textBytesMax = 4_096

    /// How many suspicions of one pattern are measured.
    static let suspicionsMax = 8

    /// How many pairs of loops are looked at.
    static let pairsMax = 60

    /// How many steps all searches for texts to repeat may make together.
    static let searchStepsMax = 200_000

    /// The work that one trial may take, in units of about a nanosecond.
    static let trialWorkMax = 1_000_000

    /// The work that all trials of one pattern may take together.
    static let workMax = 6_000_000

    /// How many texts of one pattern are tried with the limits of live use.
    static let proofsMax = 4

    /// The work that one of the texts may take on which a cure is compared with the pattern.
    static let sampleWorkMax = 20_000

    /// How often a text is repeated in the trials that tell how the work grows.
    static let counts = [12, 24, 48, 96, 192, 384]

    /// The work that a cure may take on the text on which the pattern gave up.
    static let curedWorkMax = 20_000_000

    /// How many cures of one pattern are tried.
    static let curesMax = 4
}

extension Pattern {
    /// A text of at most 4,096 bytes that takes more work than one match may; `nil` when none was found.
    ///
    /// Looks for repeats that can share out one text in many ways, makes texts of what they have in common, and measures how the work
    /// grows with its length. So whatever is returned is a fact, and `nil` is no promise. Takes some tens of microseconds for a usual
    /// pattern, and some tens of milliseconds for one that is slow.
    public func slowText(limits: MatchLimits = MatchLimits()) -> SlowText? {
        guard var trial = SlowTextTrial(of: self, limits: limits), var slow = trial.run() else { return nil }
        slow.cure = trial.cure(of: slow)
        return slow
    }
}
