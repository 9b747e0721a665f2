import Events
import Foundation
import Testing

/// The recorded payloads beside the tests.
enum Fixture {
    /// The names of all fixtures, in order.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder()).compactMap { file in
            file.hasSuffix(".json") ? String(file.dropLast(5)) : nil
        }.sorted()
    }

    private static func folder(file: String = #filePath) -> String {
        file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Fixtures"
    }

    /// The text of a fixture.
    static func text(_ name: String) throws -> String {
        let reader = try LineReader(.file("\(folder())/\(name).json"))
        var lines: [String] = []
        while let line = try reader.next() { lines.append(unsafe String(decoding: line.bytes, as: UTF8.self)) }
        return lines.joined(separator: "\n")
    }
}

/// What a line became, in one line of text that a person can check.
func summary(of line: String, format: InputFormat = .auto) -> String {
    var decoder = EventDecoder(format: format)
    return summary(of: decoder.decode(line))
}

/// What a line became, in one line of text.
func summary(of line: DecodedLine) -> String {
    switch line {
    case .blank: "blank"
    case .events(let events): events.map(summary).joined(separator: "\n")
    case .rejected(let rejection): "\(rejection.code.rawValue): \(rejection.detail)"
    }
}

/// The names of an event that are there.
func summary(of event: Event) -> String {
    let names: [(String, String?)] = [
        ("customer", event.customer), ("business", event.business),
        ("conversation", event.conversation), ("name", event.name), ("by", event.by?.rawValue),
        ("kind", event.kind?.rawValue), ("text", event.text), ("choice", event.choice), ("agent", event.agent),
        ("tag", event.tag), ("id", event.id), ("time", event.time?.iso8601),
    ]
    let parts = names.compactMap { name, value in value.map { "\(name)=\($0)" } }
    return ([event.type] + parts + (event.isInGroup ? ["in-group"] : [])).joined(separator: " ")
}
