/// A database of literals and what each of them decides.
final class LiteralSearch: Sendable {
    let database: LiteralDatabase

    /// The alternatives that a literal decides, by the number of the literal.
    let alternatives: PackedLists<LiteralPlan.Alternative>

    let literalCount: Int

    /// The bits of the forms that are searched.
    let forms: UInt8

    /// Compiles the literals of a table; `nil` when there are none.
    init?(_ table: LiteralPlan.Table<[UInt8]>) throws(LiteralIndexProblem) {
        guard !table.keys.isEmpty else { return nil }
        database = try LiteralDatabase(table.keys, isCaseless: table.forms == TextForm.caseFolded.bit)
        alternatives = PackedLists(table.alternatives, count: table.keys.count)
        literalCount = table.keys.count
        forms = table.forms
    }
}
