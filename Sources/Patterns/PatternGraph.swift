/// A pattern as places, each for one character, and the steps between them.
///
/// Glushkov's automaton, with two things added: whether a step can be made in more than one way, for each of which PCRE2 goes back,
/// and the loops. It is coarser than the pattern: counts are "once" or "any number of times", assertions behind and references
/// are not looked at. What is found in it is a suspicion that has to be measured.
struct PatternGraph {
    /// The characters that each place takes.
    private(set) var letters: [UInt128] = []

    /// Where one can go from each place.
    private(set) var steps: [[Step]] = []

    /// The repetitions, inner ones before those around them.
    private(set) var loops: [Loop] = []

    /// Short texts for which the pattern asks ahead.
    private(set) var askedAhead: [Unicode.Scalar] = []

    /// Where the whole pattern begins and ends.
    private(set) var whole = Reach()

    /// How many steps searches may still make.
    var searchStepsLeft = SlowTextLimits.searchStepsMax

    private(set) var alphabet: PatternAlphabet
    private var stepCount = 0

    struct Step {
        let place: Int

        /// Whether there is more than one way.
        var isManifold = false
    }

    /// A repetition.
    struct Loop {
        /// Where it stands in the source, with its quantifier.
        let range: Range<Int>
        let isGreedy: Bool
        let places: Range<Int>

        /// The places at which it begins.
        let first: [Int]

        /// A short text that leads to it.
        var before: [Unicode.Scalar] = []

        /// A short text that leads from its end to that of the pattern.
        var after: [Unicode.Scalar] = []

        /// A text that brings it back to its first place in two ways; empty when there is none.
        var pump: [Unicode.Scalar] = []

        /// Whether it is not in the pattern, but what a match without an anchor does at the start.
        var isStart: Bool { range.isEmpty }
    }

    /// How a part is entered and left.
    struct Reach {
        var first: [Step] = []
        var last: [Step] = []

        /// In how many ways the part can match nothing: none, one or more.
        var emptyWays = 1

        /// A short text that the part matches.
        var shortest: [Unicode.Scalar] = []
    }

    /// A repetition of a single character counts as a loop from so many on.
    private static let loopLeast = 10

    /// Beyond this a text that leads to a loop, or from it to the end, or for which the pattern asks ahead, is cut.
    ///
    /// Such texts are kept for every loop and may be as long as the pattern is: without a limit they take its size times the loops.
    static let shortestMax = 256

    // What is beyond these is left out: a pattern so large is looked at in part.
    private static let placesMax = 4_000
    private static let stepsMax = 40_000
    private static let loopsMax = 40

    init(_ whole: PatternPart, _ alphabet: PatternAlphabet) {
        self.alphabet = alphabet
        self.whole = reach(of: whole)
    }

    // MARK: Parts

    private mutating func reach(of part: PatternPart) -> Reach {
        let firstPlace = letters.count
        let firstLoop = loops.count
        var reach = content(of: part)
        switch part.role {
        case .takes: break
        case .asksAhead, .asksAheadForOther:
            if part.role == .asksAhead { askedAhead = Self.joined(askedAhead, reach.shortest) }
            reach = Reach(first: reach.first)
        case .asksBehind:
            loops.removeSubrange(firstLoop...)
            return Reach()
        }
        let most = part.count.most ?? .max
        if most >= Self.loopLeast || most > 1 && loops.count > firstLoop {
            connect(reach.last, reach.first)
            // Of a limited number, any may be the empty ones.
            if reach.emptyWays > 0, part.count.most != nil { connect(reach.last, reach.first) }
            addLoop(of: part, reach, firstPlace..<letters.count)
        }
        if part.count.least == 0 { reach.emptyWays = most == 1 ? min(2, reach.emptyWays + 1) : 1 }
        var shortest: [Unicode.Scalar] = []
        for _ in 0..<min(part.count.least, Self.shortestMax) where shortest.count < Self.shortestMax {
            shortest = Self.joined(shortest, reach.shortest)
        }
        reach.shortest = shortest
        return reach
    }

    private mutating func content(of part: PatternPart) -> Reach {
        switch part.content {
        case .escape: return Reach()
        case .letter, .anything:
            guard letters.count < Self.placesMax else { return Reach() }
            letters.append(alphabet.letters(of: part))
            steps.append([])
            let place = Step(place: letters.count - 1)
            let shortest = alphabet.first(of: letters[place.place]).map { [$0] } ?? []
            return Reach(first: [place], last: [place], emptyWays: 0, shortest: shortest)
        case .branches(let branches, _, _):
            let reaches = branches.map { sequence($0) }
            return Reach(
                first: reaches.flatMap(\.first),
                last: reaches.flatMap(\.last),
                emptyWays: min(2, reaches.reduce(0) { $0 + $1.emptyWays }),
                shortest: reaches.map(\.shortest).min { $0.count < $1.count } ?? []
            )
        }
    }

    private mutating func sequence(_ parts: [PatternPart]) -> Reach {
        var whole = Reach()
        var loopsBefore = loops.count..<loops.count
        for part in parts {
            let start = loops.count
            let reach = reach(of: part)
            for index in start..<max(start, loops.count) {
                loops[index].before = Self.joined(whole.shortest, loops[index].before)
            }
            for index in loopsBefore { loops[index].after = Self.joined(loops[index].after, reach.shortest) }
            loopsBefore = loopsBefore.lowerBound..<max(loopsBefore.lowerBound, loops.count)
            connect(whole.last, reach.first)
            whole.first += Self.steps(reach.first, pastWays: whole.emptyWays)
            whole.last = reach.last + Self.steps(whole.last, pastWays: reach.emptyWays)
            whole.emptyWays = min(2, whole.emptyWays * reach.emptyWays)
            whole.shortest = Self.joined(whole.shortest, reach.shortest)
        }
        return whole
    }

    /// One text and another behind it, cut where it gets too long.
    private static func joined(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard one.count < shortestMax, !other.isEmpty else { return one }
        return one + other.prefix(shortestMax - one.count)
    }

    /// Steps that go past what can match nothing in so many ways.
    private static func steps(_ steps: [Step], pastWays ways: Int) -> [Step] {
        guard ways > 0 else { return [] }
        return ways == 1 ? steps : steps.map { Step(place: $0.place, isManifold: true) }
    }

    private mutating func connect(_ from: [Step], _ to: [Step]) {
        guard stepCount + from.count * to.count <= Self.stepsMax else { return }
        stepCount += from.count * to.count
        for start in from {
            for end in to {
                let isManifold = start.isManifold || end.isManifold
                if let same = steps[start.place].firstIndex(where: { $0.place == end.place }) {
                    steps[start.place][same].isManifold = true
                } else {
                    steps[start.place].append(Step(place: end.place, isManifold: isManifold))
                }
            }
        }
    }

    /// Adds a loop and looks at once how it can be gone round: the steps of the loops around it are not there yet.
    private mutating func addLoop(of part: PatternPart, _ reach: Reach, _ places: Range<Int>) {
        guard loops.count < Self.loopsMax else { return }
        var loop = Loop(
            range: part.range,
            isGreedy: part.count.isGreedy,
            places: places,
            first: reach.first.map(\.place)
        )
        loop.pump = pumpInTwoWays(round: loop) ?? []
        loops.append(loop)
    }

    /// Adds the loop that a match without an anchor makes: the places of the text at which it begins.
    mutating func addStart() {
        let place = letters.count
        letters.append(alphabet.all)
        steps.append([Step(place: place)] + whole.first)
        loops.append(Loop(range: 0..<0, isGreedy: true, places: place..<(place + 1), first: [place]))
    }
}
