import ActionKit
import Events
import Ledger
import RuleEngine

/// The record of a plain call's job as a dry run writes it, ready but for what comes from the event.
///
/// ``JobRecord`` alone says what a record looks like: the template is a record of it that holds marks, cut at them.
struct RecordTemplate: Sendable {
    private enum Piece: Sendable {
        case bytes([UInt8])
        case line
        case event
        case name(EventName)
        case conversation(PlainCall.Value, PlainCall.Value)
    }

    private var pieces: [Piece] = []

    /// Prepares the record of a call; `nil` for one whose constants look like marks.
    init?(_ call: PlainCall, of rule: String) {
        let parties = call.parties ?? (.name(.business), .name(.customer))
        var marked: [(mark: String, piece: Piece)] = [
            ("\(Self.lineMark)", .line), ("\"\(Self.mark)event\"", .event),
            ("\"\(Self.mark)conversation\"", .conversation(parties.business, parties.customer)),
        ]
        var settings: [Settings.Pair] = []
        for setting in call.settings {
            switch setting.value {
            case .constant(let value): settings.append(Settings.Pair(name: setting.name, value: value))
            case .name(let name):
                settings.append(Settings.Pair(name: setting.name, value: .string("\(Self.mark)with \(setting.name)")))
                marked.append(("\"\(Self.mark)with \(setting.name)\"", .name(name)))
            }
        }
        let job = Job(id: "", rule: rule, event: "\(Self.mark)event", conversation: "\(Self.mark)conversation")
        let record = JobRecord(
            origin: EventOrigin(line: Self.lineMark),
            job: job,
            action: call.action,
            settings: Settings(pairs: settings),
            status: .planned
        )
        var writer = JSONWriter()
        record.write(to: &writer)
        guard let pieces = Self.cut(writer.text, at: marked) else { return nil }
        self.pieces = pieces
    }

    /// A character for private use, which stands in no rule that people write.
    private static let mark = "\u{F8FF}"
    private static let lineMark = Int.max

    /// Cuts a text at each of the marks, which stand in it in their order and once.
    private static func cut(_ text: String, at marked: [(mark: String, piece: Piece)]) -> [Piece]? {
        var pieces: [Piece] = []
        var rest = Substring(text)
        for (mark, piece) in marked {
            guard let range = rest.firstRange(of: mark) else { return nil }
            pieces += [.bytes(Array(rest[..<range.lowerBound].utf8)), piece]
            rest = rest[range.upperBound...]
            guard !rest.contains(mark) else { return nil }
        }
        return pieces + [.bytes(Array(rest.utf8))]
    }

    /// Appends the record of an event; `false`, and nothing, where the event lacks something that the record has.
    func append(line: Int, _ event: Event, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        for piece in pieces {
            let isThere =
                switch piece {
                case .bytes(let constant): append(constant, to: &bytes)
                case .line: append(line, to: &bytes)
                case .event: append(.id, of: event, to: &bytes)
                case .name(let name): append(name, of: event, to: &bytes)
                case .conversation(let business, let customer): append(business, customer, of: event, to: &bytes)
                }
            guard isThere else {
                bytes.removeLast(bytes.count - start)
                return false
            }
        }
        return true
    }
}

extension RecordTemplate {
    private func append(_ constant: [UInt8], to bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: constant)
        return true
    }

    private func append(_ line: Int, to bytes: inout [UInt8]) -> Bool {
        guard line > 0 else { return false }
        let start = bytes.count
        var rest = line
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
        return true
    }

    private func append(_ name: EventName, of event: Event, to bytes: inout [UInt8]) -> Bool {
        unsafe event.withUTF8(name) { unsafe bytes.append(jsonString: $0) } != nil
    }

    /// Parties are digits, which need no escapes; whatever else stands there goes the general way.
    private func append(
        _ business: PlainCall.Value,
        _ customer: PlainCall.Value,
        of event: Event,
        to bytes: inout [UInt8]
    ) -> Bool {
        bytes.append(UInt8(ascii: "\""))
        guard append(party: business, of: event, to: &bytes) else { return false }
        bytes.append(UInt8(ascii: ":"))
        guard append(party: customer, of: event, to: &bytes) else { return false }
        bytes.append(UInt8(ascii: "\""))
        return true
    }

    private func append(party value: PlainCall.Value, of event: Event, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        switch value {
        case .constant(.string(let text)): bytes.append(contentsOf: text.utf8)
        case .constant: return false
        case .name(let name):
            guard unsafe event.withUTF8(name, { unsafe bytes.append(contentsOf: $0) }) != nil else { return false }
        }
        return bytes[start...].allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
}

/// The templates of the rules that have fired so far, each made when it is first wanted.
///
/// For use from one thread.
final class RecordTemplates {
    private enum Entry {
        case unknown
        case none
        case ready([RecordTemplate])
    }

    private var entries: [Entry] = []

    /// Appends the records of a firing, each with a line feed; `nil`, and nothing, where they have to be written the general way.
    ///
    /// - Returns: How many records there were.
    func append(_ firing: Firing, at place: EventPlace, to bytes: inout [UInt8]) -> Int? {
        guard place.input == nil, let line = place.line, let calls = firing.plainCalls,
            case .ready(let templates) = entry(of: firing, calls)
        else { return nil }
        // Outside of groups alone an event has a conversation of its own.
        guard !firing.event.isInGroup else { return nil }
        let start = bytes.count
        for template in templates {
            guard template.append(line: line, firing.event, to: &bytes) else {
                bytes.removeLast(bytes.count - start)
                return nil
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return templates.count
    }

    private func entry(of firing: Firing, _ calls: [PlainCall]) -> Entry {
        while entries.count <= firing.position { entries.append(.unknown) }
        if case .unknown = entries[firing.position] {
            let rule = firing.rule.id
            let templates = calls.compactMap { RecordTemplate($0, of: rule) }
            entries[firing.position] = templates.count == calls.count ? .ready(templates) : .none
        }
        return entries[firing.position]
    }
}
