import CPhoneNumbers
import Events
import Synchronization

/// How the phone numbers behind one country code are built, by the data of libphonenumber.
///
/// The data are loaded when the first plan is asked for, which takes 5 ms; a process that reads no rules never does.
public struct NumberingPlan: Hashable, Sendable {
    /// The country code, such as `91`.
    public let countryCode: String

    private let code: Int32

    /// What is asked for every number of the plan.
    private let dialling: Dialling

    /// How many digits a country code has at most.
    static let countryCodeMax = 3

    /// The most digits behind a country code that are asked for.
    private static let nationalDigitsMax = 15

    /// The plan of a country code; `nil` if there is no such code.
    public init?(countryCode: String) {
        guard countryCode.utf8.count <= Self.countryCodeMax, let code = Int32(countryCode), code > 0,
            String(code) == countryCode, let dialling = Dialling.behind(code)
        else { return nil }
        self.countryCode = countryCode
        self.code = code
        self.dialling = dialling
    }

    /// The plan of the country code that a number begins with; none begins like another.
    init?(of digits: String) {
        for length in 1...Self.countryCodeMax {
            if let plan = NumberingPlan(countryCode: String(digits.prefix(length))) {
                self = plan
                return
            }
        }
        return nil
    }

    /// The English name of the country, of several with one code the largest; `nil` for networks without a country.
    public var country: String? {
        unsafe Self.text { unsafe cphonenumbers_country_name(code, $0, $1) }
    }

    /// Whether several countries and territories have this code.
    public var isShared: Bool { cphonenumbers_region_count(code) > 1 }

    /// How many digits a subscriber's number may have behind the country code, the fewest first.
    public var digitCounts: [Int] { dialling.digitCounts }

    /// What is dialled before a number inside the country: 0 in India, nothing in Italy.
    var trunkPrefix: String? { dialling.trunkPrefix }

    /// The number that was written with this country code.
    func number(of written: WrittenPhoneNumber) throws(PhoneNumberProblem) -> PhoneNumber {
        if written.hadTrunkZero, trunkPrefix != "0" { throw .noTrunkZero(self) }
        let national = national(of: written.digits)
        if let trunkPrefix, let likely = number(national, without: trunkPrefix) {
            throw .trunkPrefix(trunkPrefix, likely: likely)
        }
        guard allows(national) else { throw .wrongLengthInCountry(national.utf8.count, self) }
        guard let number = PhoneNumber(digits: written.digits) else { throw .wrongLength(written.digits.utf8.count) }
        return number
    }

    /// The number that digits mean when they are dialled in this country, if it is a possible one.
    func number(dialled digits: String) -> PhoneNumber? {
        guard digits.utf8.count <= PhoneDigits.textBytesMax,
            let found = unsafe Self.text({
                unsafe cphonenumbers_dialled(code, digits, Int32(digits.utf8.count), $0, $1)
            }),
            let plan = NumberingPlan(of: found), plan.allows(plan.national(of: found))
        else { return nil }
        return PhoneNumber(digits: found)
    }

    /// Whether this, behind the country code, lies in a range that the data know as given out.
    func isKnown(_ national: String) -> Bool {
        guard national.utf8.count <= Self.nationalDigitsMax else { return false }
        return unsafe cphonenumbers_is_known(code, national, Int32(national.utf8.count))
    }

    /// A number of this plan as it is written in its country.
    func formatted(_ digits: String) -> String? {
        let national = national(of: digits)
        guard national.utf8.count <= Self.nationalDigitsMax else { return nil }
        return unsafe Self.text { unsafe cphonenumbers_formatted(code, national, Int32(national.utf8.count), $0, $1) }
    }

    private func national(of digits: String) -> String { String(digits.dropFirst(countryCode.count)) }

    /// Whether there can be such a number behind the country code.
    ///
    /// By its length, since ranges are given out before data know them. Lengths that only service numbers have do not
    /// count: in India they are 8 to 13, and no digit that is missing from ten would be seen. A number in a known range
    /// may have them.
    private func allows(_ national: String) -> Bool {
        let count = national.utf8.count
        guard (1...Self.nationalDigitsMax).contains(count) else { return false }
        return digitCounts.contains(count) || isKnown(national) || isMexicanMobile(national)
    }

    /// Whether it has the 1 that stood before Mexico's mobile numbers until 2019: WhatsApp's ids still do.
    private func isMexicanMobile(_ national: String) -> Bool {
        countryCode == "52" && national.utf8.count == 11 && national.hasPrefix("1")
    }

    /// The number without the digits that are dialled only inside the country, if it has them too many.
    ///
    /// No subscriber's number begins with a 0 that is also dialled, so those are seen by that alone; other digits, such as
    /// the 8 of Russia, only if the number is too long with them.
    private func number(_ national: String, without trunkPrefix: String) -> PhoneNumber? {
        guard national.hasPrefix(trunkPrefix), trunkPrefix.hasPrefix("0") || !allows(national), !isKnown(national)
        else { return nil }
        let rest = String(national.dropFirst(trunkPrefix.count))
        return allows(rest) ? PhoneNumber(digits: countryCode + rest) : nil
    }

    /// What the library writes; `nil` for nothing, or for more than any name or number has.
    private static func text(_ write: (UnsafeMutablePointer<CChar>?, Int32) -> Int32) -> String? {
        let capacity = 128
        let text = unsafe String(unsafeUninitializedCapacity: capacity) { output in
            unsafe output.withMemoryRebound(to: CChar.self) { output in
                let length = Int(unsafe write(output.baseAddress, Int32(capacity)))
                return (1...capacity).contains(length) ? length : 0
            }
        }
        return text.isEmpty ? nil : text
    }
}

extension NumberingPlan {
    /// What the data say of a country code, asked once: to ask again for each of 10,000 numbers took 12 ms.
    private struct Dialling: Hashable, Sendable {
        let digitCounts: [Int]
        let trunkPrefix: String?

        /// By country code, of which three digits make no more than 999; `nil` for numbers that are none.
        private static let known = Mutex<[Int32: Dialling?]>([:])

        /// How one dials behind a country code; `nil` if there is no such code.
        static func behind(_ code: Int32) -> Dialling? {
            known.withLock { known in
                if let dialling = known[code] { return dialling }
                let dialling = cphonenumbers_region_count(code) > 0 ? Dialling(code) : nil
                known[code] = .some(dialling)
                return dialling
            }
        }

        private init(_ code: Int32) {
            digitCounts = (1...nationalDigitsMax).filter { cphonenumbers_has_length(code, Int32($0)) }
            trunkPrefix = unsafe text { unsafe cphonenumbers_trunk_prefix(code, $0, $1) }
        }
    }
}
