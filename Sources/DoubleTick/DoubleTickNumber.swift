public import ActionKit

/// A phone number reduced to its digits, the only form in which DoubleTick compares numbers.
///
/// `+91 99999 00101` and `919999900101` are equal. No country code is guessed: `9999900101` is another number.
public struct DoubleTickNumber: Hashable, Sendable, CustomStringConvertible {
    /// The digits.
    public let description: String

    /// Takes the digits of a number, however it is written.
    public init(_ number: String) {
        description = String(number.unicodeScalars.filter { ("0"..."9").contains($0) })
    }

    /// How many digits an international number has (E.164 allows 15; shorter than 8 is a service number).
    public static let lengths = 8...15
}

extension Settings {
    /// The phone number of a setting that must be there.
    ///
    /// Settings arrive as bare digits, whatever people wrote, so anything else is a mistake on the way here.
    public func phone(_ name: String) throws(SettingsProblem) -> String {
        let number = try string(name)
        if let flaw = DoubleTickNumber.flaw(in: number) { throw SettingsProblem(field: name, reason: flaw) }
        return number
    }

    /// The phone numbers of a setting that must be a list of at least one, each once, in the order written.
    public func phones(_ name: String) throws(SettingsProblem) -> [String] {
        let written = try strings(name)
        for number in written {
            if let flaw = DoubleTickNumber.flaw(in: number) {
                throw SettingsProblem(
                    field: name,
                    reason: "\(flaw), but one is '\(ReadableLine(number, lengthMax: 32))'"
                )
            }
        }
        // Rules are checked for every job, and most name one agent.
        guard written.count > 1 else { return written }
        var seen: Set<String> = []
        return written.filter { seen.insert($0).inserted }
    }
}

extension DoubleTickNumber {
    /// Why a number cannot be sent; `nil` when it can.
    fileprivate static func flaw(in number: String) -> String? {
        guard number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return "must be digits only, without '+', spaces or other signs"
        }
        guard lengths.contains(number.utf8.count) else {
            return "must have \(lengths.lowerBound) to \(lengths.upperBound) digits"
        }
        guard number.utf8.first != UInt8(ascii: "0") else { return "must begin with a country code, which is never 0" }
        return nil
    }
}
