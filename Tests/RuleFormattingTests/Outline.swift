import Diagnostics
import RuleSyntax

/// What a file says, in a form that two files can be compared by: the keys of rules and tests sorted, nothing else changed.
struct Outline: Equatable {
    let text: String?

    init(_ source: String) {
        let (root, diagnostics) = YAMLReader.read(SourceFile(path: "rules.yml", text: source))
        text = diagnostics.isEmpty ? root.map { Self.text(of: $0, path: []) } ?? "nothing" : nil
    }

    private static func text(of node: YAMLNode, path: [String]) -> String {
        switch node.content {
        case .scalar(let scalar): return "\(scalar.style == .plain ? "plain" : "text") \(scalar.text.debugDescription)"
        case .sequence(let nodes):
            return "[" + nodes.map { text(of: $0, path: path + ["-"]) }.joined(separator: ",") + "]"
        case .mapping(let entries):
            let parts = entries.map { "\($0.key.debugDescription): " + text(of: $0.value, path: path + [$0.key]) }
            let isRuleOrTest = path == ["rules", "-"] || path == ["tests", "-"]
            return "{" + (isRuleOrTest ? parts.sorted() : parts).joined(separator: ",") + "}"
        }
    }
}
