import ActionKit
import Directory
import Events
import RuleEngine

/// Shows the jobs of a firing, and of those that are not performed why.
struct ExplanationJobs {
    let firing: Firing
    let directory: Directory

    /// The firing, as lines.
    var lines: [ExplanationLine] {
        let describer = RuleTestReport(directory: directory)
        var lines = [ExplanationLine(2, firing.rule.id.shown, .strong)]
        if firing.rule.then.isEmpty { lines.append(ExplanationLine(4, "it asks for nothing")) }
        for (job, call) in zip(firing.jobs, firing.rule.then) {
            lines.append(ExplanationLine(4, describer.describe(job.action, job.settings).shown))
            switch job.plan {
            case .perform: break
            case .suppressed(let reason):
                let why = reason.code == "off-shift" ? offShift(call) : reason.detail
                lines.append(ExplanationLine(6, "suppressed (\(reason.code)): \(why)".shown, .hint))
            case .failed(let reason):
                lines.append(ExplanationLine(6, "failed (\(reason.code)): \(reason.detail)".shown, .alarm))
                if let name = reason.missingName, call.hasTemplate(naming: name) {
                    let cure = "{{^\(name)}}…{{/\(name)}} says what to write where it is missing"
                    lines.append(ExplanationLine(6, cure.shown, .hint))
                }
            }
        }
        return lines
    }

    /// Which teams had nobody on shift, with what the clock showed there.
    private func offShift(_ call: ActionCall) -> String {
        let asked = call.settings.flatMap { setting -> [String] in
            guard case .agents(let sources) = setting.source else { return [] }
            return sources.compactMap { source in
                guard case .team(let name) = source else { return nil }
                return name
            }
        }
        let teams = asked.flatMap { chain(from: $0) }
        guard !teams.isEmpty else { return "Nobody who could be picked is on shift." }
        let names = teams.map { "'\($0.id)'" }.joined(separator: " or ")
        let clock = teams.lazy.flatMap(\.members).compactMap(\.shift?.clock).first
        let now = firing.event.time.flatMap { time in clock.map { "; it is \($0.text(at: time))" } }
        return "Nobody of \(names) is on shift\(now ?? "")."
    }

    /// A team and those that it hands over to.
    private func chain(from name: String) -> [Team] {
        var teams: [Team] = []
        var next: String? = name
        while let name = next, let team = directory.teams[name], !teams.contains(where: { $0.id == name }) {
            teams.append(team)
            next = if case .team(let other) = team.offShift { other } else { nil }
        }
        return teams
    }
}

extension ActionCall {
    /// Whether a template of it names that value.
    fileprivate func hasTemplate(naming name: String) -> Bool {
        settings.contains { setting in
            switch setting.source {
            case .constant, .event: false
            case .template(let template, as: _): template.references[name] != nil
            case .agents(let sources):
                sources.contains { source in
                    if case .template(let template) = source { template.references[name] != nil } else { false }
                }
            }
        }
    }
}

extension Reason {
    /// The name of the value that a template lacked.
    fileprivate var missingName: String? {
        let prefix = "missing: "
        return code.hasPrefix(prefix) ? String(code.dropFirst(prefix.count)) : nil
    }
}
