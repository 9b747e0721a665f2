// Texts that can be matched in more ways with each time that they are repeated. Weideman, van der Merwe, Berglund, Watson: Analyzing
// Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA, CIAA 2016.
extension PatternGraph {
    /// How many places of a loop are tried.
    private static let placesTriedMax = 3

    /// A text that leads from a first place of a loop back to it in two ways: the work doubles with each time it is repeated.
    mutating func pumpInTwoWays(round loop: Loop) -> [Unicode.Scalar]? {
        let count = loop.places.count
        let low = loop.places.lowerBound
        // Two walks at once, and whether they have parted.
        func state(_ one: Int, _ other: Int, _ isParted: Bool) -> Int {
            ((one - low) * count + (other - low)) * 2 + (isParted ? 1 : 0)
        }
        for place in loop.first.prefix(Self.placesTriedMax) {
            let pump = text(from: state(place, place, false), to: state(place, place, true)) { graph, current, visit in
                let one = current / 2 / count + low
                let other = current / 2 % count + low
                let isParted = current & 1 == 1
                for next in graph.steps[one] where loop.places.contains(next.place) {
                    for beside in graph.steps[other] where loop.places.contains(beside.place) {
                        let parts = next.place != beside.place || (one == other && next.isManifold)
                        let both = graph.letters[next.place] & graph.letters[beside.place]
                        visit(state(next.place, beside.place, isParted || parts), both)
                    }
                }
            }
            if let pump { return pump }
        }
        return nil
    }

    /// A text on which one loop can go round, another one can, and the first can be left for the second: the work grows at least
    /// with the square of its repetitions.
    mutating func pump(from one: Loop, to other: Loop) -> (first: Int, text: [Unicode.Scalar])? {
        let count = steps.count
        func state(_ stays: Int, _ leaves: Int, _ arrived: Int) -> Int { (stays * count + leaves) * count + arrived }
        for start in one.places.prefix(Self.placesTriedMax) {
            for end in other.places.prefix(Self.placesTriedMax) {
                let pump = text(from: state(start, start, end), to: state(start, end, end)) { graph, current, visit in
                    let stays = graph.steps[current / count / count].filter { one.places.contains($0.place) }
                    let arrived = graph.steps[current % count].filter { other.places.contains($0.place) }
                    for leaves in graph.steps[current / count % count] {
                        for stays in stays where graph.letters[stays.place] & graph.letters[leaves.place] != 0 {
                            for arrived in arrived {
                                let all =
                                    graph.letters[stays.place] & graph.letters[leaves.place]
                                    & graph.letters[arrived.place]
                                visit(state(stays.place, leaves.place, arrived.place), all)
                            }
                        }
                    }
                }
                if let pump { return (start, pump) }
            }
        }
        return nil
    }

    /// The shortest text that leads from one state to another, in at least one step.
    private mutating func text(
        from start: Int,
        to end: Int,
        successors: (Self, Int, (Int, UInt128) -> Void) -> Void
    ) -> [Unicode.Scalar]? {
        var cameFrom: [Int: (state: Int, letters: UInt128)] = [:]
        var queue = [start]
        var index = 0
        var stepCount = 0
        while index < queue.count, stepCount < searchStepsLeft, cameFrom[end] == nil {
            let current = queue[index]
            index += 1
            successors(self, current) { next, letters in
                stepCount += 1
                guard letters != 0, next != start || start == end, cameFrom[next] == nil else { return }
                cameFrom[next] = (current, letters)
                queue.append(next)
            }
        }
        searchStepsLeft = max(0, searchStepsLeft - stepCount)
        guard var step = cameFrom[end] else { return nil }
        var text: [Unicode.Scalar] = []
        while let scalar = alphabet.first(of: step.letters) {
            text.append(scalar)
            guard step.state != start, let before = cameFrom[step.state] else { break }
            step = before
        }
        return text.reversed()
    }

    /// A character that none of some places takes, or at least few; `nil` when each takes all.
    func stranger(to places: some Sequence<Int>) -> Unicode.Scalar? {
        // What people may send, first of all.
        let preferred: [Unicode.Scalar] = ["!", ";", "\n", "a", "0", " ", "\u{1}", "中"]
        let taken = places.reduce(0) { $0 | letters[$1] }
        return preferred.first { scalar in
            alphabet.scalars.firstIndex(of: scalar).map { taken & (1 << UInt128($0)) == 0 } ?? false
        }
    }

    /// Texts that the pattern would match if it counted and asked for nothing; the same each time.
    func walks(count: Int, lengthMax: Int) -> [String] {
        var random: UInt64 = 1
        func number(below limit: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((random >> 33) % UInt64(max(1, limit)))
        }
        let last = Set(whole.last.map(\.place))
        return (0..<count).map { _ in
            var text = String.UnicodeScalarView()
            var choices = whole.first
            while !choices.isEmpty, text.count < lengthMax {
                let place = choices[number(below: choices.count)].place
                let letters = alphabet.scalars.indices.filter { self.letters[place] & (1 << UInt128($0)) != 0 }.prefix(
                    8
                )
                guard !letters.isEmpty else { break }
                text.append(alphabet.scalars[letters[number(below: letters.count)]])
                if last.contains(place), number(below: 4) == 0 { break }
                choices = steps[place]
            }
            return String(text)
        }
    }
}
