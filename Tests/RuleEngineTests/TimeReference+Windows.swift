extension TimeReference {
    /// Whether some step can use an event, were the rule free to fire on it.
    func isUsable(_ sight: Sight, in index: Int, _ sequence: TimedSequence) -> Bool {
        guard sight.sequenceKey != nil else { return false }
        return sight.fits.indices.contains { step in
            sight.fits[step] && (step == 0 || chain(to: step - 1, before: sight, in: index, sequence) != nil)
        }
    }

    /// Puts an event that the rule takes through the parts of the rule, one behind the other.
    mutating func decide(_ index: Int, _ taken: Sight) {
        let rule = program.rules[index]
        var sight = taken
        var earlier = Earlier()
        defer { sights[index].append(sight) }
        if let sequence = rule.sequence {
            guard sight.isFree, sight.fits.last == true,
                let chain = chain(to: sequence.steps.count - 2, before: sight, in: index, sequence)
            else { return }
            sight.completes = true
            earlier.steps = chain + [sight.event]
        }
        if let count = rule.count {
            guard let counted = counted(with: sight, in: index, count) else { return }
            sight.isCounted = true
            guard sight.isFree, counted.count >= count.atLeast else { return }
            sight.makesEnough = true
            earlier.first = counted.first?.event
        }
        guard sight.isFree else { return }
        guard let absence = rule.absence else {
            return fire(index, events[sight.event], earlier, at: sight.time)
        }
        // Before any time is known nobody can say when to fire.
        guard sight.time > Self.beforeAll, let key = sight.timerKey, !waits(key, before: sight, in: index) else {
            return
        }
        timersStarted += 1
        let due =
            absence.countsOpenHours
            ? TimedHours.instant(after: sight.time, openFor: absence.within) : sight.time + absence.within
        sight.timer = Timer(due: due, number: timersStarted, earlier: earlier)
    }

    /// The events of the steps up to one, of which each is the latest that there can be; `nil` when there is none in time.
    private func chain(
        to step: Int,
        before sight: Sight,
        in index: Int,
        _ sequence: TimedSequence
    ) -> [Int]? {
        let same = sights[index].filter { $0.sequenceKey == sight.sequenceKey }
        let unused = same.lastIndex { $0.completes }.map { Array(same[($0 + 1)...]) } ?? same
        var steps: [Sight] = []
        var end = unused.count
        for step in (0...step).reversed() {
            let found = unused[..<end].lastIndex {
                $0.fits.indices.contains(step) && $0.fits[step] && ($0.isFree || step > 0)
            }
            guard let found else { return nil }
            steps.insert(unused[found], at: 0)
            end = found
        }
        return steps[0].time >= sight.time - sequence.within ? steps.map(\.event) : nil
    }

    /// What is counted with an event, in order; `nil` when the event itself is not.
    ///
    /// There are more than enough where others kept the rule from firing; then the last ones count.
    private func counted(with sight: Sight, in index: Int, _ count: TimedCount) -> [Sight]? {
        guard let key = sight.countKey, count.distinct == nil || sight.value != nil else { return nil }
        let same = sights[index].filter { $0.isCounted && $0.countKey == key }
        let unused = same.lastIndex { $0.makesEnough }.map { Array(same[($0 + 1)...]) } ?? same
        let open = unused.filter { $0.time >= sight.time - count.within }
        guard sight.isFree || !open.isEmpty else { return nil }
        guard count.distinct != nil else { return (open + [sight]).suffix(count.atLeast) }
        // Of each value its latest event.
        var latest: [Sight] = []
        for next in open + [sight] {
            latest.removeAll { $0.value == next.value }
            latest.append(next)
        }
        return latest.suffix(count.atLeast)
    }

    /// Whether a timer of the key waits; the event itself has had its say as an answer.
    private func waits(_ key: String, before sight: Sight, in index: Int) -> Bool {
        !sight.answers
            && sights[index].indices.contains { isWaiting($0, in: index) && sights[index][$0].timerKey == key }
    }

    /// Whether what an event started has neither run out nor been answered.
    private func isWaiting(_ place: Int, in index: Int) -> Bool {
        guard let timer = sights[index][place].timer, !timer.isOver else { return false }
        let key = sights[index][place].timerKey
        return !sights[index][(place + 1)...].contains { $0.answers && $0.timerKey == key }
    }

    /// The timer that runs out first; of several the one that was started first.
    var nextTimer: (rule: Int, sight: Int, due: Int, number: Int)? {
        var next: (rule: Int, sight: Int, due: Int, number: Int)?
        for index in sights.indices where program.rules[index].absence != nil {
            for (place, sight) in sights[index].enumerated() {
                guard let timer = sight.timer, isWaiting(place, in: index) else { continue }
                if let next, (next.due, next.number) <= (timer.due, timer.number) { continue }
                next = (index, place, timer.due, timer.number)
            }
        }
        return next
    }
}
