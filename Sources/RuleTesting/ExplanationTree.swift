import Diagnostics
import RuleEngine

/// Writes a condition as a tree: each part with its verdict, each leaf with what it saw.
///
/// ```
/// true   text: { keywords: [refund, money back] }
///          "Hi, I want a REFUND for order 5512" has 'refund'
/// false  none of:
///          true   by: agent
/// ```
struct ExplanationTree {
    private typealias Line = ExplanationLine

    /// How far the tree stands from the left.
    let indent: Int

    /// How many parts of one whole are shown; the rest is counted.
    private static let partsMax = 12

    /// Deeper parts are not indented further.
    private static let indentMax = 40

    /// Said of the one part that keeps its neighbours from being enough.
    private static let onlyMissing = "only this is missing"

    /// Verdict and the space behind it.
    private static let verdictWidth = 7

    /// The whole condition of a rule: parts that must all hold stand side by side.
    func lines(_ condition: ConditionExplanation) -> [ExplanationLine] {
        guard case .all = condition.form, !condition.parts.isEmpty else { return lines(condition, indent) }
        return parts(condition, indent)
    }

    /// The leaf with what it saw.
    func leaf(_ condition: ConditionExplanation) -> [ExplanationLine] { leaf(condition, indent) }

    private func lines(_ condition: ConditionExplanation, _ indent: Int, isOnlyMissing: Bool = false) -> [Line] {
        let label: String
        switch condition.form {
        case .value, .schedule:
            let note = Line(indent + Self.verdictWidth + 2, Self.onlyMissing, .hint)
            return leaf(condition, indent) + (isOnlyMissing ? [note] : [])
        case .all: label = "all of:"
        case .any: label = "any of:"
        case .none: label = "none of:"
        case .not: label = "not:"
        case .use(let name): label = "use: \(name.shown)"
        }
        let note: [Line.Piece] = isOnlyMissing ? [.init("  "), .init(Self.onlyMissing, .hint)] : []
        let head = Line(indent, [condition.verdict.piece, .init(label)] + note)
        return head.wrapped() + parts(condition, min(indent + 2, Self.indentMax))
    }

    private func parts(_ condition: ConditionExplanation, _ indent: Int) -> [Line] {
        let missing = condition.onlyMissingPart
        let chosen = condition.parts.indices.prefixed(Self.partsMax) { condition.parts[$0].matters(to: condition) }
        var lines: [Line] = []
        for index in chosen {
            lines += self.lines(condition.parts[index], indent, isOnlyMissing: index == missing)
        }
        let left = condition.parts.indices.filter { !chosen.contains($0) }
        guard !left.isEmpty else { return lines }
        let verdicts = [Verdict.holds, .fails, .fault].compactMap { verdict -> String? in
            let count = left.filter { condition.parts[$0].verdict == verdict }.count
            return count > 0 ? "\(count) \(verdict.rawValue)" : nil
        }
        return lines + [Line(indent, "… \(left.count) more: \(verdicts.joined(separator: ", "))", .faint)]
    }

    private func leaf(_ condition: ConditionExplanation, _ indent: Int) -> [Line] {
        let columns = Line.columnsMax - indent - Self.verdictWidth
        let inner = indent + Self.verdictWidth + 2
        let source = ExplanationSource(columns: columns).text(condition)
        var lines = [Line(indent, [condition.verdict.piece, .init(source)])]
        lines += ExplanationSentence(columns: columns - 2).lines(condition).flatMap { Line(inner, $0).wrapped() }
        if case .value(let value) = condition.form, value.actual != nil {
            if value.clauses.count > 1 {
                lines += clauses(value.clauses, inner, isText: value.text != nil)
            } else if let only = value.clauses.first, only.parts.count > 1 {
                lines += clauses(only.parts, inner, isText: value.text != nil)
            }
        }
        return lines.flatMap { $0.wrapped() }
    }

    /// The clauses of a matcher that has several.
    private func clauses(_ clauses: [ClauseExplanation], _ indent: Int, isText: Bool) -> [Line] {
        let indent = min(indent, Self.indentMax)
        let columns = Line.columnsMax - indent - Self.verdictWidth
        return clauses.flatMap { clause -> [Line] in
            var lines = [
                Line(indent, [clause.verdict.piece, .init(ExplanationSource(columns: columns).text(clause))])
            ]
            let remark = ExplanationSentence(columns: columns - 2).remark(clause, isText: isText)
            let inner = indent + Self.verdictWidth + 2
            if !remark.isEmpty { lines += Line(inner, remark).wrapped() }
            lines += clause.nearMisses.flatMap { Line(inner, $0.explanation.shown, .hint).wrapped() }
            if clause.parts.count > 1 { lines += self.clauses(clause.parts, inner, isText: isText) }
            return lines
        }
    }
}

extension ConditionExplanation {
    /// The one part of several that keeps the whole from holding.
    ///
    /// Nothing is short of only one part that merely has nothing against it: exceptions hold for most events.
    fileprivate var onlyMissingPart: Int? {
        guard case .all = form, parts.contains(where: { $0.verdict == .holds && !$0.isException }) else { return nil }
        let others = parts.indices.filter { parts[$0].verdict != .holds }
        return others.count == 1 && parts[others[0]].verdict == .fails ? others[0] : nil
    }

    private var isException: Bool {
        switch form {
        case .none, .not: true
        case .all, .any, .use, .value, .schedule: false
        }
    }

    /// Whether a part settles the verdict of a whole, or explains it.
    fileprivate func matters(to whole: ConditionExplanation) -> Bool {
        switch (whole.form, whole.verdict) {
        case (.any, .holds), (.none, .fails): verdict == .holds
        case (.all, .fails): verdict == .fails
        case (_, .fault): verdict == .fault
        default: true
        }
    }

    /// Whether everything but one part of the condition holds.
    var isOnePartShort: Bool { onlyMissingPart != nil }
}

extension Range<Int> {
    /// At most so many positions in order, of which those that matter are the last to be left out.
    fileprivate func prefixed(_ count: Int, _ matters: (Int) -> Bool) -> [Int] {
        guard self.count > count else { return Array(self) }
        let first = filter(matters).prefix(count)
        let rest = filter { !matters($0) }.prefix(count - first.count)
        return (first + rest).sorted()
    }
}

extension Verdict {
    /// The verdict as it heads a line.
    fileprivate var piece: ExplanationLine.Piece {
        let style: ExplanationLine.Style =
            switch self {
            case .holds: .good
            case .fails: .bad
            case .fault: .alarm
            }
        return .init(rawValue.padded(to: 5) + "  ", style)
    }
}
