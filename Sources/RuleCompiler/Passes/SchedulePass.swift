import Diagnostics
import Directory
import RuleSyntax

/// Reads the schedules.
struct SchedulePass: Pass {
    private static let example = "open: [{ days: mon-fri, from: 09:30, to: 18:30 }]"

    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let clock = draft.clock
        for entry in draft.namedEntries(of: .schedules, reporting: &diagnostics) {
            // Even one that cannot be read has its name, so that who uses it is not told that there is none.
            var found: [Diagnostic] = []
            draft.directory.schedules[entry.key] = schedule(entry, clock: clock, &found)
            if found.hasErrors { draft.unusableSchedules.insert(entry.key) }
            diagnostics += found
        }
    }

    private func schedule(_ entry: YAMLEntry, clock: LocalClock, _ diagnostics: inout [Diagnostic]) -> Schedule {
        var schedule = Schedule(id: entry.key, clock: clock, open: [])
        guard
            let reader = MappingReader(
                entry.value,
                as: Language.schedule,
                help: "write '\(entry.key): { \(Self.example) }'",
                reporting: &diagnostics
            )
        else { return schedule }
        if let name = reader.value("timezone")?.timezone(reporting: &diagnostics) {
            schedule.clock = LocalClock(timezone: name) ?? clock
        }
        if let node = reader.required("open", help: Self.example, reporting: &diagnostics) {
            schedule.open = open(node, of: entry, &diagnostics)
        }
        if let node = reader.value("closed") {
            schedule.closed = node.daysOff(for: "'closed'", reporting: &diagnostics)
        }
        return schedule
    }

    private func open(
        _ node: YAMLNode,
        of schedule: YAMLEntry,
        _ diagnostics: inout [Diagnostic]
    ) -> [Schedule.Hours] {
        switch node.content {
        case .mapping: return hours(node, &diagnostics).map { [$0] } ?? []
        case .sequence(let nodes):
            if nodes.isEmpty, !node.isIncomplete { diagnostics.append(.neverOpen(schedule, at: node.firstLine)) }
            return nodes.compactMap { hours($0, &diagnostics) }
        case .scalar:
            diagnostics.refuse(node, wanted: "a list of hours", of: "'open'", help: Self.example)
            return []
        }
    }

    private func hours(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Schedule.Hours? {
        let example = "{ days: mon-fri, from: 09:30, to: 18:30 }"
        guard
            let reader = MappingReader(
                node,
                as: Language.openingHours,
                help: "write '\(example)'",
                reporting: &diagnostics
            )
        else { return nil }
        let days = reader.value("days").map { $0.weekdays(reporting: &diagnostics) } ?? Set(Weekday.allCases)
        let help = "\(example); the whole day is 'from: 00:00, to: 24:00'"
        let fromNode = reader.required("from", help: help, reporting: &diagnostics)
        let toNode = reader.required("to", help: help, reporting: &diagnostics)
        let from = fromNode?.timeOfDay(for: "'from'", reporting: &diagnostics)
        let to = toNode?.timeOfDay(for: "'to'", reporting: &diagnostics)
        guard let fromNode, let toNode, let from, let to else { return nil }
        guard from < .endOfDay else {
            diagnostics.append(.beginsAtTheEnd(at: fromNode.span))
            return nil
        }
        guard from != to else {
            diagnostics.append(.holdsNothing(from, from: fromNode.span, to: toNode.span))
            return nil
        }
        return Schedule.Hours(days: days, from: from, to: to)
    }
}

extension Draft {
    /// The wall clock of the settings' time zone.
    var clock: LocalClock { LocalClock(timezone: settings.timezone) ?? .utc }
}

extension Diagnostic {
    fileprivate static func neverOpen(_ schedule: YAMLEntry, at span: Span) -> Diagnostic {
        Diagnostic(
            .unusableSchedule,
            severity: .warning,
            message: "schedule '\(schedule.key)' is never open",
            primary: Label("no hours here", at: span),
            help: "write hours like '{ days: mon-fri, from: 09:30, to: 18:30 }'"
        )
    }

    fileprivate static func beginsAtTheEnd(at span: Span) -> Diagnostic {
        Diagnostic(
            .unusableSchedule,
            message: "hours cannot begin at 24:00",
            primary: Label("the end of a day", at: span),
            help: "write 'from: 00:00' and the day after"
        )
    }

    fileprivate static func holdsNothing(_ time: TimeOfDay, from: Span, to: Span) -> Diagnostic {
        Diagnostic(
            .unusableSchedule,
            message: "hours from \(time) to \(time) hold nothing",
            primary: Label("the same as 'from'", at: to),
            context: [Label("opens here", at: from)],
            help: time == .midnight
                ? "did you mean 'to: 24:00'?" : "the whole day is 'from: 00:00, to: 24:00'"
        )
    }
}
