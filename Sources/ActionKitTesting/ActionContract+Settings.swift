internal import ActionKit

/// The spec, and whether the action does what it says about settings.
extension ActionContract {
    func specViolations() -> [String] {
        var found: [String] = []
        if !spec.id.isName(joinedBy: "-") { found.append("the id '\(spec.id)' is not in kebab case") }
        if let destination = spec.destination, !destination.isName(joinedBy: "-") {
            found.append("the destination '\(destination)' is not in kebab case")
        }
        if !spec.summary.isOneSentence {
            found.append("the summary of '\(spec.id)' is not one sentence with a full stop")
        }
        for field in spec.fields {
            if !field.name.isName(joinedBy: "_") { found.append("the setting '\(field.name)' is not in snake case") }
            if !field.summary.isOneSentence {
                found.append("the summary of the setting '\(field.name)' is not one sentence with a full stop")
            }
        }
        found += Self.repeated(spec.fields.map(\.name)).map { "the setting '\($0)' stands in the spec twice" }
        found += Self.repeated(spec.examples.map(\.title)).map { "two examples have the title '\($0)'" }
        if !spec.examples.contains(where: { $0.problem == nil }) {
            found.append("no example shows settings that are accepted")
        }
        return found
    }

    func exampleViolations() -> [String] {
        spec.examples.flatMap { example in
            var found: [String] = []
            if example.problem == nil {
                found += example.settings.pairs.filter { spec.field($0.name) == nil }.map {
                    "the example '\(example.title)' holds '\($0.name)', which is no setting of '\(spec.id)'"
                }
            }
            let problem = problem(with: example.settings)
            if problem != example.problem {
                found.append(
                    "the example '\(example.title)' should be \(Self.verdict(example.problem)), "
                        + "but is \(Self.verdict(problem))"
                )
            }
            return found
        }
    }

    func settingViolations() -> [String] {
        acceptedExamples.flatMap { example in
            spec.fields.compactMap { violation(without: $0, in: example) }
                + [violationWithUnknownSetting(in: example)].compactMap { $0 }
        }
    }

    private func violation(without field: SettingField, in example: ActionExample) -> String? {
        var settings = example.settings
        settings[field.name] = nil
        let problem = problem(with: settings)
        switch field.fallback {
        case .required where problem?.field != field.name:
            return
                "'\(field.name)' is required, but the example '\(example.title)' without it is \(Self.verdict(problem))"
        // The engine fills the setting in; an action that insists on it must say which one it misses.
        case .event where problem != nil && problem?.field != field.name:
            return "the example '\(example.title)' without '\(field.name)' is \(Self.verdict(problem))"
        case .absent where problem?.field == field.name, .value where problem?.field == field.name:
            return
                "'\(field.name)' may be absent, but the example '\(example.title)' without it is \(Self.verdict(problem))"
        case .value(let value):
            return violation(writing: value, as: field, in: example)
        case .required, .event, .absent:
            return nil
        }
    }

    /// The call is the same whether a default is written or left out.
    private func violation(writing value: SettingValue, as field: SettingField, in example: ActionExample) -> String? {
        var settings = example.settings
        settings[field.name] = nil
        guard let plain = try? Subject(settings) else { return nil }
        settings[field.name] = value
        let written = try? Subject(settings)
        guard
            written?.request(for: .ofContract) != plain.request(for: .ofContract)
                || written?.repeatGuard != plain.repeatGuard
        else { return nil }
        return "writing the default of '\(field.name)' makes another call of the example '\(example.title)'"
    }

    private func violationWithUnknownSetting(in example: ActionExample) -> String? {
        var settings = example.settings
        settings["setting_that_no_action_has"] = "x"
        if let problem = problem(with: settings) {
            return "the example '\(example.title)' with an unknown setting is \(Self.verdict(problem))"
        }
        guard let plain = try? Subject(example.settings), let extended = try? Subject(settings),
            plain.request(for: .ofContract) != extended.request(for: .ofContract)
        else { return nil }
        return "an unknown setting changes the request of the example '\(example.title)'"
    }

    private static func verdict(_ problem: SettingsProblem?) -> String {
        problem.map { "refused because \($0)" } ?? "accepted"
    }

    private static func repeated(_ names: [String]) -> [String] {
        Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }
}

extension String {
    /// Whether this is small letters and digits in words joined by the given sign, beginning with a letter.
    func isName(joinedBy sign: Character) -> Bool {
        guard let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return split(separator: sign, omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        }
    }

    fileprivate var isOneSentence: Bool {
        guard hasSuffix("."), count > 1, !hasSuffix(".."), !contains(where: \.isNewline) else { return false }
        return ![". ", "! ", "? "].contains { contains($0) }
    }
}
