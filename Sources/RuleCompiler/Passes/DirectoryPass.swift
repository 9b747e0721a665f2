import Diagnostics
import Directory
import RuleSyntax

/// Reads business numbers, agents and teams.
struct DirectoryPass: Pass {
    private enum Pick: String, CaseIterable {
        case all
    }

    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        readBusinessNumbers(&draft, &diagnostics)
        readAgents(&draft, &diagnostics)
        readTeams(&draft, &diagnostics)
    }

    private func readBusinessNumbers(_ draft: inout Draft, _ diagnostics: inout [Diagnostic]) {
        for entry in named(.businessNumbers, in: draft, &diagnostics) {
            guard
                let text = entry.value.text(for: "a business number", reporting: &diagnostics),
                let phone = PhoneNumber(
                    text,
                    at: entry.value.span,
                    countryCode: draft.countryCode,
                    reporting: &diagnostics
                )
            else { continue }
            draft.directory.businessNumbers.append(BusinessNumber(name: entry.key, phone: phone))
        }
    }

    private func readAgents(_ draft: inout Draft, _ diagnostics: inout [Diagnostic]) {
        for entry in named(.agents, in: draft, &diagnostics) {
            guard
                let reader = MappingReader(
                    entry.value,
                    as: Language.agent,
                    help: entry.value.scalar.map { "write '\(entry.key): { phone: \($0.text.phoneSample) }'" },
                    reporting: &diagnostics
                ),
                let node = reader.required(
                    "phone",
                    help: "the number with which the agent logs in",
                    reporting: &diagnostics
                ),
                let text = node.text(for: "a phone number", reporting: &diagnostics),
                let phone = PhoneNumber(text, at: node.span, countryCode: draft.countryCode, reporting: &diagnostics)
            else { continue }
            let name = reader.value("name").flatMap { $0.text(for: "a name", reporting: &diagnostics) }
            draft.directory.agents[entry.key] = Agent(id: entry.key, phone: phone, name: name)
        }
    }

    private func readTeams(_ draft: inout Draft, _ diagnostics: inout [Diagnostic]) {
        for entry in named(.teams, in: draft, &diagnostics) {
            if draft.directory.agents[entry.key] != nil {
                diagnostics.append(.teamNamedLikeAgent(entry))
            }
            guard
                let reader = MappingReader(entry.value, as: Language.team, reporting: &diagnostics),
                let node = reader.required("members", help: "members: [asha, ravi]", reporting: &diagnostics)
            else { continue }
            let pick = reader.value("pick").flatMap {
                $0.word(
                    Pick.self,
                    for: "'pick'",
                    notBuiltYet: ["round-robin", "hash", "first-on-shift"],
                    reporting: &diagnostics
                )
            }
            let members = node.texts(for: "a member", reporting: &diagnostics).compactMap { text, node in
                member(text, at: node.span, in: draft, &diagnostics)
            }
            if members.count > Team.membersWithoutPickMax, pick == nil, reader["pick"] == nil {
                diagnostics.append(.largeTeam(entry, members: members.count))
            }
            draft.directory.teams[entry.key] = Team(id: entry.key, members: members)
        }
    }

    private func member(
        _ text: String,
        at span: Span,
        in draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> PhoneNumber? {
        if let agent = draft.directory.agents[text] { return agent.phone }
        if text.looksLikePhoneNumber {
            return PhoneNumber(text, at: span, countryCode: draft.countryCode, reporting: &diagnostics)
        }
        diagnostics.append(.unknownName(text, at: span, what: "agent", known: draft.directory.agents.keys))
        return nil
    }

    /// The entries of a section in all files; a name defined twice is reported with both places.
    private func named(_ section: Sections.Name, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> [YAMLEntry] {
        var first: [String: Span] = [:]
        var entries: [YAMLEntry] = []
        for entry in draft.sections[section] {
            guard let mapping = entry.value.mapping else {
                diagnostics.refuse(entry.value, wanted: "a mapping of names", of: "'\(section.rawValue)'")
                continue
            }
            for named in mapping {
                if let place = first[named.key] {
                    diagnostics.append(.duplicateID(named.key, first: place, second: named.keySpan))
                } else {
                    first[named.key] = named.keySpan
                    entries.append(named)
                }
            }
        }
        return entries
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

    fileprivate static func teamNamedLikeAgent(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .duplicateID,
            message: "'\(entry.key)' is an agent as well as a team",
            primary: Label("rules could not tell the two apart", at: entry.keySpan),
            help: "give one of them another name"
        )
    }

    fileprivate static func largeTeam(_ entry: YAMLEntry, members: Int) -> Diagnostic {
        Diagnostic(
            .missingField,
            message: "team '\(entry.key)' has \(members) members and does not say whom to pick",
            primary: Label("all of them would join every conversation", at: entry.keySpan),
            help: "write 'pick: all' if that is meant"
        )
    }
}
