extension TimeReference {
    /// Whether some step can use an event, were the rule free to fire on it.
    func isUsable(_ sight: Sight, in index: Int, _ sequence: TimedSequence) -> Bool {
        sight.fits.indices.contains { step in
            guard sight.fits[step] else { return false }
            if step == 0 { return sight.sequenceKey != nil }
            return keysMet(by: sight, in: index, sequence)
                .contains { chain(to: step - 1, of: $0, before: sight, in: index, sequence) != nil }
        }
    }

    /// The keys of the sequences that an event may go on with.
    private func keysMet(by sight: Sight, in index: Int, _ sequence: TimedSequence) -> [String] {
        if let key = sight.sequenceKey { return [key] }
        guard sequence.per == .conversation else { return [] }
        let keys = Set(sights[index].compactMap(\.sequenceKey))
        return keys.filter { Self.meets($0, nil, sight) }.sorted()
    }

    /// Whether an event belongs to a window: by its key, or as one without a business number.
    private static func meets(_ key: String, _ own: String?, _ sight: Sight) -> Bool {
        if let own { return own == key }
        return sight.customerMet.map { key.hasSuffix(":\($0)") } ?? false
    }

    /// Puts an event that the rule takes through the parts of the rule, one behind the other.
    mutating func decide(_ index: Int, _ taken: Sight) {
        let rule = program.rules[index]
        var sight = taken
        var earlier = Earlier()
        defer { sights[index].append(sight) }
        if let sequence = rule.sequence {
            guard sight.isFree, sight.fits.last == true else { return }
            var chains: [[Int]] = []
            for key in keysMet(by: sight, in: index, sequence) {
                let last = sequence.steps.count - 2
                guard let chain = chain(to: last, of: key, before: sight, in: index, sequence) else { continue }
                sight.completes.append(key)
                chains.append(chain)
            }
            // Of several the one that began last; of those that began together the one of the greatest key.
            let begun = chains.map { chain in sights[index].first { $0.event == chain[0] }?.time ?? 0 }
            guard let latest = begun.max(), let place = begun.lastIndex(of: latest) else { return }
            earlier.steps = chains[place] + [sight.event]
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
        let begun = max(sight.time, stamps[events[sight.event].number] ?? sight.time)
        let due =
            absence.countsOpenHours
            ? TimedHours.instant(after: begun, openFor: absence.within) : begun + absence.within
        sight.timer = Timer(due: due, number: timersStarted, earlier: earlier)
    }

    /// The events of the steps up to one, of which each is the latest that there can be; `nil` when there is none in time.
    private func chain(
        to step: Int,
        of key: String,
        before sight: Sight,
        in index: Int,
        _ sequence: TimedSequence
    ) -> [Int]? {
        let isByConversation = sequence.per == .conversation
        let same = sights[index].filter {
            $0.sequenceKey == key || isByConversation && Self.meets(key, $0.sequenceKey, $0)
        }
        let unused = same.lastIndex { $0.completes.contains(key) }.map { Array(same[($0 + 1)...]) } ?? same
        var steps: [Sight] = []
        var end = unused.count
        for step in (0...step).reversed() {
            let found = unused[..<end].lastIndex {
                $0.fits.indices.contains(step) && $0.fits[step] && (step > 0 || $0.isFree && $0.sequenceKey != nil)
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
        let isByConversation = program.rules[index].absence?.per == .conversation
        guard let key = sights[index][place].timerKey else { return false }
        return !sights[index][(place + 1)...].contains {
            $0.answers && ($0.timerKey == key || isByConversation && Self.meets(key, $0.timerKey, $0))
        }
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
