import Directory
import Events
import RuleEngine
import RuleSyntax
import Templates

extension Rule {
    /// Gives every part of the timing a digest of what is collected there: see ``StateSlot/meaning``.
    ///
    /// Each part works on what the one before lets through, so its digest holds those before it.
    ///
    /// - Parameters:
    ///   - fields: The rule as it is written.
    ///   - meanings: What conditions mean.
    mutating func giveMeaning(_ fields: MappingReader, _ meanings: inout MeaningReader) {
        var members = JSONTree.meaning(on: on, when: fields.value("when"), &meanings)
        func digest(adding name: String, _ member: JSONTree) -> String {
            members.append(.init(name, member))
            return JSONTree.object(members).canonicalText.utf8.shortDigest
        }
        if let sequence = timing.sequence {
            let written = fields.value("sequence")?.sequence ?? []
            let steps = zip(sequence.steps, written).map { step, node in
                JSONTree.object(JSONTree.meaning(on: step.on, when: node["when"], &meanings))
            }
            let meaning: JSONTree = [
                "steps": .list(steps), "within": .seconds(sequence.within), "per": .spelling(sequence.per),
            ]
            timing.sequence?.meaning = digest(adding: "sequence", meaning)
        }
        if let count = timing.count {
            let meaning: JSONTree = [
                "at_least": .integer(Int64(count.atLeast)), "within": .seconds(count.within),
                "per": .spelling(count.per), "distinct": count.distinct.map { .string($0.spelling) } ?? .null,
            ]
            timing.count?.meaning = digest(adding: "count", meaning)
        }
        if let absence = timing.absence {
            let when = fields.value("unless")?["when"]
            let meaning: JSONTree = [
                "answer": .object(JSONTree.meaning(on: absence.answer.on, when: when, &meanings)),
                "within": .seconds(absence.within), "per": .spelling(absence.per),
                "counting": absence.counting.map { .string($0.id) } ?? .null,
            ]
            timing.absence?.meaning = digest(adding: "unless", meaning)
        }
        if let throttle = timing.throttle {
            let meaning: JSONTree = [
                "at_most": .integer(Int64(throttle.atMost)), "within": .seconds(throttle.within),
                "per": .spelling(throttle.per), "shadow": .boolean(mode == .shadow),
            ]
            timing.throttle?.meaning = digest(adding: "throttle", meaning)
        }
    }
}

extension Fact {
    /// Gives the fact a digest of what its values mean: see ``StateSlot/meaning``.
    ///
    /// What clears it, and how long it is remembered, says when a value ends and not what it is: a fact that is remembered for a
    /// year is not forgotten because somebody makes it two.
    mutating func giveMeaning(_ fields: MappingReader, _ meanings: inout MeaningReader) {
        let set = JSONTree.object(JSONTree.meaning(on: set.on, when: fields.value("set")?["when"], &meanings))
        let tree: JSONTree = [
            "set": set, "per": .spelling(per), "value": value.map { .string($0.template.source) } ?? .null,
        ]
        meaning = tree.canonicalText.utf8.shortDigest
    }
}

extension EventCount.Distinct {
    /// How it is written.
    var spelling: String {
        switch self {
        case .name(let name): name.spelling
        case .field(let path): FieldPath.prefix + path.description
        }
    }
}

extension JSONTree {
    /// Which events are meant.
    fileprivate static func meaning(
        on types: EventTypes,
        when node: YAMLNode?,
        _ meanings: inout MeaningReader
    ) -> [Member] {
        let types: JSONTree =
            switch types {
            case .any: "any"
            case .only(let types): .strings(types.sorted())
            }
        return [Member("on", types), Member("when", node.map { meanings.condition($0) } ?? .null)]
    }

    fileprivate static func seconds(_ duration: Duration) -> JSONTree { .integer(duration.components.seconds) }

    fileprivate static func spelling(_ grouping: Grouping) -> JSONTree { .strings(grouping.spellings) }
}
