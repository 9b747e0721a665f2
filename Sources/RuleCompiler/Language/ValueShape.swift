import Directory

/// What may stand in a place of the rule language.
package indirect enum ValueShape: Sendable {
    // MARK: Single values

    /// Text, read as written: a number or `true` is text here too.
    case text

    /// Text that may be empty.
    case anyText

    /// Text of a form.
    case form(TextForm)

    /// One of these words, and some that this version does not know yet.
    case word([String], notBuiltYet: [String] = [])

    /// Text; these words are what people mostly write.
    case suggestion([String])

    /// `true` or `false`.
    case boolean

    /// A whole number, in a range where there is one.
    case integer(ClosedRange<Int>? = nil)

    /// A phone number with country code.
    case phone

    /// A number, a length of time, or a date.
    case bound

    /// A single value of any kind to compare with; nothing is no value.
    case single

    // MARK: Several values

    /// One such value, or a list of at least one; a word given here may only stand alone.
    case oneOrMore(ValueShape, alone: String? = nil)

    /// A list of at least one, or of so many.
    case list(ValueShape, of: ClosedRange<Int>? = nil)

    /// A mapping of the language.
    case mapping(MappingShape)

    /// A mapping from names that people choose, or from keys of a form.
    case names(of: TextForm? = nil, to: ValueShape)

    /// One of these.
    case either([ValueShape])

    /// Whatever YAML can say.
    case any

    /// A shape that is used in many places, by the name under which it is described once.
    case named(String, ValueShape)

    // MARK: Shapes that hold each other

    /// A condition.
    case condition

    /// A matcher for such values.
    case matcher(MatcherSubject)

    /// An action with its settings, as an item of `then`.
    case action

    /// An action with the settings that a test compares, as an item of an expectation's `then`.
    case expectedAction

    /// A firing that a test expects, which may name its action.
    case expectation
}

/// What the values under a matcher are, which decides what they can be compared with.
package enum MatcherSubject: String, CaseIterable, Sendable {
    /// Anything.
    case value
    /// Types of events.
    case type
    /// Kinds of messages.
    case kind
    /// Those who cause events.
    case origin
}

/// The forms of text that the language knows.
package enum TextForm: String, CaseIterable, Sendable {
    /// Lower-case words and digits joined by single hyphens: `refund-brings-in-billing`.
    case kebabCase
    /// A length of time: `30s`, `15m`, `24h`, `30d`.
    case duration
    /// A length of time that is longer than nothing.
    case positiveDuration
    /// So many in such a time: `5/s`, `60/min`, `1000/h`.
    case rate
    /// A day: `2026-11-08`.
    case date
    /// A day, or the first and the last of several: `2026-11-08 .. 2026-11-12`.
    case dates
    /// A point in time: `2026-01-07T12:00:00+05:30`.
    case time
    /// A time of day: `09:30`.
    case timeOfDay
    /// A day of the week, or the first and the last of several: `mon-fri`.
    case weekdays
    /// A regex, which must not hold control characters.
    case regex
    /// The address of an API.
    case baseURL
    /// Where a key is to be found: `env:NAME`, `file:PATH`.
    case secretSource
    /// Where a value of an original is found: `contact.name`, `items.*.sku`.
    case path
    /// Text with the values of an event in it: `{{customer}}`.
    case template

    /// Whether a number or `true` can be text of the form.
    package var takesNumbers: Bool { [.kebabCase, .path, .regex].contains(self) }

    /// What text of the form looks like, as a regex of JSON Schema.
    ///
    /// Never stricter than the compiler; where it is laxer, the compiler says more: no regex knows how long February is.
    package var pattern: String {
        let date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        let timeOfDay = "([01]?[0-9]|2[0-4]):[0-5][0-9]"
        let weekday = "(\(Weekday.allCases.map(\.pattern).joined(separator: "|")))"
        let segment = "([^.\\\\]|\\\\[.*\\\\])+"
        return switch self {
        case .kebabCase: "^[a-z0-9]+(-[a-z0-9]+)*$"
        case .duration: "^[0-9]+[smhd]$"
        case .positiveDuration: "^0*[1-9][0-9]*[smhd]$"
        case .rate: "^\\+?0*[1-9][0-9]{0,6}/(s|min|h)$"
        case .date: "^\(date)$"
        case .dates: "^\\s*\(date)(\\s*\\.\\.\\s*\(date))?\\s*$"
        case .time: "^\(date)([Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?$"
        case .timeOfDay: "^\(timeOfDay)$"
        case .weekdays: "^\\s*\(weekday)(\\s*-\\s*\(weekday))?\\s*$"
        case .regex: "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$"
        case .baseURL: "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+(/[^?#\\s]*)?$"
        case .secretSource: "^(env|file):.+$"
        case .path: "^\(segment)(\\.\(segment))*$"
        case .template: "\\{\\{"
        }
    }
}

extension Weekday {
    /// The short or full name in either case, since regexes of JSON Schema have no options: `[Mm][Oo][Nn]([Dd][Aa][Yy])?`.
    fileprivate var pattern: String {
        let letters = name.map { "[\($0.uppercased())\($0)]" }
        return letters.prefix(3).joined() + "(\(letters.dropFirst(3).joined()))?"
    }
}
