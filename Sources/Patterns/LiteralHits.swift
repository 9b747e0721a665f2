/// Which keys of a plan a text holds.
@safe
struct LiteralHits {
    private let plan: LiteralPlan

    /// The number of the text, which is never 0.
    private(set) var search: UInt32 = 0

    /// The number of the text in which a key was found last.
    private let foundIn: UnsafeMutableBufferPointer<UInt32>

    /// The keys that were found, each once, so that there is room for all of them.
    let found: UnsafeMutableBufferPointer<Int>
    private(set) var foundCount = 0

    private var text = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var forms: UInt8 = 0

    init(for plan: LiteralPlan) {
        self.plan = plan
        unsafe foundIn = .allocate(capacity: plan.keys.count)
        unsafe foundIn.initialize(repeating: 0)
        unsafe found = .allocate(capacity: plan.keys.count)
        unsafe found.initialize(repeating: 0)
    }

    func deallocate() {
        unsafe foundIn.deallocate()
        unsafe found.deallocate()
    }

    /// Forgets the last text; `renumber` is called when numbers begin anew.
    mutating func beginText(_ renumber: () -> Void) {
        foundCount = 0
        search &+= 1
        guard search == 0 else { return }
        unsafe foundIn.update(repeating: 0)
        renumber()
        search = 1
    }

    /// Takes the form of the text in which ends are told from now on.
    mutating func beginForm(_ text: UnsafeBufferPointer<UInt8>, forms: UInt8) {
        unsafe self.text = unsafe text
        self.forms = forms
    }

    /// Takes notice of a literal that ends at a place.
    mutating func note(_ literal: Int, end: Int) {
        for place in plan.keysOfLiterals.places(of: literal) {
            let number = Int(plan.keysOfLiterals[place])
            guard unsafe foundIn[number] != search else { continue }
            let key = plan.keys[number]
            guard forms & key.form.bit != 0, isFree(key, end: end) else { continue }
            unsafe foundIn[number] = search
            unsafe found[foundCount] = number
            foundCount += 1
        }
    }

    private func isFree(_ key: LiteralPlan.Key, end: Int) -> Bool {
        let start = end - key.length
        if key.freeEnds.contains(.left), start > 0 {
            let neighbour = unsafe text[start - 1]
            guard
                neighbour >= 0x80 ? unsafe isFree(key, beside: text.scalar(before: start)) : !neighbour.isASCIIWordPart
            else { return false }
        }
        if key.freeEnds.contains(.right), unsafe end < text.count {
            let neighbour = unsafe text[end]
            guard
                neighbour >= 0x80 ? unsafe isFree(key, beside: text.scalar(at: end).value) : !neighbour.isASCIIWordPart
            else { return false }
        }
        return true
    }

    /// Whether a character beyond ASCII may stand beside a free end.
    ///
    /// Of patterns that is not told: versions of PCRE2 differ in what they take for a part of a word.
    private func isFree(_ key: LiteralPlan.Key, beside neighbour: UInt32) -> Bool {
        key.form == .caseFolded || ScalarClass(of: neighbour).mayEndLiteral
    }
}

extension ScalarClass {
    /// Whether a scalar of the class may stand beside a free end, whatever is asked of the keyword.
    fileprivate var mayEndLiteral: Bool { mayNeighbour || contains(.apart) }
}
