import ActionKit
import Directory

/// The reference text of an action, made from its spec alone.
enum ActionReference {
    /// The text, without a line feed at the end.
    static func text(_ spec: ActionSpec) -> String {
        var lines = [spec.id, "  \(spec.summary)", ""]
        lines.append("SETTINGS")
        let width = spec.fields.map(\.name.count).max() ?? 0
        for field in spec.fields {
            let name = field.name + String(repeating: " ", count: width - field.name.count)
            lines.append("  \(name)  \(field.summary)")
            let indent = String(repeating: " ", count: width + 4)
            lines.append("\(indent)\(describe(field.kind)) \(describe(field.fallback))")
        }
        if !spec.notBuiltYet.isEmpty { lines.append("  Not built yet: \(spec.notBuiltYet.joined(separator: ", ")).") }
        lines += ["", "EFFECT", "  \(spec.effect.rawValue): \(describe(spec.effect))"]
        lines += ["", "IN A RULE", "  then:", "    - \(spec.id): { \(sample(spec)) }"]
        lines += ["", "EXAMPLES"]
        for example in spec.examples where example.problem == nil {
            lines += ["  \(example.title):", "    - \(spec.id):"]
            for pair in example.settings.pairs { lines.append("        \(pair.name): \(describe(pair.value))") }
        }
        return lines.joined(separator: "\n")
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

    private static func describe(_ fallback: SettingFallback) -> String {
        switch fallback {
        case .required: "Required."
        case .absent: "May be left out."
        case .event(let name): "If left out: the event's '\(name)'."
        }
    }

    private static func describe(_ effect: EffectClass) -> String {
        switch effect {
        case .idempotent: "doing it twice is the same as doing it once, so an attempt without an answer is made again."
        case .keyed: "the receiver recognises a repeated job, so an attempt without an answer is made again."
        case .atMostOnce: "an attempt without an answer is not made again; its outcome is reported as unknown."
        }
    }

    private static func describe(_ value: SettingValue) -> String {
        switch value {
        // Examples hold what the action receives; people write numbers with a plus sign and spaces.
        case .string(let text): PhoneNumber(digits: text)?.formatted ?? text
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        case .list(let values): "[\(values.map { describe($0) }.joined(separator: ", "))]"
        }
    }
}
