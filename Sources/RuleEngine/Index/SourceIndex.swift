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
        private var texts: [TextRequirement: Int] = [:]
        private var textOwners: [[UInt32]] = []
        private var exact = ByteTable()
        private var exactOwners: [[UInt32]] = []
        private var folded = ByteTable()
        private var foldedOwners: [[UInt32]] = []
        private var values: [LiteralKey: Int] = [:]
        private var valueOwners: [[UInt32]] = []
        private var present: [UInt32] = []

        /// Notes that somebody wants to know of a text that meets a requirement.
        mutating func add(_ requirement: TextRequirement, for owner: UInt32) {
            let place = texts[requirement, default: textOwners.count]
            texts[requirement] = place
            textOwners.add(owner, at: place)
        }

        /// Notes that somebody wants to know of one of these values.
        mutating func add(_ literals: LiteralSet, ignoringCase: Bool, for owner: UInt32) {
            for literal in literals.literals {
                switch literal {
                case .string(let text) where ignoringCase: foldedOwners.add(owner, at: folded.insert(text))
                case .string(let text): exactOwners.add(owner, at: exact.insert(text))
                case .integer, .number, .boolean:
                    guard let key = LiteralKey(literal) else { continue }
                    let place = values[key, default: valueOwners.count]
                    values[key] = place
                    valueOwners.add(owner, at: place)
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
            let requirements = texts.sorted { $0.value < $1.value }.map(\.key)
            return (LiteralIndex(requirements), OwnerLists(textOwners))
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

extension [[UInt32]] {
    /// Adds an owner to the list at a place, which may be the next one.
    fileprivate mutating func add(_ owner: UInt32, at place: Int) {
        if place == count { append([]) }
        if self[place].last != owner { self[place].append(owner) }
    }
}
