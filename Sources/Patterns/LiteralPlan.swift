/// What is searched for so that requirements can be told apart, and what follows from what was found.
struct LiteralPlan {
    /// The whole words that are looked up in the forms that hold words, by their hashes.
    private(set) var phrases = Table<UInt64>()

    /// What else is searched for in these forms: parts of words.
    private(set) var words = Table<[UInt8]>()

    /// What is searched for in the case folded form.
    private(set) var caseFolded = Table<[UInt8]>()

    /// The lists of sets of characters that alternatives ask for, one of each set, each list with the number by which they do.
    private(set) var characters: [[TextCharacters]] = []

    /// The requirements with an alternative without a literal, and the list of sets of characters that it needs.
    private(set) var unkeyed: [Alternative] = []

    /// Literals, or what stands for them, and the alternatives that each of them decides.
    struct Table<Key: Hashable> {
        /// The number of a key is its position.
        fileprivate(set) var keys: [Key] = []
        fileprivate(set) var alternatives: [(list: Int, element: Alternative)] = []

        /// The bits of the forms that the keys are looked for in.
        fileprivate(set) var forms: UInt8 = 0

        fileprivate var numbers: [Key: Int] = [:]
    }

    /// What remains to be known of an alternative of which the literal was found.
    struct Alternative: BitwiseCopyable, Sendable {
        let requirement: UInt32

        /// Which list of sets of characters it is that the text must hold one of each of; negative for none.
        let characters: Int32

        /// The form of the text that the literal must be found in.
        let form: UInt8
    }

    init(_ requirements: [TextRequirement]) {
        let shares = Self.shares(of: requirements)
        var numbersOfCharacters: [[TextCharacters]: Int32] = [:]
        for (id, requirement) in requirements.enumerated() {
            for needs in requirement.alternatives {
                let best = needs.count == 1 ? needs[0].literal : Self.rarest(of: needs, shares)
                let sets = needs.compactMap(\.characters)
                let number = sets.isEmpty ? -1 : numbersOfCharacters[sets] ?? Int32(characters.count)
                if number == characters.count {
                    characters.append(sets)
                    numbersOfCharacters[sets] = number
                }
                let form = best?.form.bit ?? 0
                let alternative = Alternative(requirement: UInt32(id), characters: number, form: form)
                add(alternative, under: best)
            }
        }
    }

    private mutating func add(_ alternative: Alternative, under literal: TextLiteral?) {
        guard let literal else {
            unkeyed.append(alternative)
            return
        }
        if literal.form == .caseFolded {
            caseFolded.add(alternative, under: literal.bytes)
        } else if let hash = WordHash.hash(ofWholeWords: literal.bytes) {
            phrases.add(alternative, under: hash)
        } else {
            words.add(alternative, under: literal.bytes)
        }
    }

    /// How many alternatives ask for each literal that is not alone in one of them.
    private static func shares(of requirements: [TextRequirement]) -> [TextLiteral: Int] {
        var shares: [TextLiteral: Int] = [:]
        for needs in requirements.lazy.flatMap(\.alternatives) where needs.count > 1 {
            for literal in needs.lazy.compactMap(\.literal) { shares[literal, default: 0] += 1 }
        }
        return shares
    }

    /// The literal that the fewest texts hold, as far as can be told from the requirements and what people write.
    private static func rarest(of needs: [TextNeed], _ shares: [TextLiteral: Int]) -> TextLiteral? {
        let literals = needs.compactMap(\.literal)
        guard literals.count > 1 else { return literals.first }
        return literals.max { bits($0, shares) < bits($1, shares) }
    }

    /// How rare a literal is, in bits.
    ///
    /// A literal that many requirements share is common where they come from: twice as many take one bit from its rarity.
    private static func bits(_ literal: TextLiteral, _ shares: [TextLiteral: Int]) -> Int {
        TextNeed.literal(literal).rarity - (Int.bitWidth - (shares[literal] ?? 0).leadingZeroBitCount)
    }
}

extension LiteralPlan.Table {
    fileprivate mutating func add(_ alternative: LiteralPlan.Alternative, under key: Key) {
        let number = numbers[key] ?? keys.count
        if number == keys.count {
            keys.append(key)
            numbers[key] = number
        }
        alternatives.append((number, alternative))
        forms |= alternative.form
    }
}

extension TextNeed {
    /// The literal, if the need is one.
    fileprivate var literal: TextLiteral? {
        if case .literal(let literal) = self { literal } else { nil }
    }

    /// The set of characters, if the need is one.
    fileprivate var characters: TextCharacters? {
        if case .character(let set) = self { set } else { nil }
    }
}
