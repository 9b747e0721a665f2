internal import ActionKit

/// Whom a call is for, and what is left of it when some of them are left out.
extension ActionContract {
    func repeatViolations() -> [String] {
        let calls = acceptedExamples.compactMap { example -> Call? in
            guard let action = try? Subject(example.settings), let repeats = action.repeatGuard else { return nil }
            return Call(title: example.title, action: action, repeats: repeats)
        }
        var found = calls.flatMap(\.violations)
        if !calls.isEmpty, !calls.contains(where: { $0.repeats.members.count > 1 }) {
            found.append("no example is for several members of the repeat guard")
        }
        return found
    }

    /// The call that an example makes.
    private struct Call {
        var title: String
        var action: Subject
        var repeats: RepeatGuard

        var violations: [String] {
            let members = repeats.members
            guard !members.isEmpty else { return ["the repeat guard of the example '\(title)' names nobody"] }
            var found: [String] = []
            if Set(members).count < members.count {
                found.append("the repeat guard of the example '\(title)' names somebody twice")
            }
            if repeats.period < .zero {
                found.append("the period of the repeat guard of the example '\(title)' is less than nothing")
            }
            // What names nobody, or somebody twice, cannot be narrowed in any sensible way.
            guard found.isEmpty else { return found }
            if !isSame(action.narrowed(to: members)) || !isSame(action.narrowed(to: members.reversed())) {
                found.append("the example '\(title)' narrowed to all of its members is another call")
            }
            if members.count > 1, !members.allSatisfy(leavesOutOthers) {
                found.append("the example '\(title)' narrowed to some of its members is for others too")
            }
            return found
        }

        private func isSame(_ other: Subject) -> Bool {
            other.repeatGuard == repeats && other.request(for: .ofContract) == action.request(for: .ofContract)
        }

        /// Whether a call for one member alone, and one for all but it, speak of those whom they are for and of nobody else.
        private func leavesOutOthers(than member: String) -> Bool {
            let others = repeats.members.filter { $0 != member }
            return [([member], others), (others, [member])].allSatisfy { kept, leftOut in
                let narrowed = action.narrowed(to: kept)
                guard narrowed.repeatGuard == RepeatGuard(members: kept, period: repeats.period) else { return false }
                guard let request = narrowed.request(for: .ofContract) else { return true }
                return kept.allSatisfy(request.carries) && !leftOut.contains(where: request.carries)
            }
        }
    }
}
