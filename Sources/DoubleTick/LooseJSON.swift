internal import Foundation

/// JSON of unknown shape, of which only the places are read where a message could stand.
indirect enum LooseJSON: Decodable {
    case string(String)
    case number(Double)
    case array([LooseJSON])
    case object([String: LooseJSON])
    /// `null`, a truth value, or something that lies too deep.
    case nothing

    /// How deep messages are looked for: `{"error":{"errors":[{"message":"…"}]}}` is four.
    static let depthMax = 6

    /// How many items of one list are read.
    static let itemsMax = 8

    /// The members that are read, in the order in which their texts count.
    static let names = [
        "message", "messages", "errors", "detail", "description", "reason", "title", "error", "statusCode",
    ]

    /// Reads JSON; `nil` when the bytes are none.
    init?(reading bytes: [UInt8]) {
        guard let json = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = json
    }

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.depthMax else {
            self = .nothing
            return
        }
        if let members = try? decoder.container(keyedBy: Name.self) {
            self = try .object(Self.read(members))
        } else if var items = try? decoder.unkeyedContainer() {
            self = try .array(Self.read(&items))
        } else {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .string(text)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else {
                self = .nothing
            }
        }
    }

    private static func read(_ members: KeyedDecodingContainer<Name>) throws -> [String: LooseJSON] {
        var read: [String: LooseJSON] = [:]
        for name in members.allKeys where names.contains(name.stringValue) {
            read[name.stringValue] = try members.decode(LooseJSON.self, forKey: name)
        }
        // An object of other members than these is not an empty one.
        if read.isEmpty, !members.allKeys.isEmpty { read[""] = .nothing }
        return read
    }

    private static func read(_ items: inout any UnkeyedDecodingContainer) throws -> [LooseJSON] {
        var read: [LooseJSON] = []
        while !items.isAtEnd, read.count < itemsMax { read.append(try items.decode(LooseJSON.self)) }
        return read
    }

    /// The texts that could be messages, the most telling ones only.
    var texts: [String] {
        switch self {
        case .string(let text): text.isEmpty ? [] : [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members):
            Self.names.lazy.compactMap { members[$0]?.texts }.first { !$0.isEmpty } ?? []
        case .number, .nothing: []
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}
