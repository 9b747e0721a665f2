import ActionKit

/// Actions with their settings, as rules ask for them and as tests expect them.
extension SchemaWriter {
    mutating func action(isExpected: Bool) -> JSONTree {
        let summary = isExpected ? "An action with the settings to compare." : "An action with its settings."
        return Self.object(
            title: "action",
            summary: summary,
            properties: specs.map { call($0, isExpected: isExpected) },
            required: [],
            keys: []
        ).adding([.init("minProperties", 1), .init("maxProperties", 1)])
    }

    /// A firing that a test expects, with the actions that may stand beside its other keys.
    mutating func expectation() -> JSONTree {
        let shape = mapping(Language.expectation)
        let calls = specs.map { call($0, isExpected: true) }
        let members = shape.members.map { member in
            guard member.key == "properties" else { return member }
            return JSONTree.Member(member.key, member.value.adding(calls))
        }
        let names = ["then"] + specs.map(\.id)
        return .object(members).demanding([KeyConstraint.atMostOne(names).schema(among: names)].compactMap(\.self))
    }

    private mutating func call(_ spec: ActionSpec, isExpected: Bool) -> JSONTree.Member {
        let settings = definition("\(isExpected ? "expected-" : "")\(spec.id)-settings") { writer in
            Self.object(
                title: "settings of \(spec.id)",
                summary: spec.summary,
                properties: spec.fields.map { writer.setting($0, isExpected: isExpected) },
                required: isExpected ? [] : spec.fields.filter { $0.fallback == .required }.map(\.name),
                keys: []
            )
        }
        return .init(spec.id, JSONTree.object([.init("description", .string(spec.summary))]).adding(settings.members))
    }

    private mutating func setting(_ field: SettingField, isExpected: Bool) -> JSONTree.Member {
        var summary = field.summary
        if case .event(let name) = field.fallback { summary += " If left out: the event's '\(name)'." }
        let value = schema(field.kind.shape) ?? [:]
        let examples: [JSONTree.Member] =
            field.kind == .text ? [] : [.init("examples", [JSONTree(yaml: field.kind.sample)])]
        var fallback: [JSONTree.Member] = []
        // A test that leaves a setting out does not compare it.
        if !isExpected, case .value(let value) = field.fallback {
            fallback = [.init("default", JSONTree(yaml: field.kind.written(value)))]
        }
        let described = JSONTree.object([.init("description", .string(summary))])
            .adding(value.members + fallback + examples)
        return .init(field.name, described)
    }
}

extension SettingKind {
    /// What may stand in a setting of this kind.
    fileprivate var shape: ValueShape {
        switch self {
        case .text, .business: .text
        case .customer: .either([.phone, .form(.template)])
        case .agents: .oneOrMore(.text)
        case .duration: .either([.form(.duration), .form(.template)])
        }
    }
}
