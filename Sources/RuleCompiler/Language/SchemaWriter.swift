import ActionKit

/// Turns shapes of the language into JSON Schema; shapes that have a name are described once, under `$defs`.
struct SchemaWriter {
    /// The actions that exist, by id.
    let specs: [ActionSpec]

    /// What was described once, in the order in which it was first needed.
    private(set) var definitions: [JSONTree.Member] = []

    init(specs: [ActionSpec]) {
        self.specs = specs
    }

    // MARK: Mappings

    /// A mapping with all its keys.
    mutating func mapping(_ shape: MappingShape, allowingNothing: Bool = false) -> JSONTree {
        let properties = shape.built.map { key in
            let value = allowingNothing ? schemaOrNothing(key.value) : schema(key.value)
            return JSONTree.Member(key.name, Self.described(value ?? [:], by: key))
        }
        return Self.object(
            title: shape.title,
            summary: shape.summary,
            properties: properties,
            required: shape.built.filter(\.isRequired).map(\.name),
            constraints: shape.constraints,
            keys: shape.keys
        )
    }

    static func object(
        title: String,
        summary: String,
        properties: [JSONTree.Member],
        required: [String],
        constraints: [KeyConstraint] = [],
        keys: [String]
    ) -> JSONTree {
        var needed = required
        var demands: [JSONTree] = []
        for constraint in constraints {
            if case .exactlyOne(let names) = constraint, let only = names.only(among: keys) {
                needed.append(only)
            } else if let demand = constraint.schema(among: keys) {
                demands.append(demand)
            }
        }
        let head: JSONTree = ["title": .string(title), "description": .string(summary), "type": "object"]
        let required = needed.isEmpty ? [] : [JSONTree.Member("required", .strings(needed))]
        let body =
            [JSONTree.Member("properties", .object(properties)), .init("additionalProperties", false)] + required
        return head.adding(body).demanding(demands)
    }

    /// What people read about a key, around what its value may be.
    private static func described(_ value: JSONTree, by key: LanguageKey) -> JSONTree {
        var members: [JSONTree.Member] = []
        if let fallback = key.fallback { members.append(.init("default", JSONTree(yaml: fallback))) }
        members.append(.init("examples", [JSONTree(yaml: key.example)]))
        return JSONTree.object([.init("description", .string(key.summary))]).adding(value.members + members)
    }

    // MARK: Values

    /// What may stand in a place; `nil` for a mapping of which no key is built.
    mutating func schema(_ shape: ValueShape) -> JSONTree? {
        switch shape {
        case .text: return ["type": .text, "minLength": 1]
        case .anyText, .single: return ["type": .text]
        case .form(let form): return ["type": form.takesNumbers ? .text : "string", "pattern": .string(form.pattern)]
        case .word(let words, _): return ["enum": .strings(words)]
        case .suggestion(let words): return ["anyOf": [["enum": .strings(words)], ["type": .text, "minLength": 1]]]
        case .boolean: return ["type": "boolean"]
        case .integer(let range): return Self.integer(in: range)
        case .phone: return definition("phone-number") { _ in Self.phone }
        case .bound: return definition("bound") { _ in Self.bound }
        case .oneOrMore(let element, let alone): return oneOrMore(element, alone: alone)
        case .list(let element, let count): return schema(element).map { Self.list(of: $0, count) }
        case .mapping(let shape):
            return shape.keys.isEmpty ? nil : definition(shape.id) { $0.mapping(shape) }
        case .names(let form, let value):
            let names = form.map { [JSONTree.Member("propertyNames", ["pattern": .string($0.pattern)])] } ?? []
            return schema(value).map {
                JSONTree.object([.init("type", "object")] + names + [.init("additionalProperties", $0)])
            }
        case .either(let shapes):
            let schemas = shapes.compactMap { schema($0) }
            return schemas.count > 1 ? ["anyOf": .list(schemas)] : schemas.first
        case .any: return [:]
        case .named(let name, let shape): return definition(name) { $0.schema(shape) ?? [:] }
        case .condition: return definition("condition") { $0.mapping(Language.condition) }
        case .matcher(let subject): return definition(subject.definition) { $0.matcher(subject) }
        case .action: return definition("action") { $0.action(isExpected: false) }
        case .expectedAction: return definition("expected-action") { $0.action(isExpected: true) }
        case .expectation: return definition("expectation") { $0.expectation() }
        }
    }

    /// The same, or nothing at all, which is what is left of a key whose value was commented out.
    private mutating func schemaOrNothing(_ shape: ValueShape) -> JSONTree? {
        // A mapping is described in its place: editors tell more about it than about a choice of it and nothing.
        let value = if case .mapping(let shape) = shape { mapping(shape).withoutTitle } else { schema(shape) }
        return value?.or(["type": "null"])
    }

    /// A reference to a shape that is described once.
    mutating func definition(_ name: String, _ make: (inout SchemaWriter) -> JSONTree) -> JSONTree {
        if !definitions.contains(where: { $0.key == name }) {
            let place = definitions.count
            // Its place is taken before it is described, since shapes hold each other.
            definitions.append(.init(name, [:]))
            definitions[place].value = make(&self)
        }
        return ["$ref": .string("#/$defs/\(name)")]
    }

    private static func integer(in range: ClosedRange<Int>?) -> JSONTree {
        guard let range else { return ["type": "integer"] }
        return [
            "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
            "maximum": .integer(Int64(range.upperBound)),
        ]
    }

    /// A number as people write it, or its digits, which YAML reads as a whole number.
    private static let phone: JSONTree = [
        "type": ["string", "integer"], "pattern": .string(TextForm.phonePattern), "minimum": 10_000_000,
        "maximum": 999_999_999_999_999,
    ]

    private static let bound: JSONTree = ["type": ["number", "string"], "pattern": .string(TextForm.boundPattern)]

    private static func list(of element: JSONTree, _ count: ClosedRange<Int>? = nil) -> JSONTree {
        let most = count.map { [JSONTree.Member("maxItems", .integer(Int64($0.upperBound)))] } ?? []
        let least: JSONTree = ["type": "array", "minItems": .integer(Int64(count?.lowerBound ?? 1))]
        return least.adding(most + [.init("items", element)])
    }

    private mutating func oneOrMore(_ element: ValueShape, alone: String?) -> JSONTree? {
        guard let one = schema(element) else { return nil }
        let many = Self.list(of: one)
        guard let alone else { return one.or(many) }
        return one.or(many).adding([
            .init("not", ["type": "array", "minItems": 2, "contains": ["const": .string(alone)]])
        ])
    }

    /// A matcher: one value, a list, or a mapping whose keys must all hold.
    private mutating func matcher(_ subject: MatcherSubject) -> JSONTree {
        let one = schema(subject.compared) ?? [:]
        let keys = mapping(Language.matcher(of: subject))
        let head: JSONTree = [
            "title": "matcher",
            "description": "What the value must be: a value, one of a list, or a mapping whose keys must all hold.",
        ]
        return head.adding(one.or(Self.list(of: one)).or(keys.withoutTitle).members)
    }
}

extension MatcherSubject {
    /// The name under which matchers for the subject are described.
    fileprivate var definition: String { self == .value ? "matcher" : "\(rawValue)-matcher" }
}

extension TextForm {
    /// What a bound looks like in quotes, or where it is no number.
    fileprivate static let boundPattern: String = {
        let number = "[+-]?[0-9.][0-9.eE+-]*"
        let others = [TextForm.duration, .time].map { String($0.pattern.dropFirst().dropLast()) }
        return "^(\(([number] + others).joined(separator: "|")))$"
    }()

    /// What a phone number looks like: 8 to 15 digits with the signs that people put between them.
    fileprivate static let phonePattern: String = {
        let sign = "[^0-9A-Za-z]*"
        return "^\\+?\(sign)([0-9]\(sign)){8,15}$"
    }()
}
