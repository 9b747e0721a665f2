import ActionKit
import Directory
import Events
import Patterns
import Templates

/// Renders the jobs of one rule over one event.
struct JobRenderer {
    private let entry: Program.Entry
    private let evaluation: Evaluation
    private let program: Program
    private let origin: String

    /// Whom teams picked for jobs that will be performed, in order.
    private(set) var remembered: [Picks.Change] = []

    /// When the rule fires: shifts are asked for this time.
    private let moment: Instant?

    /// What is kept of the events that the rule has waited from.
    private let earlier: EarlierValues

    /// Why all of it is held back; `nil` for a firing that is let through.
    private let hold: Reason?

    /// Asked for by the first template that names a group; most rules have none.
    private var matched: MatchedGroups?

    init(
        entry: Program.Entry,
        evaluation: Evaluation,
        program: Program,
        origin: String,
        moment: Instant?,
        earlier: EarlierValues,
        hold: Reason?
    ) {
        self.moment = moment
        self.earlier = earlier
        self.hold = hold
        self.entry = entry
        self.evaluation = evaluation
        self.program = program
        self.origin = origin
    }

    private var rule: Rule { entry.rule }

    private var event: Event { evaluation.event }

    /// The jobs that the rule asks for, in order, with their settings rendered.
    ///
    /// A setting whose value the event lacks makes its job fail; the later jobs of the firing are then held back. Whom a team
    /// picks is remembered only of jobs that will be performed: a shadow rule, or a job that fails, takes nobody's turn.
    mutating func jobs(picks: inout Picks) -> [PlannedJob] {
        var jobs: [PlannedJob] = []
        var hasFailed = false
        for (index, call) in rule.then.enumerated() {
            let order = call.order
            // The settings' own conversation is known when they are.
            let job = Self.job(number: index, of: call, rule.id, event, origin, nil)
            var draft = JobDraft(call, job: job)
            for setting in order.settings.prefix(order.beforeConversation) {
                render(setting, into: &draft, picks: picks)
            }
            if order.namesConversation { draft.planned.job.conversation = draft.planned.settings.conversation }
            for setting in order.settings.dropFirst(order.beforeConversation) {
                render(setting, into: &draft, picks: picks)
            }
            if let names = order.names { draft.planned.settings = draft.planned.settings.ordered(by: names) }
            if draft.planned.plan == .perform, let problem = call.problem(draft.planned.settings) {
                draft.planned.plan = .failed(
                    Reason("refused-setting", "The action refuses \(problem.description).")
                )
            }
            if rule.mode == .shadow {
                draft.planned.plan = .suppressed(.shadow(hold.map { .suppressed($0) } ?? draft.planned.plan))
            } else if let hold {
                draft.planned.plan = .suppressed(hold)
            } else if hasFailed {
                draft.planned.plan = .suppressed(.earlierFailed)
            } else if case .failed = draft.planned.plan {
                hasFailed = true
            } else if draft.planned.plan == .perform {
                for change in draft.picks { picks.remember(change) }
                remembered += draft.picks
            }
            jobs.append(draft.planned)
        }
        return jobs
    }

    /// A job and the picks that it will have made if it is performed.
    private struct JobDraft {
        var planned: PlannedJob
        var picks: [Picks.Change] = []

        init(_ call: ActionCall, job: Job) {
            planned = PlannedJob(job: job, action: call.action, settings: Settings(), plan: .perform)
        }

        /// The first thing that keeps a job from being performed is the one that is told.
        mutating func fail(_ reason: Reason) {
            if planned.plan == .perform { planned.plan = .failed(reason) }
        }
    }

    /// The job of a call.
    ///
    /// Its conversation is that which its settings name, and that of the event where the call names none of its own.
    static func job(
        number: Int,
        of call: ActionCall,
        _ rule: String,
        _ event: Event,
        _ origin: String,
        _ settings: Settings?
    ) -> Job {
        let eventID = event.id
        return Job(
            id: id(ofJob: number, rule, eventID, origin),
            rule: rule,
            event: eventID,
            conversation: call.order.namesConversation ? settings?.conversation : event.conversation
        )
    }

    /// Ids of rules hold neither sign, so what stands before one is an event's id for sure, or an origin for sure.
    private static func id(ofJob number: Int, _ rule: String, _ event: String?, _ origin: String) -> String {
        let source = event ?? origin
        var id = ""
        id.reserveCapacity(source.utf8.count + rule.utf8.count + Self.numberBytes)
        id += source
        id += event == nil ? ":" : "/"
        id += rule
        id += "/"
        id += String(number)
        return id
    }

    /// How many bytes a job's number takes with the signs around it; a longer one is no harm.
    private static let numberBytes = 4

    private mutating func render(_ setting: BoundSetting, into draft: inout JobDraft, picks: Picks) {
        switch setting.source {
        case .constant(let value): draft.planned.settings[setting.name] = value
        case .event(let name):
            if let value = name.value(in: event) {
                draft.planned.settings[setting.name] = .string(value)
            } else {
                draft.fail(missing(name.spelling))
            }
        case .template(let template, let kind):
            guard let text = text(template, in: setting.name, for: &draft) else { return }
            if let value = value(text, as: kind, isOfEvent: template.isNumberOfEvent) {
                draft.planned.settings[setting.name] = value
            } else {
                draft.fail(.unusable(setting.name, kind))
            }
        case .agents(let sources): renderAgents(sources, setting.name, into: &draft, picks: picks)
        }
    }

    // MARK: Text

    /// What a template comes to; a value that is missing makes the job fail.
    private mutating func text(_ template: BoundTemplate, in setting: String, for draft: inout JobDraft) -> String? {
        if matched == nil, template.references.values.contains(where: \.isMatch) {
            matched = evaluation.matchedGroups(in: rule.conditions)
        }
        let undecided = matched?.undecided ?? []
        if let name = template.groupNames.first(where: undecided.contains) {
            draft.fail(.undecidedGroup(name, matched?.fault))
            return nil
        }
        let job = draft.planned.job.id
        let rendering = template.template.render(for: .plain) { name in
            template.references[name].flatMap { value(of: $0, job: job) }
        }
        switch rendering {
        case .text(let text): return text
        case .missing(let name):
            draft.fail(missing(name))
            return nil
        case .tooLong:
            let limit = TemplateLimits.renderedBytesMax
            draft.fail(Reason("too-long", "The setting '\(setting)' comes to more than \(limit) bytes."))
            return nil
        case .refused(let name, let reason):
            draft.fail(Reason("refused-setting", "In the setting '\(setting)', the value of '\(name)' \(reason)."))
            return nil
        }
    }

    private func value(of reference: ValueReference, job: String) -> String? {
        switch reference {
        case .event(let name): name.value(in: event)
        case .rule: rule.id
        case .job: job
        case .match(let group): matched?.values[group]
        case .field(let path): path.first(in: event.fields).flatMap(\.textOfField)
        case .table(let table, let column): program.tables[table]?.value(column: column, for: event)
        case .fact(let name): evaluation.facts[name]?.text
        case .earlier(let which, let value): earlier.value(value, of: which)
        }
    }

    // MARK: Values

    /// What a text means in a setting of that kind; `nil` when it means nothing there.
    private func value(_ text: String, as kind: SettingKind, isOfEvent: Bool) -> SettingValue? {
        switch kind {
        case .text: .string(text)
        case .customer: phone(text, isOfEvent: isOfEvent).map { .string($0.digits) }
        case .business:
            (program.directory.businessNumber(named: text.trimmed) ?? phone(text, isOfEvent: isOfEvent))
                .map { .string($0.digits) }
        case .duration: Quantity.seconds(text).flatMap { Int(exactly: $0) }.map { .integer($0) }
        case .agents: nil
        }
    }

    /// A number with its country code, which nobody guesses.
    ///
    /// Under the names of the events table numbers have it, as digits. What a customer wrote, or a table holds, is read as the
    /// same text in a rule would be.
    private func phone(_ text: String, isOfEvent: Bool) -> PhoneNumber? {
        guard isOfEvent else { return try? PhoneNumber(written: text) }
        return PhoneNumber(digits: text)
    }

    private mutating func renderAgents(
        _ sources: [AgentSource],
        _ setting: String,
        into draft: inout JobDraft,
        picks: Picks
    ) {
        var agents: [PhoneNumber] = []
        var isOffShift = false
        for source in sources {
            switch source {
            case .agent(let phone): agents.append(phone)
            case .team(let team): pick(from: team, &agents, &isOffShift, &draft, picks)
            case .template(let template):
                guard let text = text(template, in: setting, for: &draft)?.trimmed else { return }
                if let agent = program.directory.agents[text]?.phone
                    ?? phone(text, isOfEvent: template.isNumberOfEvent)
                {
                    agents.append(agent)
                } else if program.directory.teams[text] != nil {
                    pick(from: text, &agents, &isOffShift, &draft, picks)
                } else {
                    draft.fail(
                        Reason(
                            "unknown-agent",
                            "The setting '\(setting)' comes to no agent, team or phone number with country code."
                        )
                    )
                    return
                }
            }
        }
        if agents.isEmpty, isOffShift {
            if draft.planned.plan == .perform { draft.planned.plan = .suppressed(.offShift) }
            return
        }
        var seen: Set<PhoneNumber> = []
        let digits = agents.filter { seen.insert($0).inserted }.map { SettingValue.string($0.digits) }
        draft.planned.settings[setting] = .list(digits)
    }

    /// Adds whom a team comes to; somebody named beside it is reason enough to go on when nobody of it is on shift.
    private func pick(
        from team: String,
        _ agents: inout [PhoneNumber],
        _ isOffShift: inout Bool,
        _ draft: inout JobDraft,
        _ picks: Picks
    ) {
        let decision = program.directory.decide(
            team: team,
            conversation: draft.planned.job.conversation,
            at: moment,
            picks: picks
        )
        if let change = decision.change { draft.picks.append(change) }
        switch decision.choice {
        case .agents(let chosen): agents += chosen
        case .offShift: isOffShift = true
        }
    }

    // MARK: Reasons

    private func missing(_ name: String) -> Reason {
        let needsBusiness = name == EventName.business.spelling || name == EventName.conversation.spelling
        guard needsBusiness, event.business == nil || event.isInGroup else {
            let isOfEvent = EventName(spelling: name) != nil
            return Reason("missing: \(name)", isOfEvent ? "The event has no \(name)." : "There is no '\(name)'.")
        }
        let detail =
            event.isInGroup
            ? "The event happened in a group, where there is no conversation with one customer."
            : "The event carries no business number; name one in 'settings.business' or in the action."
        return Reason("no-business-number", detail)
    }
}

extension JSONValue {
    /// A value of the original as text: a string as it is, anything else as JSON; `null` is missing.
    var textOfField: String? {
        switch kind {
        case .null: nil
        case .string: string
        case .number, .boolean, .list, .object: serialized()
        }
    }
}

extension ValueReference {
    fileprivate var isMatch: Bool {
        guard case .match = self else { return false }
        return true
    }
}

extension BoundTemplate {
    /// The named groups that it asks for, in alphabetical order.
    fileprivate var groupNames: [String] {
        references.values.compactMap { reference in
            guard case .match(let group) = reference else { return nil }
            return group
        }.sorted()
    }

    /// Whether it comes to nothing but a number under a name of the events table, such as `{{customer}}`.
    fileprivate var isNumberOfEvent: Bool {
        references.values.allSatisfy { reference in
            guard case .event(let name) = reference else { return false }
            return name.isPhone
        }
    }
}

extension Settings {
    /// The same settings in the order of these names.
    fileprivate func ordered(by names: [String]) -> Settings {
        var ordered = Settings()
        for name in names { ordered[name] = self[name] }
        return ordered
    }
}

extension Reason {
    /// A group that a pattern before the one that matched may have, had it not given up.
    fileprivate static func undecidedGroup(_ name: String, _ fault: PatternFault?) -> Reason {
        let why = fault.map { ": \($0.explanation)" } ?? ""
        return Reason("fault", "What 'match.\(name)' stands for could not be found\(why).")
    }

    fileprivate static let earlierFailed = Reason("earlier-failed", "An earlier job of the same firing failed.")
    fileprivate static let offShift = Reason("off-shift", "Nobody who could be added is on shift.")

    /// A shadow rule is there to show what it would do, its failures too.
    fileprivate static func shadow(_ plan: PlannedJob.Plan) -> Reason {
        switch plan {
        case .perform: Reason("shadow", "The rule is in the shadow: it decides and never acts.")
        case .suppressed(let reason):
            Reason("shadow", "The rule is in the shadow; this would be held back: \(reason.detail)")
        case .failed(let reason): Reason("shadow", "The rule is in the shadow; this would fail: \(reason.detail)")
        }
    }

    /// Does not repeat the value, which may be anything that a customer wrote.
    fileprivate static func unusable(_ setting: String, _ kind: SettingKind) -> Reason {
        let wanted =
            switch kind {
            case .customer, .business: "phone number with country code"
            case .duration: "length of time"
            case .text, .agents: "text"
            }
        return Reason("refused-setting", "The setting '\(setting)' comes to no \(wanted).")
    }
}
