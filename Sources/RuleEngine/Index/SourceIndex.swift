import Events
import Patterns

/// Everything that any rule looks for in one place of an event, asked together.
final class SourceIndex: Sendable {
    /// The place.
    let source: Requirement.Source

    /// What texts are searched for.
    let texts: LiteralIndex?

    private let textOwners: OwnerLists
    private let exact: ByteTable
    private let exactOwners: OwnerLists
    private let folded: ByteTable
    private let foldedOwners: OwnerLists
    private let values: [LiteralKey: Int]
    private let valueOwners: OwnerLists
    private let present: [UInt32]

    /// Collects what the rules look for in one place.
    struct Builder {
        private var texts: [(requirement: TextRequirement, owner: UInt32)] = []
        private var exact = ByteTable()
        private var exactOwners: [[UInt32]] = []
        private var folded = ByteTable()
        private var foldedOwners: [[UInt32]] = []
        private var values: [LiteralKey: Int] = [:]
        private var valueOwners: [[UInt32]] = []
        private var present: [UInt32] = []

        /// Notes that somebody wants to know of a text that meets a requirement.
        mutating func add(_ requirement: TextRequirement, for owner: UInt32) {
            texts.append((requirement, owner))
        }

        /// Notes that somebody wants to know of one of these values.
        mutating func add(_ literals: LiteralSet, ignoringCase: Bool, for owner: UInt32) {
            for literal in literals.literals {
                switch literal {
                case .string(let text) where ignoringCase: foldedOwners.add(owner, at: folded.insert(text))
                case .string(let text): exactOwners.add(owner, at: exact.insert(text))
                case .integer, .number, .boolean:
                    guard let key = LiteralKey(literal) else { continue }
                    valueOwners.add(owner, at: values.place(of: key))
                }
            }
        }

        /// Notes that somebody wants to know of any value.
        mutating func addPresence(for owner: UInt32) { present.append(owner) }

        /// Builds the index.
        func index(of source: Requirement.Source) -> SourceIndex {
            SourceIndex(self, source)
        }

        fileprivate var index: (texts: LiteralIndex?, textOwners: OwnerLists) {
            guard !texts.isEmpty else { return (nil, OwnerLists([])) }
            var places = [TextRequirement: Int](minimumCapacity: texts.count)
            var requirements: [TextRequirement] = []
            var owners: [[UInt32]] = []
            for (requirement, owner) in texts {
                let place = places.place(of: requirement)
                if place == requirements.count { requirements.append(requirement) }
                owners.add(owner, at: place)
            }
            return (LiteralIndex(requirements), OwnerLists(owners))
        }

        fileprivate var tables: (exact: ByteTable, OwnerLists, folded: ByteTable, OwnerLists) {
            (exact, OwnerLists(exactOwners), folded, OwnerLists(foldedOwners))
        }

        fileprivate var others: (values: [LiteralKey: Int], OwnerLists, present: [UInt32]) {
            (values, OwnerLists(valueOwners), present)
        }
    }

    fileprivate init(_ builder: Builder, _ source: Requirement.Source) {
        self.source = source
        (texts, textOwners) = builder.index
        (exact, exactOwners, folded, foldedOwners) = builder.tables
        (values, valueOwners, present) = builder.others
    }

    /// Adds everybody who may have found what they look for in a value of the place.
    func search(_ value: LentScalar, _ literals: LiteralScratch?, _ scratch: EngineScratch) {
        for owner in present { scratch.candidates.add(owner) }
        guard case .text(let text) = value else {
            if let place = LiteralKey(value).flatMap({ values[$0] }) { valueOwners.add(place, to: &scratch.candidates) }
            return
        }
        if let place = unsafe exact.position(of: text) { exactOwners.add(place, to: &scratch.candidates) }
        if folded.count > 0 {
            let place = unsafe scratch.folding.withCaseFolded(text) { unsafe folded.position(of: $0) }
            if let place { foldedOwners.add(place, to: &scratch.candidates) }
        }
        guard let texts, let literals else { return }
        let met = unsafe texts.search(text, scratch: literals)
        for place in 0..<met.count { textOwners.add(unsafe Int(met[place]), to: &scratch.candidates) }
    }
}

extension Dictionary where Value == Int {
    /// The place of a key; one that is new has the next.
    ///
    /// The key is hashed once: that of a regex consists of hundreds of literals.
    fileprivate mutating func place(of key: Key) -> Int {
        func noted(_ place: inout Int) -> Int { place }
        let next = count
        return noted(&self[key, default: next])
    }
}

extension [[UInt32]] {
    /// Adds an owner to the list at a place, which may be the next one.
    fileprivate mutating func add(_ owner: UInt32, at place: Int) {
        if place == count { append([]) }
        if self[place].last != owner { self[place].append(owner) }
    }
}
