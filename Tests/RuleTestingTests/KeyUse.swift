import Diagnostics
import RuleCompiler
import RuleSyntax

/// Which keys of the language a rule file uses, and where: `a rule: id`.
struct KeyUse: Hashable {
    /// The mapping, such as `a rule`.
    var subject: String

    /// The key.
    var key: String

    /// The keys that a rule file uses.
    static func all(in text: String) -> Set<KeyUse> {
        var found: Set<KeyUse> = []
        for parsed in RuleFiles.reading([SourceFile(path: "rules.yml", text: text)]).files {
            if let root = parsed.root { walk(root, .mapping(Language.file), &found) }
        }
        return found
    }

    private static func walk(_ node: YAMLNode, _ shape: ValueShape, _ found: inout Set<KeyUse>) {
        switch shape {
        case .text, .anyText, .form, .word, .suggestion, .boolean, .integer, .phone, .bound, .single, .any: break
        case .action, .expectedAction: break
        case .named(_, let shape): walk(node, shape, &found)
        case .either(let shapes): for shape in shapes { walk(node, shape, &found) }
        case .oneOrMore(let shape, _), .list(let shape, _):
            for element in node.sequence ?? [node] { walk(element, shape, &found) }
        case .names(_, let shape): for entry in node.mapping ?? [] { walk(entry.value, shape, &found) }
        case .condition: walk(node, .mapping(Language.condition), &found)
        case .matcher(let subject): walk(node, .mapping(Language.matcher(of: subject)), &found)
        case .expectation: walk(node, .mapping(Language.expectation), &found)
        case .mapping(let shape):
            for entry in node.mapping ?? [] {
                guard let key = shape.key(entry.key) else { continue }
                found.insert(KeyUse(subject: shape.subject, key: key.name))
                walk(entry.value, key.value, &found)
            }
        }
    }
}
