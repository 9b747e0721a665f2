import Events

/// Records that a thread writes by itself, to be put in their place among those of others.
struct RecordBatch {
    /// The records, each with its line feed.
    private(set) var bytes: [UInt8] = []

    /// How many records of each status there are.
    private(set) var counts: [JobRecord.Status: Int] = [:]

    private var writer = JSONWriter()

    /// Adds a record.
    mutating func add(_ record: JobRecord) {
        counts[record.status, default: 0] += 1
        writer.removeAll()
        record.write(to: &writer)
        bytes.append(contentsOf: writer.bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Forgets the records and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= BatchLimits.keptBytesMax * 2)
        counts.removeAll(keepingCapacity: true)
    }
}
