/// What alternatives ask about a text besides their keys, made when the first of them asks.
struct TextSummary {
    private var bigrams = BigramSet()
    private var junctions = JunctionSet()
    private var characters = TextCharacters()

    /// Adds a form of the text.
    mutating func add(form: UnsafeBufferPointer<UInt8>) {
        unsafe bigrams.insertLowercased(form)
        unsafe junctions.insert(form)
    }

    /// Adds the characters of the text as it is.
    mutating func add(characters text: UnsafeBufferPointer<UInt8>) {
        for index in 0..<text.count { unsafe characters.insert(text[index]) }
    }

    /// Whether the text may have what a filter asks for.
    @inline(__always)
    func passes(_ filter: LiteralPlan.Filter, of plan: LiteralPlan) -> Bool {
        guard bigrams.contains(filter.bigrams), junctions.contains(filter.junctions) else { return false }
        return filter.characters < 0 || plan.characters[Int(filter.characters)].allSatisfy { $0.meets(characters) }
    }
}
