import Events
public import Patterns

/// The memory in which one thread decides events.
///
/// It grows to what it needs and is used again for every event. A scratch belongs to one thread at a time.
public final class EngineScratch {
    /// The memory for patterns.
    public let patterns: MatchScratch

    let folding = CaseFolding()
    var candidates = Candidates()

    /// The memory for the literals of each source of the index, which is made when an engine with another index comes.
    private(set) var literals: [LiteralScratch?] = []
    private var index: RuleIndex?

    /// What is remembered where nothing is; see ``RuleEngine/decide(_:matches:scratch:)``.
    var nothing = EngineState()

    /// Decides what hangs on one event alone, event after event.
    let screening: Evaluation

    /// Creates the memory of one thread.
    public init(limits: MatchLimits = MatchLimits()) {
        patterns = MatchScratch(limits: limits)
        screening = Evaluation(.nothing, place: EventPlace(origin: ""), scratch: patterns)
    }

    /// Makes what an index needs, unless it is the one of last time.
    func prepare(for index: RuleIndex) {
        guard self.index !== index else { return }
        self.index = index
        literals = index.sources.map { $0.texts.map { LiteralScratch(for: $0) } }
    }
}

@available(*, unavailable)
extension EngineScratch: Sendable {}

extension Event {
    /// Stands where there is no event, so that none is held longer than it is needed.
    static let nothing = Event(type: "", fields: .emptyObject)
}

extension JSONValue {
    /// The object without members.
    fileprivate static let emptyObject: JSONValue = {
        var parser = JSONParser()
        guard let document = try? parser.parse("{}") else { preconditionFailure("{} is JSON") }
        return document.root
    }()
}
