package import Diagnostics
package import Directory

extension PhoneNumber {
    /// Reads a number as people write it and reports what keeps it from being one.
    package init?(_ text: String, at span: Span, countryCode: String?, reporting diagnostics: inout [Diagnostic]) {
        do throws(PhoneNumberProblem) {
            try self.init(written: text, countryCode: countryCode)
        } catch {
            diagnostics.append(.phoneNumber(text, error, at: span))
            return nil
        }
    }
}

extension String {
    /// Whether the text is meant as a number and not as a name.
    ///
    /// By how it begins, invisible characters apart: names of the directory begin with letters.
    package var looksLikePhoneNumber: Bool {
        let visible = unicodeScalars.drop { $0.properties.generalCategory == .format || $0.properties.isWhitespace }
        guard let first = visible.first else { return false }
        return "+\u{FF0B}(\u{FF08}".unicodeScalars.contains(first) || first.properties.numericType == .decimal
            || Substring(visible.prefix(4)).lowercased() == "tel:"
    }
}

extension Diagnostic {
    /// A phone number that is not whole, or that cannot exist.
    package static func phoneNumber(_ text: String, _ problem: PhoneNumberProblem, at span: Span) -> Diagnostic {
        let reason = PhoneReason(problem)
        return Diagnostic(
            .phoneNumber,
            message: problem.isNoNumber ? "'\(text)' \(reason.message)" : "phone number '\(text)' \(reason.message)",
            primary: Label(reason.label, at: span),
            help: reason.help
        )
    }
}

/// A problem of a phone number in words.
private struct PhoneReason {
    /// What follows the number.
    var message: String
    var label = "a number with country code belongs here"
    var help: String? = "write it like '+91 99999 00101'"

    init(_ problem: PhoneNumberProblem) {
        switch problem {
        case .notANumber:
            message = "is not a phone number"
        case .wrongLength(let digits):
            message = "has \(digits) digits"
            label = "no number has more than \(PhoneNumber.digitCounts.upperBound)"
            help = nil
        case .wrongLengthInCountry(let digits, let plan):
            message = "has \(digits) \(digits == 1 ? "digit" : "digits") behind the country code"
            label = "numbers of \(plan.named) have \(Self.listed(plan.digitCounts))"
            help = Self.difference(digits, plan.digitCounts)
        case .unknownCountryCode(let first, let likely):
            message = "begins with no country code"
            label = "no country's numbers begin with \(first)"
            help = likely.map(Self.question) ?? help
        case .noCountryCode(let likely):
            message = "has no country code"
            help = likely.map(Self.question) ?? help
        case .trunkPrefix(let prefix, let likely):
            message = "holds the '\(prefix)' that is dialled only inside the country"
            label = "it does not belong behind a country code"
            help = Self.question(likely)
        case .noTrunkZero(let plan):
            message = "has a zero in brackets"
            label = "inside \(plan.named) no zero is dialled before a number"
            help = "write it as it is dialled from abroad"
        case .ambiguous(let home, let abroad):
            message = "can be read in two ways"
            label = "a plus sign and the country code are missing"
            help = "write '\(home.formatted)' or '\(abroad.formatted)'"
        }
    }

    private static func question(_ likely: PhoneNumber) -> String { "did you mean '\(likely.formatted)'?" }

    /// `10`, `9 or 10`, `5 to 15`, `7, 8 or 10`.
    private static func listed(_ counts: [Int]) -> String {
        guard let first = counts.first, let last = counts.last, first < last else {
            return counts.first.map(String.init) ?? "others"
        }
        if counts.count > 2, last - first == counts.count - 1 { return "\(first) to \(last)" }
        return counts.dropLast().map(String.init).joined(separator: ", ") + " or \(last)"
    }

    /// Which way the number is wrong; what it should be is not guessed.
    private static func difference(_ digits: Int, _ counts: [Int]) -> String? {
        guard let first = counts.first, let last = counts.last else { return nil }
        if digits < first { return first - digits == 1 ? "a digit is missing" : "\(first - digits) digits are missing" }
        if digits > last { return "it has \(digits - last == 1 ? "a digit" : "\(digits - last) digits") too many" }
        return nil
    }
}

extension PhoneNumberProblem {
    fileprivate var isNoNumber: Bool {
        if case .notANumber = self { true } else { false }
    }
}

extension NumberingPlan {
    /// `India (+91)`, `United States and others (+1)`, `+870`.
    fileprivate var named: String {
        country.map { "\($0)\(isShared ? " and others" : "") (+\(countryCode))" } ?? "+\(countryCode)"
    }
}
