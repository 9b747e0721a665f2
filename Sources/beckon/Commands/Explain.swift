import ArgumentParser
import Diagnostics
import Events
import Foundation
import Logging
import Patterns
import RuleCompiler
import RuleEngine
import RuleTesting

/// Says for one event why each rule fired or did not.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say for one event why each rule fired or did not.",
        discussion: """
            Shows what the engine saw of the event, what came of it, and for every \
            rule its condition with the verdict on each part: true, false or fault. \
            A rule that missed narrowly says by what.

            The event is one line of a stream, or a JSON document over several lines. \
            Nothing is performed, and nothing is known of earlier events: teams pick \
            as for a first message, and of a rule over several events it is said what \
            this one begins.

            The explanation is the answer of this command and goes to stdout.

            EXAMPLES
              echo '{"text":"my refnud?"}' | beckon explain --event -
              beckon explain --event event.json
              beckon explain --event event.json --rule refund-brings-in-billing
              beckon explain rules/payments.yml --event event.json
            """
    )

    @Argument(help: "A folder or file of rules.")
    var rules = "rules"

    @Option(help: ArgumentHelp("The event: a file, plain or gzip; - is stdin.", valueName: "file"))
    var event: String

    @Option(help: ArgumentHelp("Show only the rule of this id, or the rules of this tag.", valueName: "id"))
    var rule: String?

    @Option(
        help: ArgumentHelp(
            "The shape of the event: \(InputFormat.names.joined(separator: ", ")), mapped.",
            valueName: "format"
        )
    )
    var inputFormat: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let set = try RuleSet.loadToRun(rules, common)
        let program = set.compilation.program
        try checkRule(among: program.rules)
        let format = try InputFormat.chosen(inputFormat, settings: set.compilation.settings.format)
        let source = InputSource(argument: event)
        switch try EventDocument.read(source, format: format) {
        case .events(let events, let line, let isMoreThere):
            if isMoreThere { common.logger.info("more follows in \(source.name); explained is the first event") }
            try explain(events, of: set, origin: "\(source.name):\(line)")
        case .empty: throw CannotStart("\(source.name) holds no event")
        case .rejected(let rejection, let line):
            common.logger.error("line \(line) rejected (\(rejection.code.rawValue)): \(rejection.detail)")
            throw ExitStatus.problems
        }
    }

    private func explain(_ events: [Event], of set: RuleSet, origin: String) throws {
        let engine = RuleEngine(set.compilation.program)
        let report = ExplanationReport(engine.program) { isShown($0, namedFile: set.namedFile) }
        let output = try DataOutput(path: "-")
        let scratch = EngineScratch()
        // The events of one envelope follow each other, as in a run.
        var state = EngineState()
        var hasFaults = false
        for (index, event) in events.enumerated() {
            let origin = events.count == 1 ? origin : "\(origin):\(index)"
            let event = StreamEvent(event, place: EventPlace(origin: origin))
            let explanation = engine.explain(event, state: &state, scratch: scratch)
            hasFaults = hasFaults || report.hasFaults(explanation)
            if index > 0 { output.writeLine("\n".utf8) }
            for line in report.lines(explanation, place: origin) {
                output.writeLine(line.text(usesColor: common.usesColorForData).utf8)
            }
        }
        guard output.finish(), !hasFaults else { throw ExitStatus.problems }
    }

    private func isShown(_ rule: Rule, namedFile: String?) -> Bool {
        if let name = self.rule { return rule.id == name || rule.tags.contains(name) }
        return namedFile.map { rule.span.file.path.isSamePath(as: $0) } ?? true
    }

    private func checkRule(among rules: [Rule]) throws {
        guard let rule, !rules.contains(where: { $0.id == rule || $0.tags.contains(rule) }) else { return }
        let hint = Spelling.suggestion(for: rule, among: rules.map(\.id) + rules.flatMap(\.tags))
        throw CannotStart("there is no rule '\(rule)'" + (hint.map { "; \($0)" } ?? ""))
    }
}
