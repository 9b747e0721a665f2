/// What is known of the texts that a part of a pattern matches.
///
/// The parts are put together from the inside: pieces that stand side by side grow into longer ones as long as there are few of
/// them; what has become of them then is a need.
struct MatchedTexts {
    /// All texts, when there are few.
    private(set) var all: [LiteralPiece]?

    /// Each text begins with one of these.
    private var beginnings: [LiteralPiece]

    /// Each text ends with one of these.
    private var endings: [LiteralPiece]

    /// What each text needs besides, the rarest first: of each list one alternative.
    private var needs: [NeedChoice] = []

    /// The classes of which each text has a character, as they are written.
    private(set) var classes: [String] = []

    /// More pieces than this are not put together.
    static let piecesMax = 16

    /// Pieces do not grow beyond this.
    static let pieceBytesMax = 48

    /// More needs than this are not kept for a part.
    static let needsMax = 8

    /// More classes than this are not kept for a part.
    static let classesMax = 8

    /// All texts of a part.
    init(_ all: [LiteralPiece]) {
        self.all = all
        beginnings = all
        endings = all
    }

    /// Texts of which nothing is known, or only a class of which each has a character.
    init(oneOf classSource: String? = nil) {
        beginnings = [.empty]
        endings = [.empty]
        classes = classSource.map { [$0] } ?? []
    }

    /// Nothing, matched where a condition holds for which there is a need.
    init(nothingWhere condition: MatchedTexts) {
        self.init([.empty])
        if let choice = condition.choice() { needs = [choice] }
        classes = condition.classes
    }

    /// What is known of a part and another behind it.
    func followed(by other: MatchedTexts) -> MatchedTexts {
        var result = self
        result.add(other.needs)
        result.add(other.classes)
        result.all = nil
        switch (all, other.all) {
        case (let first?, let second?):
            if let both = Self.product(first, second) {
                result.all = both
                result.beginnings = both
            }
            result.endings = result.all ?? second
        case (let first?, nil):
            result.beginnings = Self.product(first, other.beginnings) ?? first
            if result.beginnings == first { result.add([NeedChoice(oneOf: other.beginnings)].compactMap(\.self)) }
            result.endings = other.endings
        case (nil, let second?):
            if let longer = Self.product(endings, second) {
                result.endings = longer
            } else {
                result.add([NeedChoice(oneOf: endings)].compactMap(\.self))
                result.endings = second
            }
        case (nil, nil):
            let middle = Self.product(endings, other.beginnings).map { [$0] } ?? [endings, other.beginnings]
            result.add(middle.compactMap { NeedChoice(oneOf: $0) })
            result.endings = other.endings
        }
        return result
    }

    /// What is known of one of several parts.
    static func oneOf(_ branches: [MatchedTexts]) -> MatchedTexts {
        guard branches.count != 1 else { return branches[0] }
        var result = MatchedTexts()
        let exact = branches.compactMap(\.all)
        if exact.count == branches.count, let all = few(exact.joined()) {
            result = MatchedTexts(all)
        } else {
            result.beginnings = few(branches.lazy.flatMap(\.beginnings)) ?? [.empty]
            result.endings = few(branches.lazy.flatMap(\.endings)) ?? [.empty]
        }
        // What is known of all texts is told by their pieces, but for what a branch asks ahead.
        let isTold = result.all != nil && branches.allSatisfy(\.needs.isEmpty)
        if !isTold, let choice = NeedChoice(oneOf: branches.map { $0.choice() }) { result.needs = [choice] }
        return result
    }

    /// What is known of a part that comes several times.
    func repeated(_ count: PatternCount) -> MatchedTexts {
        // Any number of gaps side by side is one.
        let isSame = count == .once || all == [.gap]
        guard count.least > 0 else {
            guard isSame || count.most == 1, let all, let some = Self.few(all + [.empty]) else { return MatchedTexts() }
            return MatchedTexts(some)
        }
        guard !isSame else { return self }
        var result = self
        result.all = nil
        return result
    }

    /// What a text needs that holds one of these; `nil` when nothing is known.
    func choice() -> NeedChoice? {
        let ends = all == nil ? [beginnings, endings] : [beginnings]
        return NeedChoice(allOf: needs + ends.compactMap { NeedChoice(oneOf: $0) })
    }

    private mutating func add(_ more: [NeedChoice]) {
        needs += more
        guard needs.count > Self.needsMax else { return }
        needs.sort { $0.rarity > $1.rarity }
        needs.removeLast(needs.count - Self.needsMax)
    }

    private mutating func add(_ more: [String]) {
        for source in more where classes.count < Self.classesMax && !classes.contains(source) { classes.append(source) }
    }

    /// Each piece with each other behind it; `nil` when they become too many or too long.
    private static func product(_ pieces: [LiteralPiece], _ others: [LiteralPiece]) -> [LiteralPiece]? {
        guard pieces.count * others.count <= piecesMax else { return nil }
        guard longest(of: pieces) + longest(of: others) <= pieceBytesMax else { return nil }
        return few(pieces.lazy.flatMap { piece in others.map { piece + $0 } })
    }

    private static func longest(of pieces: [LiteralPiece]) -> Int {
        pieces.reduce(0) { max($0, $1.bytes.count) }
    }

    /// The different ones of some pieces; `nil` when there are many.
    private static func few(_ pieces: some Sequence<LiteralPiece>) -> [LiteralPiece]? {
        var few: [LiteralPiece] = []
        for piece in pieces where !few.contains(piece) {
            guard few.count < piecesMax else { return nil }
            few.append(piece)
        }
        return few
    }
}
