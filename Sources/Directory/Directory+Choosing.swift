public import Events

/// Whom a team adds to a conversation.
public enum TeamChoice: Hashable, Sendable {
    /// These numbers, at least one, in list order.
    case agents([PhoneNumber])

    /// Nobody: no one who could be picked is on shift.
    case offShift
}

/// Whom a team adds, and what is to be remembered of it.
public struct TeamDecision: Hashable, Sendable {
    /// Whom the team adds.
    public var choice: TeamChoice

    /// What to remember; `nil` where a choice leaves nothing behind.
    public var change: Picks.Change?
}

extension Directory {
    /// Decides whom a team adds to a conversation and remembers it.
    ///
    /// - Parameters:
    ///   - id: The team's name; an unknown team has nobody on shift.
    ///   - conversation: The conversation; without one nothing is kept.
    ///   - time: When; at an unknown time members with hours are not on shift.
    ///   - picks: What was remembered so far.
    /// - Returns: Whom the team adds.
    public func choose(
        team id: String,
        conversation: String?,
        at time: Instant?,
        picks: inout Picks
    ) -> TeamChoice {
        let decision = decide(team: id, conversation: conversation, at: time, picks: picks)
        if let change = decision.change { picks.remember(change) }
        return decision.choice
    }

    /// Decides whom a team adds to a conversation, and remembers nothing yet.
    ///
    /// For whoever decides without acting, such as a shadow rule, and for whoever writes the change down first.
    public func decide(team id: String, conversation: String?, at time: Instant?, picks: Picks) -> TeamDecision {
        var id = id
        var visited: Set<String> = []
        // Teams that hand over to each other are an error of the rules; here the circle merely ends.
        while visited.insert(id).inserted, let team = teams[id] {
            let occasion = Occasion(conversation: conversation, time: time, picks: picks)
            if let decision = occasion.decide(team, isAvailable: { $0.isOnShift(at: time) }) { return decision }
            switch team.offShift {
            case .nobody: return TeamDecision(choice: .offShift)
            case .anyone:
                return occasion.decide(team, isAvailable: { _ in true }) ?? TeamDecision(choice: .offShift)
            case .member(let member):
                return TeamDecision(choice: member.isOnShift(at: time) ? .agents([member.phone]) : .offShift)
            case .team(let other): id = other
            }
        }
        return TeamDecision(choice: .offShift)
    }
}

/// One moment at which somebody is to be picked for a conversation.
private struct Occasion {
    let conversation: String?
    let time: Instant?
    let picks: Picks

    /// Whom a team adds of those members who are available; `nil` when none is.
    func decide(_ team: Team, isAvailable: (Team.Member) -> Bool) -> TeamDecision? {
        if team.pick != .all, let kept = kept(team),
            let member = team.members.first(where: { $0.phone == kept.phone }), isAvailable(member)
        {
            return decision(team, member, after: kept)
        }
        switch team.pick {
        case .all:
            let available = team.members.filter(isAvailable).map(\.phone)
            return available.isEmpty ? nil : TeamDecision(choice: .agents(available))
        case .roundRobin: return nextInTurn(team, isAvailable).map { decision(team, $0) }
        case .hash:
            let available = team.members.filter(isAvailable)
            return RendezvousHash.member(of: available, for: conversation ?? "").map { decision(team, $0) }
        case .firstOnShift: return team.members.first(where: isAvailable).map { decision(team, $0) }
        }
    }

    /// The pick that is kept for the conversation, if it is in time; at an unknown time none has run out.
    private func kept(_ team: Team) -> Picks.Kept? {
        guard let conversation,
            let kept = picks.kept[Picks.Key(team: team.id, conversation: conversation)]
        else { return nil }
        if let time, let until = kept.until, time > until { return nil }
        return kept
    }

    /// The first available member after the one picked last; from the top when that one has left the team.
    private func nextInTurn(_ team: Team, _ isAvailable: (Team.Member) -> Bool) -> Team.Member? {
        let last = picks.lastPicked[team.id].flatMap { phone in team.members.firstIndex { $0.phone == phone } }
        guard let last else { return team.members.first(where: isAvailable) }
        return (team.members[(last + 1)...] + team.members[...last]).first(where: isAvailable)
    }

    /// A pick, new or used again; each use keeps it for the whole time anew, and none shortens it.
    private func decision(_ team: Team, _ member: Team.Member, after kept: Picks.Kept? = nil) -> TeamDecision {
        let until = [kept?.until, time?.advanced(by: team.keep)].compactMap(\.self).max()
        let change = Picks.Change(
            team: team.id,
            phone: member.phone,
            movesTurn: team.pick == .roundRobin && kept == nil,
            conversation: conversation,
            until: until
        )
        return TeamDecision(choice: .agents([member.phone]), change: change)
    }
}
