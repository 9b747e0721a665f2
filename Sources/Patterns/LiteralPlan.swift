/// What is searched for so that requirements can be told apart, and what follows from what was found.
struct LiteralPlan: Sendable {
    /// What is searched for; the number of a literal is its position.
    private(set) var literals: [[UInt8]] = []

    /// The keys that each literal is, by the number of the literal.
    private(set) var keysOfLiterals = NumberLists()

    /// The literals in one form and with what must stand beside them.
    private(set) var keys: [Key] = []

    /// The alternatives that a key decides, by the number of the key.
    private(set) var alternativesOfKeys = NumberLists()

    private(set) var alternatives: [Alternative] = []

    /// The alternatives without a literal, which are looked at for every text.
    private(set) var unkeyed: [UInt32] = []

    /// How many requirements there are.
    let requirementCount: Int

    /// The forms in which a text that is not plain is searched.
    private(set) var forms: Set<TextForm> = []

    struct Key: Hashable, Sendable {
        let literal: UInt32
        let length: UInt32
        let form: TextForm
        let freeEnds: TextLiteral.FreeEnds
    }

    struct Alternative: Sendable {
        let requirement: UInt32

        /// The pairs of bytes of all literals.
        let bigrams: BigramSet

        /// The characters of which the text must hold one of each set.
        let characters: [TextCharacters]
    }

    init(_ requirements: [TextRequirement]) {
        requirementCount = requirements.count
        var shares: [TextLiteral: Int] = [:]
        for need in requirements.lazy.flatMap(\.alternatives).joined() {
            if case .literal(let literal) = need { shares[literal, default: 0] += 1 }
        }
        var numberOfKey: [TextLiteral: Int] = [:]
        var numberOfLiteral: [[UInt8]: Int] = [:]
        for (id, requirement) in requirements.enumerated() {
            for needs in requirement.alternatives {
                let alternative = UInt32(alternatives.count)
                alternatives.append(Alternative(of: UInt32(id), needs: needs))
                let found = needs.compactMap { if case .literal(let literal) = $0 { literal } else { nil } }
                let best = found.min { one, other in
                    let (first, second) = (shares[one] ?? 0, shares[other] ?? 0)
                    return first == second ? one.bytes.count > other.bytes.count : first < second
                }
                guard let best else {
                    unkeyed.append(alternative)
                    continue
                }
                forms.insert(best.form)
                let key = numberOfKey[best] ?? keys.count
                if key == keys.count {
                    let literal = numberOfLiteral[best.bytes] ?? literals.count
                    if literal == literals.count { literals.append(best.bytes) }
                    numberOfLiteral[best.bytes] = literal
                    numberOfKey[best] = key
                    keys.append(
                        Key(
                            literal: UInt32(literal),
                            length: UInt32(best.bytes.count),
                            form: best.form,
                            freeEnds: best.freeEnds
                        )
                    )
                    keysOfLiterals.append(UInt32(key), to: literal)
                }
                alternativesOfKeys.append(alternative, to: key)
            }
        }
        keysOfLiterals.finish(count: literals.count)
        alternativesOfKeys.finish(count: keys.count)
    }
}

extension LiteralPlan.Alternative {
    fileprivate init(of requirement: UInt32, needs: [TextNeed]) {
        var bigrams = BigramSet()
        var characters: [TextCharacters] = []
        for need in needs {
            switch need {
            case .literal(let literal): bigrams.insert(literal.bytes)
            case .character(let set): characters.append(set)
            }
        }
        self.requirement = requirement
        self.bigrams = bigrams
        self.characters = characters
    }
}

/// Lists of numbers, one behind the other in memory.
struct NumberLists: Sendable {
    private var pairs: [(list: Int, number: UInt32)] = []
    private var starts: [Int] = []
    private var numbers: [UInt32] = []

    mutating func append(_ number: UInt32, to list: Int) {
        pairs.append((list, number))
    }

    /// Puts the lists in order.
    mutating func finish(count: Int) {
        starts = [Int](repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.list + 1] += 1 }
        for list in 0..<count { starts[list + 1] += starts[list] }
        var next = starts
        numbers = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs {
            numbers[next[pair.list]] = pair.number
            next[pair.list] += 1
        }
        pairs = []
    }

    /// The numbers of a list.
    @inline(__always)
    subscript(list: Int) -> ArraySlice<UInt32> { numbers[starts[list]..<starts[list + 1]] }
}
