import Diagnostics
import Directory
import Events
import RuleEngine

/// Shows what the engine saw of an event: the names that are there.
struct ExplanationEvent {
    let event: Event
    let directory: Directory

    private static let names: [EventName] = [
        .text, .kind, .choice, .customer, .business, .conversation, .name, .by, .agent, .tag, .id, .time,
    ]

    /// The event, as lines.
    func lines(_ place: String) -> [ExplanationLine] {
        var lines = [
            ExplanationLine(
                0,
                [
                    .init("event   ", .strong), .init(event.type.shown, .strong),
                    .init("  \(place.shown.shortenedAtStart(to: 60))", .faint),
                ]
            )
        ]
        for name in Self.names {
            guard let value = name.value(in: event) else { continue }
            lines.append(line(name.spelling, self.value(name, value)))
        }
        if event.type == EventType.unknown {
            let question = "nothing tells what kind of event this is; is the input format right?"
            lines.insert(ExplanationLine(2, question, .hint), at: 1)
        }
        if event.time == nil { lines.append(line("time", [.init("not known: conditions on time are false")])) }
        let keys = event.fields.members.prefix(Self.keysMax).map { $0.key }.joined(separator: ", ")
        if !keys.isEmpty { lines.append(line("fields", [.init(keys.shown.shortened(to: Self.room))])) }
        return lines
    }

    private static let keysMax = 40
    private static let nameWidth = 14
    private static let room = ExplanationLine.columnsMax - nameWidth - 2

    private func line(_ name: String, _ value: [ExplanationLine.Piece]) -> ExplanationLine {
        ExplanationLine(2, [.init(name.padded(to: Self.nameWidth), .faint)] + value)
    }

    private func value(_ name: EventName, _ value: String) -> [ExplanationLine.Piece] {
        switch name {
        case .text, .choice, .name, .tag: return ExplanationValue(value).pieces(columns: Self.room)
        case .agent, .business:
            let known =
                name == .agent
                ? directory.agentName(digits: value)
                : directory.businessNumbers.first { $0.phone.digits == value }?.name
            return [.init((value + (known.map { " (\($0))" } ?? "")).shown.shortened(to: Self.room))]
        default: return [.init(value.shown.shortened(to: Self.room))]
        }
    }
}
