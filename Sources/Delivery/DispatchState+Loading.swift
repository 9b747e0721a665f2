internal import Ledger

extension DispatchState {
    /// The part of a lane to be read next from the ledger.
    struct Stretch: Hashable {
        var lane: String

        /// Behind which position it begins.
        var position: Int64

        /// About how many jobs it is to have.
        var limit: Int
    }

    // MARK: - The queue

    /// Takes a stretch of the queue in, without the jobs that are in memory already.
    ///
    /// A lane that has as many jobs as it may leaves the rest of them in the ledger, and ``nextStretch`` asks for them.
    mutating func load(_ jobs: [QueuedJob], work: (QueuedJob) -> FiringDelivery.Work, now: Moment) {
        guard !isEnding else { return }
        let unknown = jobs.filter { !numbers.contains($0.number) && overflowing[$0.lane] == nil }
        for firing in FiringDelivery.firings(of: unknown, work: work) where overflowing[firing.lane] == nil {
            if lanes[firing.lane]?.count ?? 0 < policy.laneMax {
                load(firing, now: now)
            } else {
                overflowing[firing.lane] = firing.position - 1
            }
        }
    }

    private mutating func load(_ firing: FiringDelivery, now: Moment) {
        numbers.formUnion(firing.tasks.map(\.queued.number))
        guard lanes[firing.lane] == nil else {
            lanes[firing.lane]?.append(firing)
            return
        }
        lanes[firing.lane] = Lane(firing)
        advance(firing.lane, now: now)
    }

    // MARK: - Long lanes

    /// The part of an overflowing lane that is to be read before the queue is read on: of the lane that has the fewest jobs.
    ///
    /// Only lanes that are half empty are read, so that a long one is not looked up for each of its jobs. Since the queue is
    /// read on only when there are none, those that overflow hold half of what they may, and ``DeliveryPolicy/windowMax``
    /// bounds their number.
    var nextStretch: Stretch? {
        let room = policy.windowMax - count
        guard !isEnding, room > 0 else { return nil }
        let emptiest = overflowing.keys.map { (count: lanes[$0]?.count ?? 0, lane: $0) }.min { $0 < $1 }
        guard let (held, lane) = emptiest, held <= policy.laneMax / 2, let position = overflowing[lane] else {
            return nil
        }
        return Stretch(lane: lane, position: position, limit: min(policy.laneMax - held, room, policy.pageMax))
    }

    /// Takes the next part of an overflowing lane in.
    mutating func load(
        _ page: QueuePage,
        of stretch: Stretch,
        work: (QueuedJob) -> FiringDelivery.Work,
        now: Moment
    ) {
        guard !isEnding else { return }
        // Nothing is left of it; what is put behind it stands behind all that was read of the queue.
        overflowing[stretch.lane] = page.isLast ? nil : page.end
        let unknown = page.jobs.filter { !numbers.contains($0.number) }
        for firing in FiringDelivery.firings(of: unknown, work: work) { load(firing, now: now) }
    }
}
