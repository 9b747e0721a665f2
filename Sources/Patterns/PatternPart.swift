/// A part of a regex, as far as it matters which letters stand beside an escape.
struct PatternPart: Sendable {
    let content: Content

    /// Whether the pattern may go on without the part, or the part may be empty.
    var isOptional: Bool

    /// Where it stands without its quantifier, in UTF-8 bytes of the source.
    var body = 0..<0

    /// Where it stands with its quantifier.
    var range = 0..<0

    /// The character, when it is a single one that is written literally or as an escape.
    var scalar: UInt32?

    /// How often it comes.
    var count = PatternCount.once

    /// What it does with the text that it matches.
    var role = Role.takes

    /// Whether it is an assertion that chooses between the branches of a conditional group, and need not hold.
    var isCondition = false

    /// The modes that are on where it stands.
    var modes = PatternModes()

    /// What a part does with the text that it matches.
    enum Role: Hashable, Sendable {
        /// It takes the text, as letters and groups do.
        case takes

        /// It asks whether the text follows.
        case asksAhead

        /// It asks whether other text than this follows.
        case asksAheadForOther

        /// It asks what stands before.
        case asksBehind
    }

    enum Content: Sendable {
        /// A character or a class of them, with what it is on both of its sides.
        case letter(PatternEdge)

        /// What stands for all kinds of characters, or for what a group matched.
        case anything

        /// A word escape, by its place in the list of all.
        case escape(Int)

        /// Branches of parts side by side, with what they begin and end with.
        case branches([[PatternPart]], first: PatternEdge, last: PatternEdge)
    }

    /// What stands for all kinds of characters.
    ///
    /// It is never optional: in `\bno\b.*हाँ` the second boundary is not meant to stand beside the last word.
    static let anything = PatternPart(content: .anything, isOptional: false)

    private init(content: Content, isOptional: Bool) {
        self.content = content
        self.isOptional = isOptional
    }

    /// A character or a class.
    init(letter: PatternEdge, isOptional: Bool) {
        content = .letter(letter)
        self.isOptional = isOptional
    }

    /// A word escape that matches no character.
    init(escape: Int) {
        content = .escape(escape)
        isOptional = true
    }

    /// A group.
    init(branches: [[PatternPart]], isOptional: Bool) {
        content = .branches(
            branches,
            first: PatternEdge(oneOf: branches.map { PatternEdge(beginning: $0, followedBy: .unknown) }),
            last: PatternEdge(oneOf: branches.map { PatternEdge(ending: $0, after: .unknown) })
        )
        self.isOptional = isOptional || branches.contains { $0.allSatisfy(\.isOptional) }
    }

    fileprivate var first: PatternEdge? {
        switch content {
        case .letter(let edge): edge
        case .anything: .unknown
        case .branches(_, let first, _): first
        case .escape: nil
        }
    }

    fileprivate var last: PatternEdge? {
        switch content {
        case .letter(let edge): edge
        case .anything: .unknown
        case .branches(_, _, let last): last
        case .escape: nil
        }
    }
}

/// How often a part of a regex comes.
struct PatternCount: Hashable, Sendable {
    var least: Int

    /// The most; `nil` when there is none.
    var most: Int?

    /// Whether it comes as often as it can and then less often.
    var isGreedy = true

    static let once = PatternCount(least: 1, most: 1)
}

/// The modes that change what characters and classes match, as `(?i)` turns them on.
struct PatternModes: Hashable, Sendable {
    var isExtended = false
    var isIgnoringCase = false
    var isDotTakingAll = false
}

/// What may stand on one side of a place in a regex.
struct PatternEdge: Hashable, Sendable {
    /// The scripts with vowel signs of which a letter may stand there.
    var scripts: Set<VowelSignScript>

    /// Whether nothing but a letter, number or mark can stand there.
    var isWordPart: Bool

    /// What stands outside of the pattern, or cannot be told.
    static let unknown = PatternEdge(scripts: [], isWordPart: false)

    init(scripts: Set<VowelSignScript>, isWordPart: Bool) {
        self.scripts = scripts
        self.isWordPart = isWordPart
    }

    /// A literal character.
    init(scalar: UInt32) {
        // Asking for a script takes longer than everything else, and no script of ASCII has vowel signs.
        scripts = scalar < 0x80 ? [] : VowelSignScript(of: scalar).map { [$0] } ?? []
        isWordPart = ScalarClass(of: scalar).contains(.wordPart)
    }

    /// One of several.
    init(oneOf edges: [PatternEdge]) {
        scripts = edges.reduce(into: []) { $0.formUnion($1.scripts) }
        isWordPart = !edges.isEmpty && edges.allSatisfy(\.isWordPart)
    }

    /// What parts side by side begin with, or what follows them.
    init(beginning parts: some Collection<PatternPart>, followedBy following: PatternEdge) {
        self = parts.reversed().reduce(following) { $0.seen(through: $1, from: $1.first) }
    }

    /// What parts side by side end with, or what precedes them.
    init(ending parts: some Collection<PatternPart>, after preceding: PatternEdge) {
        self = parts.reduce(preceding) { $0.seen(through: $1, from: $1.last) }
    }

    /// What is seen of this edge when a part stands before it.
    func seen(through part: PatternPart, first: Bool) -> PatternEdge {
        seen(through: part, from: first ? part.first : part.last)
    }

    private func seen(through part: PatternPart, from edge: PatternEdge?) -> PatternEdge {
        guard let edge else { return self }
        return part.isOptional ? PatternEdge(oneOf: [edge, self]) : edge
    }
}
