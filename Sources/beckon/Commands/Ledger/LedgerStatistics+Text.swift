import Events
import Ledger

extension LedgerStatistics {
    /// The numbers for people.
    func lines(bytesOnDisk: Int) -> [String] {
        var sheet = FactSheet()
        let total = jobs.values.reduce(0, +)
        let parts = JobStatus.allCases.compactMap { status in jobs[status].map { "\($0) \(status.rawValue)" } }
        sheet.add(
            "jobs",
            ([String(total)] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")])).joined(separator: ": ")
        )
        sheet.add("attempts", String(attempts))
        sheet.add(
            "latency",
            latency.map { "median \($0.median.shown), 95 % within \($0.percentile95.shown), from asked for to settled" }
        )
        sheet.add("oldest open", oldestOpen.map { "job \($0.number), asked for \($0.asked.iso8601)" } ?? "none")
        let oldest = inbox.oldest.map { ", the oldest of \($0.iso8601)" } ?? ""
        sheet.add("inbox", "\(inbox.count.counted("event")), \(inbox.bytes.counted("byte"))\(oldest)")
        sheet.add(
            "remembered",
            "\(seenCount.counted("event id")), \(memberCount.counted("person", plural: "people")) in chats, "
                + windowCount.counted("window")
        )
        sheet.add("on disk", "\(bytesOnDisk.counted("byte")), version \(version)")
        return sheet.lines + table("RULE", rules) + table("ACTION", actions) + inputTable
    }

    private func table(_ title: String, _ tallies: [Tally]) -> [String] {
        guard !tallies.isEmpty else { return [] }
        let statuses = JobStatus.allCases
        var table = TextTable(
            [.init(title: title, widthMax: 27), .init(title: "JOBS", widthMax: 8, isRight: true)]
                + statuses.map {
                    .init(title: $0.rawValue.uppercased(), widthMax: max(8, $0.rawValue.count), isRight: true)
                }
        )
        for tally in tallies {
            table.add([tally.name, String(tally.total)] + statuses.map { String(tally.counts[$0] ?? 0) })
        }
        return [""] + table.lines
    }

    private var inputTable: [String] {
        guard !inputs.isEmpty else { return [] }
        var table = TextTable([
            .init(title: "INPUT", widthMax: 54),
            .init(title: "LINES", widthMax: 11, isRight: true),
            .init(title: "BYTES", widthMax: 13, isRight: true),
            .init(title: "READ (UTC)", widthMax: 16),
        ])
        for input in inputs {
            table.add([input.path, String(input.line), String(input.offset), input.read.tableText])
        }
        return [""] + table.lines
    }

    /// Writes the numbers as one JSON object.
    func write(to writer: inout JSONWriter, bytesOnDisk: Int, holder: Int32?) {
        writer.object { object in
            object.member("jobs") { Self.write(jobs, to: &$0) }
            object.member("rules") { Self.write(rules, to: &$0) }
            object.member("actions") { Self.write(actions, to: &$0) }
            object.member("attempts", attempts)
            if let latency {
                object.member("latency_median_s", latency.median / .seconds(1))
                object.member("latency_95_s", latency.percentile95 / .seconds(1))
            }
            object.member("oldest_open", ifPresent: oldestOpen?.asked)
            object.member("inbox_events", inbox.count)
            object.member("inbox_bytes", inbox.bytes)
            object.member("inbox_oldest", ifPresent: inbox.oldest)
            object.member("event_ids", seenCount)
            object.member("members", memberCount)
            object.member("windows", windowCount)
            object.member("inputs") { list in list.list { for input in inputs { input.write(to: &$0) } } }
            object.member("bytes_on_disk", bytesOnDisk)
            object.member("version", version)
            object.member("run", ifPresent: holder.map { Int($0) })
        }
    }

    private static func write(_ counts: [JobStatus: Int], to writer: inout JSONWriter) {
        writer.object { object in
            for status in JobStatus.allCases { object.member(status.rawValue, counts[status] ?? 0) }
        }
    }

    private static func write(_ tallies: [Tally], to writer: inout JSONWriter) {
        writer.object { object in
            for tally in tallies { object.member(tally.name) { write(tally.counts, to: &$0) } }
        }
    }
}

extension LedgerStatistics.Input {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("path", path)
            object.member("lines", line)
            object.member("bytes", offset)
            object.member("read", read)
        }
    }
}

extension Int {
    fileprivate func counted(_ noun: String, plural: String) -> String {
        "\(self) \(self == 1 ? noun : plural)"
    }
}
