import Diagnostics
import Foundation
import RuleSyntax

extension YAMLNode {
    /// The IANA name of a time zone; anything else is reported.
    func timezone(reporting diagnostics: inout [Diagnostic]) -> String? {
        guard let name = text(for: "'timezone'", reporting: &diagnostics) else { return nil }
        guard name.isTimeZone else {
            diagnostics.append(.unknownTimeZone(name, at: span))
            return nil
        }
        return name
    }
}

extension String {
    /// Whether the time zone database knows the name.
    ///
    /// Foundation also takes `IST`, which is India, Ireland or Israel, and offsets such as `GMT+5`, which have no summer time.
    fileprivate var isTimeZone: Bool {
        guard TimeZone(identifier: self) != nil else { return false }
        if self == "UTC" || self == "GMT" { return true }
        return TimeZone.abbreviationDictionary[self] == nil && (contains("/") || !contains(where: "+-:".contains))
    }
}

extension Diagnostic {
    fileprivate static func unknownTimeZone(_ name: String, at span: Span) -> Diagnostic {
        // Linux lists Calcutta only, though it knows the name of today.
        let known = [RuleSettings().timezone] + TimeZone.knownTimeZoneIdentifiers
        return Diagnostic(
            .unknownValue,
            message: "unknown time zone '\(name)'",
            primary: Label("not a name of the IANA time zone database", at: span),
            help: Spelling.suggestion(for: name, among: known) ?? "write it like 'Asia/Kolkata'"
        )
    }
}
