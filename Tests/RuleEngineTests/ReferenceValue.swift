/// A value of an event as the language document speaks of it, for the reference implementation.
///
/// Nothing here shares a line with the engine.
indirect enum ReferenceValue {
    case null
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([ReferenceValue])
    case object([(key: String, value: ReferenceValue)])

    /// The value as JSON text.
    var json: String {
        switch self {
        case .null: "null"
        case .string(let text): "\"\(text)\""
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let members): "{\(members.map { "\"\($0.key)\":\($0.value.json)" }.joined(separator: ","))}"
        }
    }

    /// The values at a path, `*` standing for every element.
    func values(at path: ArraySlice<String>) -> [ReferenceValue] {
        guard let segment = path.first else { return [self] }
        let rest = path.dropFirst()
        switch self {
        case .list(let values):
            if segment == "*" { return values.flatMap { $0.values(at: rest) } }
            guard let index = Int(segment), values.indices.contains(index) else { return [] }
            return values[index].values(at: rest)
        case .object(let members):
            if segment == "*" { return members.flatMap { $0.value.values(at: rest) } }
            return members.first { $0.key == segment }?.value.values(at: rest) ?? []
        case .null, .string, .integer, .number, .boolean: return []
        }
    }

    var isNull: Bool {
        guard case .null = self else { return false }
        return true
    }

    var kind: String {
        switch self {
        case .null: "null"
        case .string: "string"
        case .integer, .number: "number"
        case .boolean: "boolean"
        case .list: "list"
        case .object: "object"
        }
    }
}
