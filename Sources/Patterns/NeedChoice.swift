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
    static let needsMax = 12

    private init(_ alternatives: [[TextNeed]]) {
        self.alternatives = alternatives
        let share = alternatives.reduce(0.0) { share, needs in
            share + Double(sign: .plus, exponent: -(needs.map(\.rarity).max() ?? 0), significand: 1)
        }
        rarity = max(0, -Int(share.exponent))
    }

    /// One of several pieces; `nil` when one of them is empty.
    init?(oneOf pieces: [LiteralPiece]) {
        let alternatives = pieces.map { Array($0.needs.prefix(Self.needsMax)) }
        guard !alternatives.isEmpty, alternatives.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(alternatives)
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
        for (place, choice) in choices.enumerated().dropFirst() {
            let count = choice.alternatives.count
            guard count == 1 || alternatives.count * count <= Self.productMax,
                !choices[..<place].contains(where: { $0.alternatives == choice.alternatives })
            else { continue }
            alternatives = alternatives.flatMap { needs in
                choice.alternatives.map { more in
                    let new = more.filter { need in !needs.contains { $0.implies(need) } }
                    return needs + new.prefix(max(0, Self.needsMax - needs.count))
                }
            }
        }
        self.init(alternatives)
    }
}

extension TextNeed {
    /// Whether a text that meets this need meets another one for certain.
    fileprivate func implies(_ other: TextNeed) -> Bool {
        guard case .literal(let literal) = self, case .literal(let part) = other else {
            return self == other
        }
        return part.form == literal.form && literal.bytes.firstRange(of: part.bytes) != nil
    }
}
