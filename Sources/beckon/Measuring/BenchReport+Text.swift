import Diagnostics
import Foundation
import RuleEngine

extension BenchReport {
    /// The report for people.
    ///
    /// - Parameter top: How many rules and conditions are shown.
    /// - Returns: Its lines.
    func lines(top: Int) -> [String] {
        let part = isWhole ? "" : "the first "
        let head = [
            "\(tally.events.counted("event")) in \(part)\(tally.lines.counted("line")) of \(TerminalText.visible(input)), "
                + "\(ruleCount.counted("rule")), one thread, best of \(rounds)",
            "",
        ]
        let foot = [
            "",
            "\(eventsPerSecond) events a second; \(candidates.shown) rules tried on an event; "
                + "\(tally.firings.counted("firing")) of \(firedRules.counted("rule"))",
        ]
        return head + stageTable + foot + ruleTable(top) + conditionTable(top)
    }

    private var stageTable: [String] {
        var table = TextTable([
            .init(title: "STAGE", widthMax: 20), .init(title: "NS/EVENT", widthMax: 12, isRight: true),
            .init(title: "SHARE", widthMax: 6, isRight: true),
        ])
        let all = nanoseconds
        for (stage, nanoseconds) in stages {
            let share = all > 0 ? Int((100 * nanoseconds / all).rounded()) : 0
            table.add([stage.title, nanoseconds.shown, "\(share) %"])
        }
        table.add(["all", all.shown, "100 %"])
        return table.lines
    }

    private func ruleTable(_ top: Int) -> [String] {
        guard !rules.isEmpty else { return ["", "no rule was tried"] }
        var table = TextTable([
            .init(title: "RULE", widthMax: 36), .init(title: "PLACE", widthMax: Self.placeWidth),
            .init(title: "TRIED", widthMax: 9, isRight: true), .init(title: "HELD", widthMax: 9, isRight: true),
            .init(title: "NS/EVENT", widthMax: 10, isRight: true),
        ])
        for row in rules.prefix(top) {
            table.add([row.name, row.place, "\(row.cost.tried)", "\(row.cost.held)", nanosecondsPerEvent(row).shown])
        }
        return [""] + table.lines + further(rules.count - top, "rule")
    }

    private func conditionTable(_ top: Int) -> [String] {
        guard !conditions.isEmpty else { return [] }
        var table = TextTable([
            .init(title: "CONDITION", widthMax: 32), .init(title: "PLACE", widthMax: Self.placeWidth),
            .init(title: "TRIED", widthMax: 8, isRight: true), .init(title: "HELD", widthMax: 8, isRight: true),
            .init(title: "NS EACH", widthMax: 9, isRight: true), .init(title: "NS/EVENT", widthMax: 9, isRight: true),
        ])
        for row in conditions.prefix(top) {
            let costs = [row.nanosecondsEach.shown, nanosecondsPerEvent(row).shown]
            table.add([row.name, row.place, "\(row.cost.tried)", "\(row.cost.held)"] + costs)
        }
        return [""] + table.lines + further(conditions.count - top, "condition")
    }

    private func further(_ count: Int, _ noun: String) -> [String] {
        count > 0 ? ["and \(count.counted("\(noun)")) that cost less"] : []
    }

    fileprivate static let placeWidth = 24
}

extension BenchReport.Row {
    /// Where it is written; of a long path the end, which tells more.
    fileprivate var place: String {
        let place = span.place
        return place.count <= BenchReport.placeWidth ? place : "…" + place.suffix(BenchReport.placeWidth - 1)
    }
}

extension Double {
    /// With one digit behind the point while that says something.
    fileprivate var shown: String { String(format: self < 100 ? "%.1f" : "%.0f", self) }
}
