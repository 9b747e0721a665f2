import Diagnostics
import RuleSyntax

/// Looking into mappings whose shape was read, and its mistakes told, before.
extension YAMLNode {
    /// The first entry of that key.
    func entry(_ key: String) -> YAMLEntry? {
        guard let mapping, let position = mapping.firstIndex(of: key) else { return nil }
        return mapping[position]
    }

    /// The value of that key.
    subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// Where that key is written.
    func keySpan(of key: String) -> Span? { entry(key)?.keySpan }
}
