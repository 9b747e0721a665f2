extension KeyConstraint {
    /// What the constraint is in JSON Schema, as far as it speaks of keys that are built.
    func schema(among keys: [String]) -> JSONTree? {
        switch self {
        case .notEmpty: return ["minProperties": 1]
        case .exactlyOne(let names):
            return ["oneOf": .list(names.filter { keys.contains($0) }.map { .requiring($0) })]
        case .atMostOne(let names):
            let alternatives = names.filter { keys.contains($0) }.map { JSONTree.requiring($0) }
            guard alternatives.count > 1 else { return nil }
            return ["oneOf": .list(alternatives + [["not": ["anyOf": .list(alternatives)]]])]
        case .together(let names):
            let built = names.filter { keys.contains($0) }
            guard built.count > 1 else { return nil }
            let demands = built.map { name in JSONTree.Member(name, .strings(built.filter { $0 != name })) }
            return ["dependentRequired": .object(demands)]
        case .needsOneOf(let names, let name):
            let built = names.filter { keys.contains($0) }
            guard keys.contains(name), !built.isEmpty else { return nil }
            let demand: JSONTree = ["anyOf": .list(built.map { .requiring($0) })]
            return ["dependentSchemas": .object([.init(name, demand)])]
        case .alone(let name):
            return keys.contains(name) ? ["dependentSchemas": .object([.init(name, ["maxProperties": 1])])] : nil
        case .listOfMore(let count, let name, let other):
            let list: JSONTree = ["type": "array", "minItems": .integer(Int64(count + 1))]
            let isLong: JSONTree = ["properties": .object([.init(name, list)]), "required": [.string(name)]]
            return ["if": isLong, "then": .requiring(other)]
        }
    }
}

extension [String] {
    /// The one of these that is among the keys, if there is only one.
    func only(among keys: [String]) -> String? {
        let built = filter { keys.contains($0) }
        return built.count == 1 ? built.first : nil
    }
}
