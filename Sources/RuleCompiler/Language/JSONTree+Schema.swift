import Diagnostics
import RuleSyntax

/// Pieces of JSON Schema, and how they are put together.
extension JSONTree {
    /// The types of values that are read as text.
    static let text: JSONTree = ["string", "number", "boolean"]

    /// Demands a key.
    static func requiring(_ name: String) -> JSONTree { ["required": [.string(name)]] }

    /// The object with further demands, which stand apart where there are several: two may use the same keyword.
    func demanding(_ demands: [JSONTree]) -> JSONTree {
        demands.count == 1
            ? adding(demands[0].members) : demands.isEmpty ? self : adding([.init("allOf", .list(demands))])
    }

    /// The members of an object; none of anything else.
    var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The keywords of JSON Schema that speak of one type of values and let all others pass.
    private static let keywordsOfOneType: Set<String> = [
        "type", "minLength", "pattern", "minimum", "maximum", "minItems", "items", "properties", "additionalProperties",
        "propertyNames", "required", "minProperties", "maxProperties",
    ]

    /// A schema for what this or the other one takes.
    ///
    /// Where each speaks of its own types only, the two are one schema: editors tell more about it than about a choice.
    func or(_ other: JSONTree) -> JSONTree {
        let keys = Set(members.map(\.key)).subtracting(["type"])
        let otherKeys = Set(other.members.map(\.key)).subtracting(["type"])
        guard let type = self["type"]?.elements, let otherType = other["type"]?.elements,
            Set(type).isDisjoint(with: otherType), keys.isDisjoint(with: otherKeys),
            keys.union(otherKeys).isSubset(of: Self.keywordsOfOneType)
        else {
            let choices = if case .list(let choices)? = self["anyOf"], members.count == 1 { choices } else { [self] }
            return ["anyOf": .list(choices + [other])]
        }
        return .object([.init("type", .list(type + otherType))] + (members + other.members).filter { $0.key != "type" })
    }

    /// The object without what people read about it.
    var withoutTitle: JSONTree { .object(members.filter { $0.key != "title" && $0.key != "description" }) }

    /// The elements of a list; anything else is its own only element.
    private var elements: [JSONTree] {
        guard case .list(let elements) = self else { return [self] }
        return elements
    }

    /// A value as it is written in a rule file.
    ///
    /// The text is part of ``Language`` and so is YAML; a test reads all of it.
    init(yaml text: String) {
        let files = RuleFiles.reading([SourceFile(path: "language.yml", text: text)])
        precondition(files.diagnostics.isEmpty, "'\(text)' is not YAML")
        self = files.files.first?.root.map { JSONTree($0) } ?? .null
    }
}
