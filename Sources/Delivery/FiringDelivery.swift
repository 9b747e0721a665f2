public import ActionKit
public import Ledger

/// The open jobs of one firing on their way: performed in order, each only if those before it did not fail.
public struct FiringDelivery: Sendable {
    /// What is to be done about a job.
    public enum Work: Sendable {
        /// Its action performs it.
        case perform(any Action)

        /// Nothing: it is settled already, and is reported in its place.
        case settled(Settlement)
    }

    /// A job with what is to be done about it.
    struct Task: Sendable {
        let queued: QueuedJob
        let work: Work

        /// What a second attempt may do.
        let effect: EffectClass

        init(_ queued: QueuedJob, _ work: Work) {
            self.queued = queued
            self.work = work
            switch work {
            case .perform(let action): effect = type(of: action).spec.effect
            case .settled: effect = .atMostOnce
            }
        }
    }

    /// Firings of one lane are performed one after the other.
    let lane: String

    /// The jobs in order, at least one.
    private(set) var tasks: [Task]

    /// The place of its first job in the queue.
    let position: Int64

    private init(_ first: Task) {
        lane = first.queued.lane
        position = first.queued.position
        tasks = [first]
    }

    /// The firings of a stretch of the queue.
    ///
    /// - Parameters:
    ///   - jobs: In the order of the queue, in which the jobs of a firing stand behind one another.
    ///   - work: What is to be done about a job.
    /// - Returns: The firings in that order.
    static func firings(of jobs: [QueuedJob], work: (QueuedJob) -> Work) -> [FiringDelivery] {
        var firings: [FiringDelivery] = []
        for job in jobs {
            let task = Task(job, work(job))
            if let last = firings.last?.tasks.last?.queued, last.firing == job.firing, last.lane == job.lane {
                firings[firings.count - 1].tasks.append(task)
            } else {
                firings.append(FiringDelivery(task))
            }
        }
        return firings
    }
}
