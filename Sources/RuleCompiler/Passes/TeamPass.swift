import Diagnostics
import Directory
import RuleEngine
import RuleSyntax

/// Reads the teams, which name agents and each other.
struct TeamPass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        let entries = draft.namedEntries(of: .teams, reporting: &diagnostics)
        let names = entries.map(\.key)
        var handovers: [String: Span] = [:]
        for entry in entries {
            if draft.directory.agents[entry.key] != nil {
                diagnostics.append(.teamNamedLikeAgent(entry))
            }
            guard
                let reader = MappingReader(entry.value, as: Language.team, reporting: &diagnostics),
                let node = reader.required("members", help: "members: [asha, ravi]", reporting: &diagnostics)
            else {
                draft.directory.brokenNames.insert(entry.key)
                continue
            }
            var team = Team(id: entry.key, members: members(node, teams: names, in: draft, &diagnostics))
            if let pick = reader.value("pick") {
                team.pick = pick.word(Team.Pick.self, for: "'pick'", reporting: &diagnostics) ?? .all
            } else if team.members.count > Team.membersWithoutPickMax {
                diagnostics.append(.largeTeam(entry, members: team.members.count))
            }
            if let keep = reader["keep"] {
                if let duration = keep.value.duration(for: "'keep'", &diagnostics) { team.keep = duration }
                let pick = reader.value("pick")?.scalar?.text ?? Team.Pick.all.rawValue
                if pick == Team.Pick.all.rawValue { diagnostics.append(.keepOfAll(keep, team: entry.key)) }
            }
            if let node = reader.value("off_shift") {
                team.offShift = offShift(node, teams: names, in: draft, &diagnostics) ?? .nobody
                handovers[team.id] = node.span
            }
            draft.directory.teams[team.id] = team
        }
        reportCircles(names, draft.directory.teams, handovers, &diagnostics)
    }

    private func members(
        _ node: YAMLNode,
        teams: [String],
        in draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> [Team.Member] {
        var members: [Team.Member] = []
        for (text, node) in node.texts(for: "a member", reporting: &diagnostics) {
            guard let member = member(text, at: node.span, in: draft, &diagnostics) else {
                guard !text.looksLikePhoneNumber, !draft.directory.brokenNames.contains(text) else { continue }
                if teams.contains(text) {
                    diagnostics.append(.teamInTeam(text, at: node.span))
                } else {
                    let known = draft.directory.agents.keys
                    diagnostics.append(.unknownName(text, at: node.span, what: "agent", known: known))
                }
                continue
            }
            if members.contains(where: { $0.phone == member.phone }) {
                diagnostics.append(.memberTwice(text, at: node.span))
            } else {
                members.append(member)
            }
        }
        return members
    }

    /// An agent by name, or a bare number; only a number that is none is reported.
    private func member(
        _ text: String,
        at span: Span,
        in draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> Team.Member? {
        if let agent = draft.directory.agents[text] { return Team.Member(phone: agent.phone, shift: agent.shift) }
        guard text.looksLikePhoneNumber else { return nil }
        return PhoneNumber(text, at: span, countryCode: draft.countryCode, reporting: &diagnostics)
            .map { Team.Member(phone: $0) }
    }

    private func offShift(
        _ node: YAMLNode,
        teams: [String],
        in draft: Draft,
        _ diagnostics: inout [Diagnostic]
    ) -> Team.OffShift? {
        guard let text = node.text(for: "'off_shift'", reporting: &diagnostics) else { return nil }
        switch text {
        case "nobody": return .nobody
        case "anyone": return .anyone
        default: break
        }
        if let member = member(text, at: node.span, in: draft, &diagnostics) { return .member(member) }
        if teams.contains(text) { return .team(text) }
        if !text.looksLikePhoneNumber, !draft.directory.brokenNames.contains(text) {
            let known = ["nobody", "anyone"] + Array(draft.directory.agents.keys) + teams
            diagnostics.append(.unknownName(text, at: node.span, what: "agent or team", known: known))
        }
        return nil
    }

    /// Reports teams that hand over to each other in a circle, each circle once.
    private func reportCircles(
        _ names: [String],
        _ teams: [String: Team],
        _ handovers: [String: Span],
        _ diagnostics: inout [Diagnostic]
    ) {
        var visited: Set<String> = []
        for name in names {
            var path: [String] = []
            var next: String? = name
            while let team = next, visited.insert(team).inserted {
                path.append(team)
                next = if case .team(let other)? = teams[team]?.offShift { other } else { nil }
            }
            // A walk that ends in its own path has found a circle; in that of an earlier walk, one that was reported.
            guard let closing = next, let begin = path.firstIndex(of: closing) else { continue }
            let spans = path[begin...].compactMap { handovers[$0] }
            if let last = spans.last {
                diagnostics.append(.teamsInACircle(Array(path[begin...]), via: spans.dropLast(), last: last))
            }
        }
    }
}

extension Diagnostic {
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
            help: "write 'pick: round-robin' for one at a time, or 'pick: all' if that is meant"
        )
    }

    fileprivate static func teamInTeam(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownName,
            message: "'\(name)' is a team, and members are agents",
            primary: Label("a team cannot be a member", at: span),
            help: "name its members here"
        )
    }

    fileprivate static func memberTwice(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'\(name)' is a member twice",
            primary: Label("this number is in the list already, and is picked no more often", at: span),
            help: "remove it"
        )
    }

    fileprivate static func keepOfAll(_ keep: YAMLEntry, team: String) -> Diagnostic {
        Diagnostic(
            .withoutEffect,
            severity: .warning,
            message: "'keep' changes nothing for team '\(team)'",
            primary: Label("all members are added, so none is picked and kept", at: keep.keySpan),
            help: "write 'pick: round-robin', or remove 'keep'"
        )
    }

    fileprivate static func teamsInACircle(_ path: [String], via others: [Span], last: Span) -> Diagnostic {
        let circle = (path + path.prefix(1)).map { "'\($0)'" }.joined(separator: " → ")
        return Diagnostic(
            .circularUse,
            message: path.count == 1
                ? "team '\(path[0])' hands over to itself" : "teams hand over to each other when off shift: \(circle)",
            primary: Label("leads back to '\(path[0])'", at: last),
            context: others.map { Label("hands over", at: $0) },
            help: "let one of them name an agent, 'anyone' or 'nobody'"
        )
    }
}
