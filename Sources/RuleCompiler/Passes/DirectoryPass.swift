import Diagnostics
import Directory
import RuleSyntax

/// Reads the agents.
struct DirectoryPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let clock = draft.clock
        for entry in draft.namedEntries(of: .agents, reporting: &diagnostics) {
            guard
                let reader = MappingReader(
                    entry.value,
                    as: Language.agent,
                    help: entry.value.scalar.map { "write '\(entry.key): { phone: \($0.text.phoneSample) }'" },
                    reporting: &diagnostics
                )
            else {
                draft.directory.brokenNames.insert(entry.key)
                continue
            }
            let name = reader.value("name").flatMap { $0.text(for: "a name", reporting: &diagnostics) }
            let shift = shift(reader, clock: clock, in: draft, &diagnostics)
            guard
                let node = reader.required(
                    "phone",
                    help: "the number with which the agent logs in",
                    reporting: &diagnostics
                ),
                let text = node.text(for: "a phone number", reporting: &diagnostics),
                let phone = PhoneNumber(text, at: node.span, countryCode: draft.countryCode, reporting: &diagnostics)
            else {
                draft.directory.brokenNames.insert(entry.key)
                continue
            }
            draft.directory.agents[entry.key] = Agent(id: entry.key, phone: phone, name: name, shift: shift)
        }
    }

    private func shift(
        _ reader: MappingReader,
        clock: LocalClock,
        in draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> Shift? {
        let schedule = reader.value("shift").flatMap { self.schedule($0, in: draft, &diagnostics) }
        let away = reader.value("away").map { $0.daysOff(for: "'away'", reporting: &diagnostics) } ?? DaysOff()
        guard schedule != nil || !away.isEmpty else { return nil }
        return Shift(schedule: schedule, away: away, clock: clock)
    }

    private func schedule(_ node: YAMLNode, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> Schedule? {
        guard node.scalar != nil else {
            let help = "write the hours under 'schedules:' and name them here"
            diagnostics.refuse(node, wanted: "the name of a schedule", of: "'shift'", help: help)
            return nil
        }
        guard let name = node.text(for: "'shift'", reporting: &diagnostics) else { return nil }
        if let schedule = draft.directory.schedules[name] { return schedule }
        let known = draft.directory.schedules.keys
        diagnostics.append(.unknownName(name, at: node.span, what: "schedule", known: known))
        return nil
    }
}

extension String {
    /// The text where it is meant as a number, else one to write it like.
    fileprivate var phoneSample: String { looksLikePhoneNumber ? self : "+91 99999 00101" }
}

extension Diagnostic {
    /// A name defined twice.
    static func duplicateID(_ id: String, first: Span, second: Span) -> Diagnostic {
        Diagnostic(
            .duplicateID,
            message: "'\(id)' is defined twice",
            primary: Label("second time", at: second),
            context: [Label("first time", at: first)],
            help: "give one of them another name"
        )
    }
}
