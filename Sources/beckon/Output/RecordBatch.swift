import Events
import RuleEngine

/// Records that a thread writes by itself, to be put in their place among those of others.
struct RecordBatch {
    /// The records, each with its line feed.
    private(set) var bytes: [UInt8] = []

    /// How many records of each status there are.
    var counts: [JobRecord.Status: Int] {
        plannedCount == 0 ? othersByStatus : othersByStatus.merging([.planned: plannedCount]) { $0 + $1 }
    }

    private var othersByStatus: [JobRecord.Status: Int] = [:]
    /// Of the records that were written from templates: they are counted apart, since there are many.
    private var plannedCount = 0

    private var writer = JSONWriter()
    private let templates = RecordTemplates()

    /// Adds a record.
    mutating func add(_ record: JobRecord) {
        othersByStatus[record.status, default: 0] += 1
        writer.removeAll()
        record.write(to: &writer)
        bytes.append(contentsOf: writer.bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Adds the records of a firing as a dry run writes them.
    mutating func add(_ firing: Firing, of decisions: Decisions) {
        if decisions.firedAt == nil, let count = templates.append(firing, at: decisions.place, to: &bytes) {
            plannedCount += count
        } else {
            for job in firing.jobs { add(JobRecord(job, of: decisions)) }
        }
    }

    /// Forgets the records and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= BatchLimits.keptBytesMax * 2)
        othersByStatus.removeAll(keepingCapacity: true)
        plannedCount = 0
    }
}
