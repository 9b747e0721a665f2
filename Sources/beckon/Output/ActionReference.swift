import ActionKit
import Directory
import RuleEngine

/// The reference text of an action, made from its spec, and from what it says of a call with the settings of an example.
enum ActionReference {
    /// The text, without a line feed at the end.
    static func text(_ module: any Action.Type) -> String {
        let spec = module.spec
        var lines = [spec.id, "  \(spec.summary)", ""]
        lines.append("SETTINGS")
        let width = spec.fields.map(\.name.count).max() ?? 0
        for field in spec.fields {
            let name = field.name + String(repeating: " ", count: width - field.name.count)
            lines.append("  \(name)  \(field.summary)")
            let indent = String(repeating: " ", count: width + 4)
            lines.append("\(indent)\(describe(field.kind)) \(describe(field.fallback, of: field.kind))")
        }
        if !spec.notBuiltYet.isEmpty { lines.append("  Not built yet: \(spec.notBuiltYet.joined(separator: ", ")).") }
        lines += ["", "EFFECT", "  \(spec.effect.rawValue): \(describe(spec.effect))"]
        if let repeats = repeats(module) { lines += ["", "REPEATS"] + repeats.map { "  \($0)" } }
        lines += ["", "IN A RULE", "  then:", "    - \(spec.id): { \(sample(spec)) }"]
        lines += ["", "EXAMPLES"]
        for example in spec.examples where example.problem == nil {
            lines += ["  \(example.title):", "    - \(spec.id):"]
            for pair in example.settings.pairs {
                lines.append("        \(pair.name): \(describe(pair.value, spec.field(pair.name)?.kind))")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// What becomes of a call for somebody for whom it was done before; `nil` where every call counts.
    ///
    /// The first example that is accepted leaves out what has a default.
    private static func repeats(_ module: any Action.Type) -> [String]? {
        let settings = module.spec.examples.first { $0.problem == nil }?.settings
        guard let repeats = settings.flatMap({ try? module.init($0) })?.repeatGuard else { return nil }
        let period = Quantity.written(seconds: Int(repeats.period.components.seconds))
        return [
            "Those for whom it was done are left out of later calls in the same conversation for \(period), if nothing else is said.",
            "Calls for the same ones on one event are made once.",
        ]
    }

    private static func sample(_ spec: ActionSpec) -> String {
        spec.fields.filter { $0.fallback == .required }.map { "\($0.name): \(sample($0.kind))" }.joined(separator: ", ")
    }

    private static func sample(_ kind: SettingKind) -> String {
        switch kind {
        case .text: "text"
        case .customer, .business: "+91 99999 00001"
        case .agents: "billing"
        case .duration: "24h"
        }
    }

    private static func describe(_ kind: SettingKind) -> String {
        switch kind {
        case .text: "Text."
        case .customer: "A phone number with country code."
        case .business: "A name from 'business_numbers', or a phone number with country code."
        case .agents: "An agent, a team, a phone number, or a list of these."
        case .duration: "A length of time, such as 30s or 24h."
        }
    }

    private static func describe(_ fallback: SettingFallback, of kind: SettingKind) -> String {
        switch fallback {
        case .required: "Required."
        case .absent: "May be left out."
        case .event(let name): "If left out: the event's '\(name)'."
        case .value(let value): "If left out: \(describe(value, kind))."
        }
    }

    private static func describe(_ effect: EffectClass) -> String {
        switch effect {
        case .idempotent:
            "doing it twice is the same as doing it once, so an attempt whose outcome could not be learnt is made again."
        case .keyed:
            "the receiver recognises a repeated job, so an attempt whose outcome could not be learnt is made again."
        case .atMostOnce:
            "an attempt whose outcome could not be learnt is not made again; the job is reported as unknown."
        }
    }

    private static func describe(_ value: SettingValue, _ kind: SettingKind?) -> String {
        switch value {
        // Examples hold what the action receives; people write numbers with a plus sign and spaces.
        case .string(let text): PhoneNumber(digits: text)?.formatted ?? text
        case .integer(let seconds) where kind == .duration: Quantity.written(seconds: seconds)
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .list(let values): "[\(values.map { describe($0, kind) }.joined(separator: ", "))]"
        }
    }
}
