/// The settings of one job, rendered: what the action receives.
///
/// Keeps the order in which they were written or specified, so that records and requests read the same every time.
public struct Settings: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// Names and values, each name once.
    public private(set) var pairs: [Pair]

    /// One setting.
    public struct Pair: Hashable, Sendable {
        /// The name in rule files.
        public var name: String
        /// The rendered value.
        public var value: SettingValue

        /// Creates a pair.
        public init(name: String, value: SettingValue) {
            self.name = name
            self.value = value
        }
    }

    /// Creates empty settings.
    public init() {
        pairs = []
    }

    /// Creates settings of pairs of which no two have the same name.
    public init(pairs: [Pair]) {
        self.pairs = pairs
    }

    /// Creates settings; of two equal names the last counts.
    public init(dictionaryLiteral elements: (String, SettingValue)...) {
        pairs = []
        for (name, value) in elements { self[name] = value }
    }

    /// The value of that name; setting it keeps the place of an older one.
    public subscript(name: String) -> SettingValue? {
        get { pairs.first { $0.name == name }?.value }
        set {
            let place = pairs.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): pairs[place].value = value
            case (let place?, nil): pairs.remove(at: place)
            case (nil, let value?): pairs.append(Pair(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The names of the settings that make a conversation, by the words that all actions use for them.
    public static let partiesOfConversation = ["business", "customer"]

    /// The conversation that the settings speak of, as `business:customer`; `nil` where one of the two is no text.
    public var conversation: String? {
        var conversation = ""
        for name in Self.partiesOfConversation {
            guard case .string(let digits)? = self[name] else { return nil }
            if name != Self.partiesOfConversation.first { conversation += ":" }
            conversation += digits
        }
        return conversation
    }

    /// The text of a setting that must be there and must not be empty.
    public func string(_ name: String) throws(SettingsProblem) -> String {
        guard let value = self[name] else { throw SettingsProblem(field: name, reason: "is missing") }
        guard case .string(let text) = value else { throw SettingsProblem(field: name, reason: "must be text") }
        guard !text.isEmpty else { throw SettingsProblem(field: name, reason: "must not be empty") }
        return text
    }

    /// The texts of a setting that must be a list of at least one.
    public func strings(_ name: String) throws(SettingsProblem) -> [String] {
        guard let value = self[name] else { throw SettingsProblem(field: name, reason: "is missing") }
        guard case .list(let items) = value else { throw SettingsProblem(field: name, reason: "must be a list") }
        guard !items.isEmpty else { throw SettingsProblem(field: name, reason: "must name at least one") }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item else {
                throw SettingsProblem(field: name, reason: "must be a list of texts")
            }
            texts.append(text)
        }
        return texts
    }

    /// The length of time of a setting, which is whole seconds; `nil` where it is not written.
    ///
    /// - Throws: Where it is none, or longer than ``durationMax``.
    public func duration(_ name: String) throws(SettingsProblem) -> Duration? {
        guard let value = self[name] else { return nil }
        guard case .integer(let seconds) = value, seconds >= 0 else {
            throw SettingsProblem(field: name, reason: "must be a length of time")
        }
        let duration = Duration.seconds(seconds)
        guard duration <= Self.durationMax else {
            throw SettingsProblem(field: name, reason: "must not be longer than 3650d")
        }
        return duration
    }

    /// The longest length of time that a setting may have: ten years, as in the settings of rule files.
    public static let durationMax = Duration.seconds(3650 * 86_400)
}

/// A rendered value of a setting.
public enum SettingValue: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// Yes or no.
    case boolean(Bool)
    /// Several values in order.
    case list([SettingValue])
}

extension SettingValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    /// Creates text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// Creates a whole number.
    public init(integerLiteral value: Int) {
        self = .integer(value)
    }

    /// Creates yes or no.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }

    /// Creates a list.
    public init(arrayLiteral elements: SettingValue...) {
        self = .list(elements)
    }
}

/// A setting that an action cannot use, and why.
public struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting's name.
    public var field: String

    /// Why, as the rest of a sentence that begins with the setting's name: `must name at least one`.
    public var reason: String

    /// Creates a problem.
    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }

    /// The whole sentence.
    public var description: String { "'\(field)' \(reason)" }
}
