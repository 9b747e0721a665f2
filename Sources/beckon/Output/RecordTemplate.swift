import ActionKit
import Events
import Ledger
import RuleEngine

/// The record of a plain call's job as a dry run writes it, ready but for what comes from the event.
///
/// ``JobRecord`` alone says what a record looks like: the template is a record of it that holds marks, cut at them.
struct RecordTemplate: Sendable {
    /// What stands between two constant parts.
    private enum Gap: Sendable {
        case line
        case name(EventName)
        case conversation
    }

    /// The constant parts, one behind the other.
    private var constants: [UInt8] = []

    /// Where each constant part ends that stands before a gap, and the gap.
    private var gaps: [(end: Int, gap: Gap)] = []

    private let business: Party
    private let customer: Party

    /// One side of the conversation.
    private enum Party: Sendable {
        case digits([UInt8])
        case name(EventName)

        init?(_ value: PlainCall.Value) {
            switch value {
            case .constant(.string(let text)) where text.utf8.allSatisfy(\.isDigit): self = .digits(Array(text.utf8))
            case .constant: return nil
            case .name(let name): self = .name(name)
            }
        }
    }

    /// Prepares the record of a call; `nil` for one whose constants look like marks.
    init?(_ call: PlainCall, of rule: String) {
        let parties = call.parties ?? (.name(.business), .name(.customer))
        guard let business = Party(parties.business), let customer = Party(parties.customer) else { return nil }
        (self.business, self.customer) = (business, customer)
        var marked: [(mark: String, gap: Gap)] = [
            ("\(Self.lineMark)", .line), ("\"\(Self.mark)event\"", .name(.id)),
            ("\"\(Self.mark)conversation\"", .conversation),
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
        guard cut(writer.bytes, at: marked) else { return nil }
    }

    /// A character for private use, which stands in no rule that people write.
    private static let mark = "\u{F8FF}"
    private static let lineMark = Int.max

    /// Cuts a record at each of the marks, which stand in it in their order and once; says whether they do.
    private mutating func cut(_ record: [UInt8], at marked: [(mark: String, gap: Gap)]) -> Bool {
        var rest = record[...]
        for (mark, gap) in marked {
            let mark = Array(mark.utf8)
            guard let place = rest.firstPlace(of: mark) else { return false }
            constants += rest[..<place]
            gaps.append((constants.count, gap))
            rest = rest[(place + mark.count)...]
        }
        constants += rest
        return marked.allSatisfy { constants[...].firstPlace(of: Array($0.mark.utf8)) == nil }
    }

    /// Appends the record of an event; `false`, and perhaps a part of it, where the event lacks something that the record has.
    func append(line: Int, _ event: Event, to bytes: inout [UInt8]) -> Bool {
        var start = 0
        for (end, gap) in gaps {
            bytes.append(contentsOf: constants[start..<end])
            start = end
            let isThere =
                switch gap {
                case .line: append(line, to: &bytes)
                case .name(let name): append(name, of: event, to: &bytes)
                case .conversation: appendConversation(of: event, to: &bytes)
                }
            guard isThere else { return false }
        }
        bytes.append(contentsOf: constants[start...])
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

    private func appendConversation(of event: Event, to bytes: inout [UInt8]) -> Bool {
        bytes.append(UInt8(ascii: "\""))
        guard append(business, of: event, to: &bytes) else { return false }
        bytes.append(UInt8(ascii: ":"))
        guard append(customer, of: event, to: &bytes) else { return false }
        bytes.append(UInt8(ascii: "\""))
        return true
    }

    /// Parties are digits, which need no escapes; whatever else stands there goes the general way.
    private func append(_ party: Party, of event: Event, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        switch party {
        case .digits(let digits):
            bytes.append(contentsOf: digits)
            return true
        case .name(let name):
            guard unsafe event.withUTF8(name, { unsafe bytes.append(contentsOf: $0) }) != nil else { return false }
            return bytes[start...].allSatisfy(\.isDigit)
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}

extension ArraySlice<UInt8> {
    fileprivate func firstPlace(of bytes: [UInt8]) -> Int? {
        guard let first = bytes.first, count >= bytes.count else { return nil }
        return (startIndex...(endIndex - bytes.count)).first { place in
            self[place] == first && self[place..<(place + bytes.count)].elementsEqual(bytes)
        }
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
