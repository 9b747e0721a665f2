/// Measures the suspicions against one pattern.
struct SlowTextTrial {
    private let pattern: Pattern
    private var graph: PatternGraph
    private let limits: MatchLimits
    private let scratch: MatchScratch
    private var workLeft = SlowTextLimits.workMax
    private var proofsLeft = SlowTextLimits.proofsMax

    /// Looks for the loops of a pattern; `nil` when it has none.
    init?(of pattern: Pattern, limits: MatchLimits) {
        guard pattern.source.utf8.contains(where: { "*+{".utf8.contains($0) }) else { return nil }
        var reader = PatternReader(pattern.source)
        let part = reader.read(PatternModes(isIgnoringCase: pattern.options.contains(.ignoreCase)))
        graph = PatternGraph(part, PatternAlphabet(for: reader))
        guard !graph.loops.isEmpty else { return nil }
        if !pattern.isAnchored { graph.addStart() }
        self.pattern = pattern
        self.limits = limits
        scratch = MatchScratch(limits: limits)
    }

    /// A text to repeat, and what to put around it.
    private struct Suspicion {
        let range: Range<Int>
        let isFromEachStart: Bool
        let prefix: [Unicode.Scalar]
        let pump: [Unicode.Scalar]
        let places: Set<Int>
        let after: [Unicode.Scalar]
    }

    /// The first suspicion that is true.
    mutating func run() -> SlowText? {
        var seen: Set<[[Unicode.Scalar]]> = []
        let suspicions = suspicions().filter { seen.insert([$0.prefix, $0.pump, $0.after]).inserted }
        for suspicion in suspicions.prefix(SlowTextLimits.suspicionsMax) {
            for suffix in suffixes(of: suspicion) {
                if let slow = measure(suspicion, suffix: suffix) { return slow }
                guard workLeft > 0, proofsLeft > 0 else { return nil }
            }
        }
        return nil
    }

    // MARK: Suspicions

    /// What may be slow: loops with two ways round first, then loops that follow each other, then those that the search comes to
    /// anew from each start.
    private mutating func suspicions() -> [Suspicion] {
        let loops = graph.loops.filter { !$0.isStart }
        var suspicions = loops.filter { !$0.pump.isEmpty }.map { loop in
            suspicion(loop, loop, entering: loop.first.first, pump: loop.pump)
        }
        let pairs = loops.flatMap { one in
            loops.filter { one.places.upperBound <= $0.places.lowerBound }.map { (one, $0) }
        }
        let fromStart = graph.loops.filter(\.isStart).flatMap { start in loops.map { (start, $0) } }
        for (one, other) in (pairs + fromStart).prefix(SlowTextLimits.pairsMax) {
            guard let pump = graph.pump(from: one, to: other) else { continue }
            suspicions.append(suspicion(one, other, entering: pump.first, pump: pump.text))
        }
        return suspicions
    }

    private func suspicion(
        _ one: PatternGraph.Loop,
        _ other: PatternGraph.Loop,
        entering place: Int?,
        pump: [Unicode.Scalar]
    ) -> Suspicion {
        let isStart = one.isStart
        // In front of a text that is entered anywhere, a character that `^` does not expect there.
        let start = graph.stranger(to: other.places).map { [$0] } ?? []
        let entry = isStart ? nil : place.flatMap { graph.alphabet.first(of: graph.letters[$0]) }
        let low = isStart ? other.range.lowerBound : min(one.range.lowerBound, other.range.lowerBound)
        return Suspicion(
            range: low..<max(one.range.upperBound, other.range.upperBound),
            isFromEachStart: isStart,
            prefix: isStart ? start : one.before + (entry.map { [$0] } ?? []),
            pump: Self.shortened(pump),
            places: Set(isStart ? other.places : one.places).union(other.places),
            after: other.after
        )
    }

    /// The part of a text that makes it up by repetition.
    private static func shortened(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let length = (1...max(1, text.count)).first { length in
            text.count.isMultiple(of: length) && text.indices.allSatisfy { text[$0] == text[$0 % length] }
        }
        return Array(text.prefix(length ?? text.count))
    }

    /// What may keep the pattern from matching: a character that does not belong there, before, behind and without what would follow,
    /// which PCRE2 may want to see anywhere in the text.
    private func suffixes(of suspicion: Suspicion) -> [[Unicode.Scalar]] {
        let after = suspicion.after
        var suffixes: [[Unicode.Scalar]] = []
        for stranger in strangers(to: suspicion) {
            suffixes += [[stranger] + after + graph.askedAhead, [stranger], after + [stranger]]
        }
        suffixes += [after + suspicion.pump, after]
        return suffixes.enumerated().filter { !suffixes[..<$0.offset].contains($0.element) }.map(\.element)
    }

    /// Characters that no part of the pattern takes, or that its loops do not take.
    private func strangers(to suspicion: Suspicion) -> [Unicode.Scalar] {
        let starts = Set(graph.loops.filter(\.isStart).flatMap(\.places))
        let everywhere = graph.stranger(to: graph.letters.indices.filter { !starts.contains($0) })
        let here = graph.stranger(to: suspicion.places)
        return [everywhere, here].compactMap { $0 }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    // MARK: Measuring

    private mutating func measure(_ suspicion: Suspicion, suffix: [Unicode.Scalar]) -> SlowText? {
        func slow(_ count: Int) -> SlowText {
            SlowText(
                suspicion.range,
                isFromEachStart: suspicion.isFromEachStart,
                suspicion.prefix,
                suspicion.pump,
                count,
                suffix
            )
        }
        let none = slow(0)
        let room = SlowTextLimits.textBytesMax - none.text.utf8.count
        let countMax = room / max(1, none.repeated.utf8.count)
        let limit = Double(limits.work(forBytes: SlowTextLimits.textBytesMax))
        var before: Double?
        for count in SlowTextLimits.counts where count <= countMax {
            guard let work = work(slow(count)) else {
                return workLeft > 0 ? prove(slow, from: count, to: countMax) : nil
            }
            let growth = before.map { max(1, Double(work) / max(1, $0)) } ?? .infinity
            before = Double(work)
            if Self.extrapolated(work, growth, from: count, to: countMax) < limit / Self.doubt(at: count) { return nil }
            guard count == SlowTextLimits.counts.last || count * 2 > countMax else { continue }
            return prove(slow, from: countMax, to: countMax)
        }
        return nil
    }

    /// By how much more the work may come out than few repetitions let expect.
    private static func doubt(at count: Int) -> Double {
        count < 48 ? 16 : count < 192 ? 4 : count < 384 ? 1.2 : 1
    }

    /// The work when it goes on growing as it did the last time that the text was doubled.
    private static func extrapolated(_ work: Int, _ growth: Double, from count: Int, to countMax: Int) -> Double {
        var extrapolated = Double(work)
        var count = count
        while count < countMax {
            extrapolated *= growth
            count *= 2
        }
        return extrapolated
    }

    private mutating func work(_ slow: SlowText) -> Int? {
        let workMax = min(SlowTextLimits.trialWorkMax, workLeft)
        guard workMax > 0 else { return nil }
        let work = pattern.work(over: slow.text, workMax: workMax, scratch: scratch)
        workLeft -= work ?? workMax
        return work
    }

    /// Tries longer and longer texts with the limits of live use.
    private mutating func prove(_ slow: (Int) -> SlowText, from least: Int, to most: Int) -> SlowText? {
        var count = least
        while proofsLeft > 0 {
            proofsLeft -= 1
            let text = slow(count)
            scratch.beginEvent()
            if case .fault = pattern.matches(text.text, scratch: scratch) { return text }
            guard count < most else { return nil }
            count = min(most, count * 2)
        }
        return nil
    }

    // MARK: Cures

    /// The pattern with one repeat made possessive, when it then is not slow, and matches what it matched of many texts.
    func cure(of slow: SlowText) -> String? {
        let inside = graph.loops.filter { $0.isGreedy && !$0.isStart && slow.range.contains($0.range) }
        // The smallest first, so that as little as possible changes.
        let tried = inside.sorted { $0.places.count < $1.places.count }
        let texts = samples(slow)
        for loop in tried.prefix(SlowTextLimits.curesMax) {
            var bytes = Array(pattern.source.utf8)
            bytes.insert(UInt8(ascii: "+"), at: loop.range.upperBound)
            let source = String(decoding: bytes, as: UTF8.self)
            guard let cured = try? Pattern(source, options: pattern.options, usingJIT: true) else { continue }
            guard isSame(cured, on: texts), isQuick(cured, on: slow) else { continue }
            var trial = SlowTextTrial(of: cured, limits: limits)
            if trial?.run() == nil { return source }
        }
        return nil
    }

    private func samples(_ slow: SlowText) -> [String] {
        let loops = graph.loops.filter { !$0.isStart }
        let shortest = loops.flatMap { loop in
            (0..<4).map { count in
                let repeated = Array(repeating: Array(slow.repeated.unicodeScalars), count: count).joined()
                return String(String.UnicodeScalarView(loop.before + repeated + loop.after))
            }
        }
        let walks = graph.walks(count: 80, lengthMax: 12)
        return shortest + walks + walks.map { $0 + slow.suffix }
    }

    /// Fewer matches would not tell much.
    private static let matchesLeast = 4

    /// Whether another pattern matches the same of some texts, of which some are matched.
    private func isSame(_ other: Pattern, on texts: [String]) -> Bool {
        var matchCount = 0
        scratch.beginEvent()
        for text in texts where pattern.work(over: text, workMax: SlowTextLimits.sampleWorkMax, scratch: scratch) != nil
        {
            let result = pattern.matches(text, scratch: scratch)
            guard other.work(over: text, workMax: SlowTextLimits.sampleWorkMax, scratch: scratch) != nil,
                other.matches(text, scratch: scratch) == result
            else { return false }
            matchCount += result == .match ? 1 : 0
        }
        return matchCount >= Self.matchesLeast
    }

    private func isQuick(_ cured: Pattern, on slow: SlowText) -> Bool {
        cured.work(over: slow.text, workMax: SlowTextLimits.curedWorkMax, scratch: scratch) != nil
    }
}
