/// Where a word may begin, asked for every place of a text in ascending order.
///
/// The origin that goes with a place is where the keyword began: the place itself for the first word of a phrase, the place of
/// the first word for all others.
struct WordBeginnings {
    /// Where an occurrence of a word ended, and where its keyword began.
    typealias End = (origin: Int, end: Int)

    private enum Rule {
        /// Where no neighbour on the left counts.
        case free(ownIsSpaceless: Bool)

        /// Anywhere.
        case anywhere

        /// Up to a place.
        case upTo(Int)

        /// Behind one of the ends and at least one scalar of a class, in any run.
        case after([End], parting: ScalarClass)
    }

    private let rule: Rule

    /// The next of the ends to look at.
    private var next = 0

    /// The origin of an end that is at the last place asked for.
    private var ended: Int?

    /// The origin of an end since which only scalars of the parting class came.
    private var parted: Int?

    private init(_ rule: Rule) {
        self.rule = rule
    }

    /// Where no neighbour on the left counts.
    static func free(ownIsSpaceless: Bool) -> WordBeginnings { WordBeginnings(.free(ownIsSpaceless: ownIsSpaceless)) }

    /// Anywhere.
    static var anywhere: WordBeginnings { WordBeginnings(.anywhere) }

    /// Up to a place.
    static func upTo(_ place: Int) -> WordBeginnings { WordBeginnings(.upTo(place)) }

    /// Behind one of the ends, which are in ascending order, and at least one scalar of a class.
    static func after(_ ends: [End], parting: ScalarClass) -> WordBeginnings {
        WordBeginnings(.after(ends, parting: parting))
    }

    /// The origin of a word that begins at a place; `nil` when none may.
    mutating func origin(at place: Int, behind previous: ScalarClass?) -> Int? {
        switch rule {
        case .free(let ownIsSpaceless):
            guard let previous, !ownIsSpaceless else { return place }
            return previous.mayNeighbour ? place : nil
        case .anywhere: return place
        case .upTo(let last): return place <= last ? place : nil
        case .after(let ends, let parting):
            parted = previous?.contains(parting) == true ? ended ?? parted : nil
            ended = nil
            if next < ends.count, ends[next].end == place {
                ended = ends[next].origin
                next += 1
            }
            return parted
        }
    }

    /// Whether no word may begin at a place that was just asked for and had none, nor at any later one.
    func areExhausted(at place: Int) -> Bool {
        switch rule {
        case .free, .anywhere: false
        case .upTo(let last): place > last
        case .after(let ends, _): next == ends.count && ended == nil
        }
    }
}

extension ScalarClass {
    /// Whether a scalar of the class may stand beside a whole word.
    var mayNeighbour: Bool { !contains(.wordPart) || contains(.spaceless) }
}
