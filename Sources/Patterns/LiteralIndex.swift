/// One pass over a text for everything that is looked for in it.
///
/// Of each alternative of a requirement one literal is searched for, the rarest: that of a keyword or phrase in the words of the
/// text, where it is all that the keyword needs. So the cost of a text grows with what is found in it, not with the number
/// of requirements.
///
/// ```swift
/// let index = LiteralIndex(requirements)
/// let scratch = LiteralScratch(for: index)                      // one a thread
/// for id in unsafe index.search(text, scratch: scratch) { … }   // positions in `requirements`
/// ```
///
/// Where the search cannot be had, as on a processor without the instructions for it, every text may meet every requirement;
/// ``problem`` says so.
public final class LiteralIndex: Sendable {
    /// Why no requirement is ever ruled out; `nil` when texts are searched.
    public let problem: LiteralIndexProblem?

    /// The phrases that are looked up, and what is searched for in the forms that hold words and in the case folded form; `nil` when
    /// there is nothing.
    let phrases: PhraseTable?
    let words: LiteralSearch?
    let caseFolded: LiteralSearch?

    /// What alternatives need besides; see ``LiteralPlan``.
    let characters: [[TextCharacters]]
    let unkeyed: [LiteralPlan.Alternative]

    /// How many requirements there are.
    let requirementCount: Int

    /// Creates an index; the id of a requirement is its position.
    public init(_ requirements: [TextRequirement]) {
        let plan = LiteralPlan(requirements)
        characters = plan.characters
        unkeyed = plan.unkeyed
        phrases = PhraseTable(plan.phrases)
        requirementCount = requirements.count
        do throws(LiteralIndexProblem) {
            let searches = (try LiteralSearch(plan.words), try LiteralSearch(plan.caseFolded))
            (words, caseFolded) = searches
            problem = nil
        } catch {
            words = nil
            caseFolded = nil
            problem = error
        }
    }

    /// The ids of the requirements that a text may meet, each once, in no order.
    ///
    /// The text is valid UTF-8. The ids are lent by the scratch, until the next search with it. For a text that is wholly
    /// ASCII nothing is allocated.
    public func search(_ text: UnsafeRawBufferPointer, scratch: LiteralScratch) -> UnsafeBufferPointer<UInt32> {
        precondition(scratch.index === self, "a scratch serves one index")
        guard problem == nil, text.count < Int32.max else { return unsafe scratch.everything() }
        return unsafe scratch.search(text)
    }
}
