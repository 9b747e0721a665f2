import Events
import Ledger
import Logging
import RuleEngine
import Synchronization

/// What was remembered when the last run ended, for the one feed that goes on with it.
///
/// Handed over once, since whoever kept a second reference would make the first change copy a million windows.
final class RestoredState: Sendable {
    private let state: Mutex<EngineState?>

    /// Of so many rules and facts it is told one by one what was forgotten.
    private static let ownersToldMax = 5

    /// Takes up what the ledger holds.
    ///
    /// What belongs to rules and facts that are gone, or mean something else by now, is deleted and told.
    ///
    /// - Parameters:
    ///   - ledger: What holds it.
    ///   - program: The rules that go on with it.
    ///   - isKept: Whether what changes is to be written down.
    ///   - logger: Where it is told.
    /// - Throws: ``CannotStart`` when it cannot be read.
    init(from ledger: Ledger, for program: Program, isKept: Bool, _ logger: Logger) throws {
        var state = EngineState(tracksChanges: isKept)
        let kept: [KeptState]
        do throws(LedgerProblem) {
            state.picks = try ledger.picks()
            state.latestTime = try ledger.latestTime()
            state.clock = try ledger.clock()
            kept = try ledger.state()
        } catch {
            throw CannotStart(error.description)
        }
        let (dropped, unreadable) = Self.restore(kept, into: &state, for: program)
        do throws(LedgerProblem) { try ledger.drop(Array(dropped.keys)) } catch {
            throw CannotStart(error.description)
        }
        Self.tell(of: dropped, program, logger)
        if unreadable > 0 {
            let what = "\(unreadable.counted("window")) in '\(ledger.path)'"
            logger.warning("\(what) cannot be read and \(unreadable == 1 ? "is" : "are") forgotten")
        }
        self.state = Mutex(state)
    }

    /// The state; what came before any event where it was taken already.
    func take() -> EngineState { state.withLock { $0.take() } ?? EngineState() }

    /// How many rows were not taken up, by slot, and how many cannot be read.
    private static func restore(
        _ kept: [KeptState],
        into state: inout EngineState,
        for program: Program
    ) -> (dropped: [KeptSlot: Int], unreadable: Int) {
        var unknown: [KeptSlot: Int] = [:]
        let rows = kept.compactMap { kept in
            let row = StateRow(kept)
            if row == nil { unknown[kept.slot, default: 0] += 1 }
            return row
        }
        let leftovers = state.restore(rows, for: program)
        let dropped = leftovers.dropped.map { (KeptSlot($0.key), $0.value) }
        return (unknown.merging(dropped) { $0 + $1 }, leftovers.unreadable.values.reduce(0, +))
    }

    // MARK: - Telling

    private static func tell(of dropped: [KeptSlot: Int], _ program: Program, _ logger: Logger) {
        var counts: [KeptSlot.Owner: Int] = [:]
        for (slot, count) in dropped { counts[slot.owner, default: 0] += count }
        let owners = counts.map { (name: program.standing(of: $0.key), count: $0.value) }.sorted { $0.name < $1.name }
        for owner in owners.prefix(ownersToldMax) {
            logger.notice("\(owner.name); \(owner.count.forgotten)")
        }
        let rest = owners.dropFirst(ownersToldMax)
        guard !rest.isEmpty else { return }
        let others =
            rest.count == 1 ? "1 other has changed or is gone" : "\(rest.count) others have changed or are gone"
        logger.notice("\(others); \(rest.reduce(0) { $0 + $1.count }.forgotten)")
    }
}

extension Program {
    /// Why nothing goes on with what a rule or fact remembered, as a clause.
    fileprivate func standing(of owner: KeptSlot.Owner) -> String {
        switch owner {
        case .rule(let id):
            switch rules.first(where: { $0.id == id })?.mode {
            case nil: "there is no rule '\(id)' any more"
            case .off: "rule '\(id)' is off"
            case .active, .shadow: "rule '\(id)' has changed in what it counts or waits for"
            }
        case .fact(let name):
            facts.contains { $0.name == name }
                ? "fact '\(name)' has changed in what it remembers" : "there is no fact '\(name)' any more"
        case .stream: "events were kept by another version"
        }
    }
}

extension Int {
    /// `2 open windows are forgotten`.
    fileprivate var forgotten: String {
        "\(counted("open window")) \(self == 1 ? "is" : "are") forgotten"
    }
}
