import Diagnostics
import Events
import RuleEngine

extension BenchReport {
    /// The report as one JSON object.
    ///
    /// - Parameter top: How many rules and conditions are told.
    /// - Returns: The object.
    func json(top: Int) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("input", input)
            object.member("is_whole", isWhole)
            object.member("lines", tally.lines)
            object.member("events", tally.events)
            object.member("rejected", tally.rejected)
            object.member("rules", ruleCount)
            object.member("events_per_second", eventsPerSecond)
            object.member("ns_per_event", nanoseconds)
            object.member("stages") { list in
                list.list { for (stage, nanoseconds) in stages { Self.write(stage, nanoseconds, to: &$0) } }
            }
            object.member("tried_per_event", candidates)
            object.member("firings", tally.firings)
            object.member("rules_fired", firedRules)
            object.member("faults", tally.faults)
            object.member("profiled_events", profiledEvents)
            object.member("costliest_rules") { list in
                list.list { for row in rules.prefix(top) { write(row, "rule", to: &$0) } }
            }
            object.member("costliest_conditions") { list in
                list.list { for row in conditions.prefix(top) { write(row, "condition", to: &$0) } }
            }
        }
        return writer.text
    }

    private static func write(_ stage: Stage, _ nanoseconds: Double, to writer: inout JSONWriter) {
        writer.object {
            $0.member("stage", stage.rawValue)
            $0.member("ns_per_event", nanoseconds)
        }
    }

    private func write(_ row: Row, _ key: String, to writer: inout JSONWriter) {
        writer.object {
            $0.member(key, row.name)
            $0.member("file", row.span.file.path)
            $0.member("line", row.span.line)
            $0.member("tried", row.cost.tried)
            $0.member("held", row.cost.held)
            $0.member("ns_each", row.nanosecondsEach)
            $0.member("ns_per_event", nanosecondsPerEvent(row))
        }
    }
}
