import RuleSyntax

/// What conditions mean, in a form that does not hang on how they are written.
///
/// Windows outlive the wording of their rule, so what is collected in them is told apart by this form. Neither the order of keys
/// and lists, quotes, anchors and comments nor defaults that somebody has written down have a part in it, nor has the name of a
/// condition that is used, but what it says. Lists, schedules and facts are named only: their contents may change.
///
/// It follows ``Language``, which knows what may stand where, and is made of conditions without errors.
struct MeaningReader {
    /// The named conditions.
    private let named: [String: YAMLEntry]

    /// What named conditions come to; what many use is read once.
    private var digests: [String: String] = [:]

    /// Creates a reader.
    init(named: [String: YAMLEntry]) {
        self.named = named
    }

    /// The meaning of a condition.
    mutating func condition(_ node: YAMLNode) -> JSONTree {
        form(node, as: .condition, textOnly: false)
    }

    /// A value of that shape; with `textOnly`, single values are text however they look, as those of the events table are.
    private mutating func form(_ node: YAMLNode, as shape: ValueShape, textOnly: Bool) -> JSONTree {
        switch shape {
        case .single where !textOnly: return JSONTree(node)
        case .boolean, .integer: return JSONTree(node)
        case .oneOrMore(let element, _), .list(let element, _):
            return list(node.sequence ?? [node], of: element, textOnly: textOnly)
        case .either(let shapes): return form(node, as: shapes.first { $0.mayBe(node) } ?? .any, textOnly: textOnly)
        case .named(_, let shape): return form(node, as: shape, textOnly: textOnly)
        case .names(_, let value):
            return object((node.mapping ?? []).map { ($0.key, form($0.value, as: value, textOnly: textOnly)) })
        case .mapping(let shape): return mapping(node, of: shape, textOnly: textOnly)
        case .condition: return condition(entries: node.mapping ?? [])
        case .matcher(let subject):
            let shape = Language.matcher(of: subject)
            guard node.mapping == nil else { return mapping(node, of: shape, textOnly: textOnly) }
            // A value or list that stands alone is what it must equal.
            return object([("in", list(node.sequence ?? [node], of: subject.compared, textOnly: textOnly))])
        default: return node.scalar.map { .string($0.text) } ?? JSONTree(node)
        }
    }

    private mutating func condition(entries: [YAMLEntry]) -> JSONTree {
        object(
            entries.map { entry in
                if entry.key == "use" { return (entry.key, .string(digest(ofNamed: entry.value.scalar?.text ?? ""))) }
                let isValueOfAnyKind = entry.key == "fields" || entry.key == "facts"
                let shape = Language.condition.key(entry.key)?.value ?? .any
                return (entry.key, form(entry.value, as: shape, textOnly: !isValueOfAnyKind))
            }
        )
    }

    private mutating func digest(ofNamed name: String) -> String {
        if let digest = digests[name] { return digest }
        // One that uses itself is an error, and its meaning nobody's concern.
        digests[name] = ""
        let digest = named[name].map { condition($0.value).canonicalText.utf8.shortDigest } ?? ""
        digests[name] = digest
        return digest
    }

    /// A mapping without the keys whose value is what holds when they are not written.
    private mutating func mapping(_ node: YAMLNode, of shape: MappingShape, textOnly: Bool) -> JSONTree {
        var members: [(String, JSONTree)] = []
        for entry in node.mapping ?? [] {
            guard let key = shape.key(entry.key) else { continue }
            let value = form(entry.value, as: key.value, textOnly: textOnly)
            let fallback = key.fallback.map {
                form(YAMLNode(plain: $0, span: entry.keySpan), as: key.value, textOnly: textOnly)
            }
            if value != fallback { members.append((entry.key, value)) }
        }
        return object(members)
    }

    /// Values whose order means nothing: one of them must hold, or all.
    private mutating func list(_ nodes: [YAMLNode], of shape: ValueShape, textOnly: Bool) -> JSONTree {
        let forms = nodes.map { node in
            let form = form(node, as: shape, textOnly: textOnly)
            return (text: form.canonicalText, form: form)
        }
        return .list(forms.sorted { $0.text < $1.text }.map(\.form))
    }

    private func object(_ members: [(String, JSONTree)]) -> JSONTree {
        .object(members.sorted { $0.0 < $1.0 }.map { JSONTree.Member($0.0, $0.1) })
    }
}

extension JSONTree {
    /// The text that equal meanings have in common.
    var canonicalText: String { line }
}

extension ValueShape {
    /// Whether a value of that kind may stand here.
    fileprivate func mayBe(_ node: YAMLNode) -> Bool {
        switch self {
        case .mapping, .names, .condition: node.mapping != nil
        case .list: node.sequence != nil
        case .oneOrMore, .any, .matcher: true
        case .named(_, let shape): shape.mayBe(node)
        case .either(let shapes): shapes.contains { $0.mayBe(node) }
        default: node.scalar != nil
        }
    }
}
