/// One pass over a text for everything that is looked for in it.
///
/// Of each alternative of a requirement one literal is searched for, the one that the fewest alternatives share; what else it
/// needs is looked at only when that one was found. So the cost of a text grows with what is found in it, not with the number
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

    let database: LiteralDatabase?
    let plan: LiteralPlan

    /// Creates an index; the id of a requirement is its position.
    public init(_ requirements: [TextRequirement]) {
        plan = LiteralPlan(requirements)
        do throws(LiteralIndexProblem) {
            database = plan.literals.isEmpty ? nil : try LiteralDatabase(plan.literals)
            problem = nil
        } catch {
            database = nil
            problem = error
        }
    }

    /// The ids of the requirements that a text may meet, each once, in no order.
    ///
    /// The text is valid UTF-8. The ids are lent by the scratch, until the next search with it. For a plain text nothing is
    /// allocated.
    public func search(_ text: UnsafeRawBufferPointer, scratch: LiteralScratch) -> UnsafeBufferPointer<UInt32> {
        precondition(scratch.index === self, "a scratch serves one index")
        guard problem == nil, text.count < Int32.max else { return unsafe scratch.everything() }
        return unsafe scratch.search(text)
    }
}
