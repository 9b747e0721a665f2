import ActionKit
public import Events

/// One rule that decided to act on one event.
public struct Firing: Sendable {
    /// The rule with its place in the program: what hands a firing on copies a reference.
    private let entry: Program.Entry

    /// The event.
    public let event: Event

    private let content: Content

    private enum Content: Sendable {
        case rendered([PlannedJob])
        /// The jobs of plain calls are to be performed, and follow from the settings and the event's place.
        case plain([Settings], EventPlace)
    }

    /// Creates the firing of a rule whose jobs have been rendered.
    init(_ entry: Program.Entry, _ event: Event, jobs: [PlannedJob]) {
        self.entry = entry
        self.event = event
        content = .rendered(jobs)
    }

    /// Creates the firing of a rule whose calls are plain; `nil` where the event lacks something.
    init?(_ entry: Program.Entry, plainlyOn event: Event, _ place: EventPlace) {
        guard let calls = entry.plainCalls else { return nil }
        var settings: [Settings] = []
        for call in calls {
            guard let rendered = call.settings(for: event) else { return nil }
            settings.append(rendered)
        }
        self.entry = entry
        self.event = event
        content = .plain(settings, place)
    }

    /// The rule.
    public var rule: Rule { entry.rule }

    /// The rule's place in the order of decision.
    public var position: Int { entry.position }

    /// The rule's calls, where all of their jobs are to be performed and follow from the event at once.
    public var plainCalls: [PlainCall]? {
        guard case .plain = content else { return nil }
        return entry.plainCalls
    }

    /// What it asks for, in order.
    public var jobs: [PlannedJob] {
        switch content {
        case .rendered(let jobs): jobs
        case .plain(let settings, let place):
            zip(entry.rule.then, settings).enumerated().map { number, call in
                PlannedJob(
                    job: JobRenderer.job(number: number, of: call.0, entry.rule.id, event, place.origin, call.1),
                    action: call.0.action,
                    settings: call.1,
                    plan: .perform
                )
            }
        }
    }
}
