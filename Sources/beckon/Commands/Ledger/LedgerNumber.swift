import Diagnostics
import Directory
import Events

/// Phone numbers on the command line, as the ledger keeps them.
enum LedgerNumber {
    /// The digits of a customer's number however it is written.
    ///
    /// A number without its country code would be found nowhere, so it is refused.
    static func customer(_ text: String) throws -> String {
        do throws(PhoneNumberProblem) {
            return try PhoneNumber(written: text).digits
        } catch {
            // Numbers that numbering data do not know occur in events all the same.
            if case .noCountryCode = error { throw withoutCode(text) }
            guard let digits = PhoneDigits.from(text) else {
                throw CannotStart("'\(TerminalText.visible(text))' is no phone number")
            }
            return digits
        }
    }

    /// A conversation with its numbers as digits.
    static func conversation(_ text: String) throws -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { PhoneDigits.from($0) }
        guard parts.count == 2, let business = parts[0], let customer = parts[1] else {
            let shown = TerminalText.visible(text)
            throw CannotStart("'\(shown)' is no conversation; write it like 919999900000:919999900001")
        }
        return "\(business):\(customer)"
    }

    private static func withoutCode(_ text: String) -> CannotStart {
        CannotStart("'\(TerminalText.visible(text))' has no country code; write it like +91 99999 00001")
    }
}
