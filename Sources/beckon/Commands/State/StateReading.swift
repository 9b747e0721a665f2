import Events
import Ledger
import RuleEngine

/// What a row of the state says to people, as far as it can be read.
///
/// The engine alone decides by these texts. Here a text that is not as expected is shown as unreadable, and nothing follows.
struct StateReading: Equatable {
    /// What is remembered, in a few words, without any message.
    let what: String

    /// When the oldest of it happened.
    let since: Instant?

    /// Reads a row.
    init(_ state: KeptState) {
        var parser = JSONParser()
        let value = (try? parser.parse(state.value))?.root
        let reading = StateSlot.Part(rawValue: state.slot.part).flatMap { part in value.flatMap { Self.read($0, part) }
        }
        (what, since) = reading ?? ("unreadable", nil)
    }

    private static func read(_ value: JSONValue, _ part: StateSlot.Part) -> (String, Instant?)? {
        switch part {
        case .count: times(value).map { ("\($0.count) counted", $0.first) }
        case .sequence: sequence(value)
        case .unless: time(value["begun"]).map { ("timer", $0) }
        case .throttle: times(value).map { ($0.count.counted("firing"), $0.first) }
        case .fact: fact(value)
        case .held: time(value["moment"]).map { ("waits its turn", $0) }
        }
    }

    private static func fact(_ value: JSONValue) -> (String, Instant?)? {
        let text = value["value"]?.string?.inOneLine ?? value["value"]?.boolean?.description
        return text.map { ($0, time(value["since"])) }
    }

    /// Of several beginnings the one that is furthest.
    private static func sequence(_ value: JSONValue) -> (String, Instant?)? {
        guard let runs = value["runs"].map({ Array($0.elements) }), let furthest = runs.lastIndex(where: { !$0.isNull })
        else { return nil }
        return times(runs[furthest]).map { ("waits for step \(furthest + 2)", $0.first) }
    }

    private static func times(_ value: JSONValue) -> [Instant]? {
        guard let times = value["times"]?.elements.map({ time($0) }), !times.isEmpty, !times.contains(nil) else {
            return nil
        }
        return times.compactMap(\.self)
    }

    private static func time(_ value: JSONValue?) -> Instant? {
        value?.integer.map(Instant.init(milliseconds:))
    }
}

extension KeptSlot.Owner {
    /// The name as a table shows it.
    var shown: String {
        switch self {
        case .rule(let name), .fact(let name): name
        case .stream: "(events)"
        }
    }

    /// The name with what it names.
    var described: String {
        switch self {
        case .rule(let id): "rule \(id)"
        case .fact(let name): "fact \(name)"
        case .stream: "events that wait their turn"
        }
    }

    /// Writes the name as the member of an object.
    func writeMember(to object: inout JSONWriter) {
        switch self {
        case .rule(let id): object.member("rule", id)
        case .fact(let name): object.member("fact", name)
        case .stream: break
        }
    }
}

extension KeptState {
    /// Whose it is, as a table shows it.
    var whose: String {
        switch subject {
        case .conversation(let name): name
        case .customer(let number): number
        case nil: key == "[]" ? "everyone" : key
        }
    }
}

extension StateSummary {
    /// Writes all that is remembered as a JSON object.
    func write(to writer: inout JSONWriter) {
        writer.object { object in
            state.slot.owner.writeMember(to: &object)
            object.member("part", state.slot.part)
            object.member("key", state.key)
            switch state.subject {
            case .conversation(let name)?: object.member("conversation", name)
            case .customer(let number)?: object.member("customer", number)
            case nil: break
            }
            object.member("due", ifPresent: state.dueAt)
            object.member("until", ifPresent: state.endsAt)
            object.member("written", written)
            object.member("meaning", state.slot.meaning)
            var parser = JSONParser()
            if let document = try? parser.parse(state.value) {
                object.member("value", document.root)
            } else {
                object.member("value_text", state.value)
            }
        }
    }
}
