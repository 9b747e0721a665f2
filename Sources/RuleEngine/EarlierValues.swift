import Events

/// What is kept of the events that a rule has waited from: the values that its templates name.
struct EarlierValues: Hashable, Sendable {
    /// Texts by the names under which they are kept; what an event lacks is not there.
    typealias Kept = [String: String]

    /// Of the first event.
    var first: Kept?

    /// Of the event of each step of a sequence, from the first.
    var steps: [Kept] = []

    /// The value; `nil` where it is missing.
    func value(_ value: KeptValue, of which: EarlierEvent) -> String? {
        switch which {
        case .first: (first ?? steps.first)?[value.spelling]
        case .step(let index): steps.indices.contains(index) ? steps[index][value.spelling] : nil
        }
    }
}

extension KeptValue {
    /// The name under which it is kept, as it stands in templates.
    public var spelling: String {
        switch self {
        case .event(let name): name.spelling
        case .match(let group): "match.\(group)"
        case .field(let path): "fields.\(path.description)"
        }
    }
}
