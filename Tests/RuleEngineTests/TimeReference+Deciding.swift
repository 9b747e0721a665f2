import Events

extension TimeReference {
    /// What rules before it did with an event.
    private struct Taken {
        var isStopped = false
        var isByAnyRule = false
        var groups: [String] = []
        var tags: [String] = []

        func hinders(_ rule: TimedRule) -> Bool {
            if isStopped { return true }
            if let group = rule.group, groups.contains(group) { return true }
            guard let otherwise = rule.otherwise else { return false }
            return otherwise.isEmpty ? isByAnyRule : otherwise.contains { tags.contains($0) }
        }

        mutating func note(_ rule: TimedRule) {
            guard !rule.isShadow, rule.otherwise == nil else { return }
            isStopped = isStopped || rule.stops
            isByAnyRule = true
            groups += rule.group.map { [$0] } ?? []
            tags += rule.tags
        }
    }

    /// Decides all rules about an event and then remembers what it sets.
    mutating func decide(_ event: TimedEvent, at time: Int) {
        var taken = Taken()
        events.append(event)
        for index in order {
            let rule = program.rules[index]
            if let end = rule.end, let time = event.time, time >= end { continue }
            var sight = sight(of: event, rule, at: time)
            let holds = rule.when.map { self.holds($0, event, at: time) } ?? true
            if let sequence = rule.sequence, holds { sight.fits = sequence.steps.map { fits($0, event, at: time) } }
            if let absence = rule.absence { sight.answers = fits(absence.answer, event, at: time) }
            let takes = rule.sequence.map { isUsable(sight, in: index, $0) }
            guard takes ?? (holds && Self.isOf(rule.on, event)) else {
                sights[index].append(sight)
                continue
            }
            sight.isFree = !taken.hinders(rule)
            taken.note(rule)
            decide(index, sight)
        }
        remember(event, at: time)
    }

    private func sight(of event: TimedEvent, _ rule: TimedRule, at time: Int) -> Sight {
        Sight(
            event: events.count - 1,
            time: time,
            sequenceKey: rule.sequence.flatMap { event.key($0.per) },
            countKey: rule.count.flatMap { event.key($0.per) },
            timerKey: rule.absence.flatMap { event.key($0.per) },
            customerMet: event.business == nil ? event.customer : nil,
            value: rule.count?.distinct.flatMap { event.value($0) }
        )
    }

    /// Fires a timer, unless the rule is over by then.
    mutating func fire(_ timer: (rule: Int, sight: Int, due: Int, number: Int)) {
        let sight = sights[timer.rule][timer.sight]
        sights[timer.rule][timer.sight].timer?.isOver = true
        if let end = program.rules[timer.rule].end, timer.due >= end { return }
        fire(timer.rule, events[sight.event], sight.timer?.earlier ?? Earlier(), at: timer.due, isTimer: true)
    }

    /// Fires a rule, or tells that its throttle held it back.
    mutating func fire(_ index: Int, _ event: TimedEvent, _ earlier: Earlier, at time: Int, isTimer: Bool = false) {
        let rule = program.rules[index]
        var isHeldBack = false
        // Where there is nothing to count by, nothing is held back.
        if let throttle = rule.throttle, let key = event.key(throttle.per) {
            let passage = Passage(key: key, time: time)
            let recent = passages[index].filter { $0.key == passage.key && $0.time >= time - throttle.within }
            isHeldBack = recent.count >= throttle.atMost
            if !isHeldBack { passages[index].append(passage) }
        }
        let texts = rule.told.map { told($0, event, earlier, at: time) }
        firings.append(
            TimedFiring(
                arrivals: arrivals,
                rule: rule.id,
                event: event.number,
                firedAt: isTimer ? time : nil,
                isHeldBack: isHeldBack,
                text: texts.joined(separator: "|")
            )
        )
    }

    private func told(_ value: TimedValue, _ event: TimedEvent, _ earlier: Earlier, at time: Int) -> String {
        switch value {
        case .number: "\(event.number)"
        case .time: event.time.map { Instant(milliseconds: Int64($0)).iso8601 } ?? "-"
        case .first: (earlier.first ?? earlier.steps.first).map { "\(events[$0].number)" } ?? "-"
        case .step(let index): earlier.steps.indices.contains(index) ? "\(events[earlier.steps[index]].number)" : "-"
        case .fact(let name): remembered(name, event, at: time) ?? "-"
        }
    }

    // MARK: Conditions and facts

    static func isOf(_ types: [String], _ event: TimedEvent) -> Bool { types.isEmpty || types.contains(event.type) }

    func fits(_ selector: TimedSelector, _ event: TimedEvent, at time: Int) -> Bool {
        Self.isOf(selector.on, event) && selector.when.map { holds($0, event, at: time) } ?? true
    }

    private func holds(_ condition: TimedCondition, _ event: TimedEvent, at time: Int) -> Bool {
        switch condition {
        case .tag(let tags): event.tag.map { tags.contains($0) } ?? false
        case .not(let part): !holds(part, event, at: time)
        case .both(let one, let other): holds(one, event, at: time) && holds(other, event, at: time)
        case .isRemembered(let name): remembered(name, event, at: time) != nil
        case .remembers(let name, let text): remembered(name, event, at: time) == text
        case .isOpen: event.time.map { TimedHours.isOpen(at: $0) } ?? false
        }
    }

    /// The text that is remembered under a name for the event's key.
    private func remembered(_ name: String, _ event: TimedEvent, at time: Int) -> String? {
        guard let index = program.facts.firstIndex(where: { $0.name == name }) else { return nil }
        let fact = program.facts[index]
        let key = event.key(fact.per)
        guard let memory = memories.last(where: { $0.fact == index && $0.key == key }) else { return nil }
        if let duration = fact.duration, memory.time > Self.beforeAll, time > memory.time + duration { return nil }
        return memory.text
    }

    /// What the event sets and clears; it sees what was remembered before it.
    private mutating func remember(_ event: TimedEvent, at time: Int) {
        var changes: [Memory] = []
        for (index, fact) in program.facts.enumerated() {
            guard let key = event.key(fact.per) else { continue }
            if let clear = fact.clear, fits(clear, event, at: time) {
                changes.append(Memory(fact: index, key: key, time: time))
            }
            guard fits(fact.set, event, at: time) else { continue }
            let text = fact.value.map { event.value($0)?.filter { $0 != "\"" } } ?? "true"
            if let text { changes.append(Memory(fact: index, key: key, time: time, text: text)) }
        }
        memories += changes
    }
}
