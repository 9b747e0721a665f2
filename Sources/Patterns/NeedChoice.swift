/// Alternatives of needs while a pattern is taken apart, with a guess at how many texts they rule out.
struct NeedChoice {
    let alternatives: [[TextNeed]]

    /// How rare a text is that meets one of the alternatives, in bits: of 2 to the power of it, one does.
    let rarity: Int

    /// More alternatives than this are not told apart: a pattern that large is tried on every text.
    static let alternativesMax = 1_000

    /// Choices are put together into one as long as it has no more alternatives than this.
    static let productMax = 16

    /// More needs than this are not kept for an alternative.
    static let needsMax = 6

    private init(_ alternatives: [[TextNeed]]) {
        self.alternatives = alternatives
        let share = alternatives.reduce(0.0) { share, needs in
            share + Double(sign: .plus, exponent: -(needs.map(\.rarity).max() ?? 0), significand: 1)
        }
        rarity = max(0, -Int(share.exponent))
    }

    /// One of several pieces; `nil` when one of them is empty.
    init?(oneOf pieces: [LiteralPiece]) {
        let needs = pieces.compactMap(\.need)
        guard needs.count == pieces.count, !needs.isEmpty else { return nil }
        self.init(needs.map { [$0] })
    }

    /// One of several choices; `nil` when one is not known or they have too many alternatives.
    init?(oneOf choices: [NeedChoice?]) {
        var alternatives: [[TextNeed]] = []
        for choice in choices {
            guard let choice, alternatives.count + choice.alternatives.count <= Self.alternativesMax else { return nil }
            alternatives += choice.alternatives
        }
        guard !alternatives.isEmpty else { return nil }
        self.init(alternatives)
    }

    /// All of several choices, the rarest of them at least; `nil` when there is none.
    init?(allOf choices: [NeedChoice]) {
        let choices = choices.sorted { $0.rarity > $1.rarity }
        guard var alternatives = choices.first?.alternatives else { return nil }
        for choice in choices.dropFirst()
        where alternatives.count * choice.alternatives.count <= Self.productMax
            || choice.alternatives.count == 1
        {
            alternatives = alternatives.flatMap { needs in
                choice.alternatives.map { more in
                    needs + more.filter { !needs.contains($0) }.prefix(max(0, Self.needsMax - needs.count))
                }
            }
        }
        self.init(alternatives)
    }
}
