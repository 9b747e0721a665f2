/// What is searched for so that requirements can be told apart, and what follows from what was found.
struct LiteralPlan: Sendable {
    /// What is searched for; the number of a literal is its position.
    private(set) var literals: [[UInt8]] = []

    /// The keys that each literal is, by the number of the literal.
    private(set) var keysOfLiterals = PackedLists<UInt32>()

    /// The literals in one form and with what must stand beside them.
    private(set) var keys: [Key] = []

    /// The alternatives that a key decides, by the number of the key.
    private(set) var alternativesOfKeys = PackedLists<Alternative>()

    /// The sets of characters that filters ask for, each with the number by which they do.
    private(set) var characters: [[TextCharacters]] = []

    /// The alternatives without a literal by what they need, which is looked at for every text.
    private(set) var unkeyed = PackedLists<UInt32>()
    private(set) var unkeyedFilters: [Filter] = []

    /// How many requirements there are.
    let requirementCount: Int

    /// The forms in which a text that is not plain is searched.
    private(set) var forms: Set<TextForm> = []

    /// Whether anything is asked about the characters of a text.
    var asksForCharacters: Bool { !characters.isEmpty }

    /// A literal in a form.
    struct Key: Sendable {
        let length: Int
        let form: TextForm
        let freeEnds: TextLiteral.FreeEnds
    }

    struct Alternative: Sendable {
        let requirement: UInt32

        /// Whether a text must pass the filter besides.
        let hasFilter: Bool
        let filter: Filter
    }

    /// What an alternative needs, as far as it can be looked up in a summary of the text.
    struct Filter: Hashable, Sendable {
        /// The pairs of bytes of all literals.
        var bigrams = BigramSet()

        /// How their words begin, end and follow one another.
        var junctions = JunctionSet()

        /// Which list of sets of characters it is that the text must hold one of each of; negative for none.
        var characters: Int32 = -1
    }

    init(_ requirements: [TextRequirement]) {
        requirementCount = requirements.count
        var shares: [TextLiteral: Int] = [:]
        for literal in requirements.lazy.flatMap(\.alternatives).joined().compactMap(\.literal) {
            shares[literal, default: 0] += 1
        }
        var numbers = Numbers()
        for (id, requirement) in requirements.enumerated() {
            for needs in requirement.alternatives {
                let literals = needs.compactMap(\.literal)
                let best = literals.count == 1 ? literals[0] : literals.min { Self.precedes($0, $1, shares) }
                add(needs, of: UInt32(id), under: best, &numbers)
            }
        }
        keysOfLiterals.finish(count: literals.count)
        alternativesOfKeys.finish(count: keys.count)
        unkeyed.finish(count: unkeyedFilters.count)
    }

    /// Whether one literal is rarer than another, as far as can be told from the requirements and what people write.
    private static func precedes(_ one: TextLiteral, _ other: TextLiteral, _ shares: [TextLiteral: Int]) -> Bool {
        let bits = { (literal: TextLiteral) in
            // A literal that many requirements share is common where they come from: twice as many take one bit from its rarity.
            TextNeed.literal(literal).rarity - (Int.bitWidth - (shares[literal] ?? 0).leadingZeroBitCount)
        }
        return bits(one) > bits(other)
    }

    /// What has been numbered while a plan is made.
    private struct Numbers {
        var ofKeys: [TextLiteral: Int] = [:]
        var ofLiterals: [[UInt8]: Int] = [:]
        var ofUnkeyed: [Filter: Int] = [:]
        var ofCharacters: [[TextCharacters]: Int] = [:]
    }

    private mutating func add(
        _ needs: [TextNeed],
        of requirement: UInt32,
        under best: TextLiteral?,
        _ numbers: inout Numbers
    ) {
        let filter = filter(needs, &numbers)
        guard let best else {
            // What a filter asks about letters beside letters comes from patterns.
            if filter.junctions != JunctionSet() { forms.insert(.caseFolded) }
            let number = numbers.ofUnkeyed[filter] ?? unkeyedFilters.count
            if number == unkeyedFilters.count { unkeyedFilters.append(filter) }
            numbers.ofUnkeyed[filter] = number
            unkeyed.append(requirement, to: number)
            return
        }
        forms.insert(best.form)
        let alternative = Alternative(requirement: requirement, hasFilter: needs.count > 1, filter: filter)
        alternativesOfKeys.append(alternative, to: keyNumber(of: best, &numbers))
    }

    private mutating func filter(_ needs: [TextNeed], _ numbers: inout Numbers) -> Filter {
        var filter = Filter()
        var sets: [TextCharacters] = []
        for need in needs {
            switch need {
            case .literal(let literal):
                filter.bigrams.insert(literal.bytes)
                filter.junctions.insertEnds(of: literal)
            case .junction(let junction): filter.junctions.insert(junction)
            case .character(let set): sets.append(set)
            }
        }
        guard !sets.isEmpty else { return filter }
        let number = numbers.ofCharacters[sets] ?? characters.count
        if number == characters.count { characters.append(sets) }
        numbers.ofCharacters[sets] = number
        filter.characters = Int32(number)
        return filter
    }

    private mutating func keyNumber(of best: TextLiteral, _ numbers: inout Numbers) -> Int {
        if let known = numbers.ofKeys[best] { return known }
        let literal = numbers.ofLiterals[best.bytes] ?? literals.count
        if literal == literals.count {
            literals.append(best.bytes)
            numbers.ofLiterals[best.bytes] = literal
        }
        let number = keys.count
        keys.append(Key(length: best.bytes.count, form: best.form, freeEnds: best.freeEnds))
        keysOfLiterals.append(UInt32(number), to: literal)
        numbers.ofKeys[best] = number
        return number
    }
}

extension TextNeed {
    /// The literal, if the need is one.
    fileprivate var literal: TextLiteral? {
        if case .literal(let literal) = self { literal } else { nil }
    }
}
