/// Why a text is no plan of faults.
public enum FaultPlanProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing stands where a fault should.
    case empty(Entry)

    /// No fault has that name.
    case unknownFault(Entry)

    /// The fault is there, how often it is met is not.
    case noPercentage(Fault, Entry)

    /// An earlier entry names the fault already.
    case namedTwice(Fault, Entry)

    /// All faults together would be met by more calls than there are.
    case moreThanAll(ofTenThousand: Int)

    /// Where in the plan.
    public struct Entry: Hashable, Sendable, CustomStringConvertible {
        /// Counts the entries from 1.
        public var number: Int

        /// The entry as written; of a long one the beginning.
        public var written: String

        init(number: Int, written: Substring) {
            self.number = number
            self.written = PlainText.line(String(written), bytesMax: Self.bytesMax)
        }

        private static let bytesMax = 40

        /// The entry in words.
        public var description: String { "entry \(number), '\(written)'" }
    }

    /// One clause for people.
    public var description: String {
        switch self {
        case .empty(let entry): "\(entry), names no fault: write it as '500:5%,reset:2%'"
        case .unknownFault(let entry):
            "\(entry), names no known fault: known are a status from \(Fault.statuses.lowerBound) to "
                + "\(Fault.statuses.upperBound), reset, hang, slow, partial and truncate"
        case .noPercentage(let fault, let entry):
            "\(entry), has no percentage with at most two decimals: write it as '\(fault):5%' or '\(fault):0.25%'"
        case .namedTwice(let fault, let entry): "\(entry), names '\(fault)' a second time: name each fault once"
        case .moreThanAll(let sum): "the faults add up to \(Percentage.text(sum)): 100% is all there is"
        }
    }
}
