public import ActionKit
public import Events

extension Settings: JSONWritable {
    /// Writes the settings as an object.
    public func write(to writer: inout JSONWriter) {
        writer.object { object in
            for pair in pairs { object.member(pair.name, pair.value) }
        }
    }

    /// Reads settings as they were written; what is no value of a setting is left out.
    init(_ object: JSONValue) {
        self.init()
        for member in object.members {
            if let value = SettingValue(member.value) { self[member.key] = value }
        }
    }
}

extension SettingValue: JSONWritable {
    /// Writes the setting as one value.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): writer.string(text)
        case .integer(let number): writer.integer(number)
        case .boolean(let flag): writer.boolean(flag)
        case .list(let values): writer.list { for value in values { value.write(to: &$0) } }
        }
    }

    fileprivate init?(_ value: JSONValue) {
        switch value.kind {
        case .string: self = .string(value.string ?? "")
        case .boolean: self = .boolean(value.boolean ?? false)
        case .number:
            guard let number = value.integer.flatMap({ Int(exactly: $0) }) else { return nil }
            self = .integer(number)
        case .list: self = .list(value.elements.compactMap { SettingValue($0) })
        case .null, .object: return nil
        }
    }
}
