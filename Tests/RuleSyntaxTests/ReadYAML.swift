import Diagnostics
import RuleSyntax

/// A text read as YAML, in forms that tests compare.
struct ReadYAML {
    let file: SourceFile
    let root: YAMLNode?
    let diagnostics: [Diagnostic]

    init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) {
        file = SourceFile(path: "rules.yml", bytes: bytes)
        (root, diagnostics) = YAMLReader.read(file)
    }

    /// The problems, one a line: code, place, message, and the places that explain it.
    var problems: [String] {
        diagnostics.map { diagnostic in
            let labels = [diagnostic.primary].compactMap(\.self) + diagnostic.context
            let places = labels.map { "\($0.span.start.line):\($0.span.start.column)" }
            return "\(diagnostic.code.rawValue) \(places.joined(separator: " ")) \(diagnostic.message)"
        }
    }

    /// Every key and value in order: its place and its source.
    var outline: [String] {
        root.map { Self.lines(of: $0) } ?? []
    }

    private static func lines(of node: YAMLNode) -> [String] {
        switch node.content {
        case .scalar: [line("value", node.span)]
        case .sequence(let nodes): [line("list", node.span)] + nodes.flatMap { lines(of: $0) }
        case .mapping(let entries):
            [line("mapping", node.span)]
                + entries.flatMap { [line("key", $0.keySpan)] + lines(of: $0.value) }
        }
    }

    private static func line(_ kind: String, _ span: Span) -> String {
        "\(span.start.line):\(span.start.column) \(kind) \(span.text.replacing("\r\n", with: "␍␊").replacing("\n", with: "␊"))"
    }
}
