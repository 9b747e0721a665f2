/// Which faults calls of the stand-in API meet, and how often.
///
/// ```swift
/// let plan = try FaultPlan(written: "500:5%,reset:2.5%")
/// ```
public struct FaultPlan: Hashable, Sendable, CustomStringConvertible {
    /// The faults in the order in which they were written, each once.
    public let shares: [Share]

    /// How often one fault is met.
    public struct Share: Hashable, Sendable {
        /// What goes wrong.
        public var fault: Fault

        /// How many of 10,000 calls meet it.
        public var ofTenThousand: Int
    }

    /// The shares of all faults together reach at most this.
    static let whole = 10_000

    /// Plans no faults.
    public init() {
        shares = []
    }

    /// Reads a plan such as `500:5%,429:3%,reset:0.5%`.
    ///
    /// - Throws: The first thing that is wrong with it.
    public init(written: String) throws(FaultPlanProblem) {
        var shares: [Share] = []
        for (index, part) in written.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let entry = FaultPlanProblem.Entry(number: index + 1, written: part)
            let share = try Share(part, entry)
            guard !shares.contains(where: { $0.fault == share.fault }) else {
                throw .namedTwice(share.fault, entry)
            }
            shares.append(share)
        }
        let sum = shares.reduce(0) { $0 + $1.ofTenThousand }
        guard sum <= Self.whole else { throw .moreThanAll(ofTenThousand: sum) }
        self.shares = shares
    }

    /// The plan as it is written; empty for one without faults.
    public var description: String {
        shares.map { "\($0.fault):\(Percentage.text($0.ofTenThousand))" }.joined(separator: ",")
    }
}

extension FaultPlan.Share {
    fileprivate init(_ written: Substring, _ entry: FaultPlanProblem.Entry) throws(FaultPlanProblem) {
        let parts = written.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimming { $0.isWhitespace } }
        guard let name = parts.first, !name.isEmpty else { throw .empty(entry) }
        guard let fault = Fault(named: String(name)) else { throw .unknownFault(entry) }
        guard parts.count == 2, let ofTenThousand = Percentage.read(parts[1]) else {
            throw .noPercentage(fault, entry)
        }
        self.init(fault: fault, ofTenThousand: ofTenThousand)
    }
}

/// Percentages with up to two decimals, as parts of 10,000.
enum Percentage {
    /// Reads `5%`, `0.5%`, `12.25%`; at most three digits stand before the point.
    static func read(_ text: Substring) -> Int? {
        guard text.last == "%" else { return nil }
        let parts = text.dropLast().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits(parts[0], countMax: 3) else { return nil }
        guard parts.count == 2 else { return whole * 100 }
        guard let hundredths = digits(parts[1], countMax: 2) else { return nil }
        return whole * 100 + (parts[1].utf8.count == 1 ? hundredths * 10 : hundredths)
    }

    /// The shortest way to write it.
    static func text(_ ofTenThousand: Int) -> String {
        let (whole, hundredths) = ofTenThousand.quotientAndRemainder(dividingBy: 100)
        switch (hundredths / 10, hundredths % 10) {
        case (0, 0): return "\(whole)%"
        case (let tenths, 0): return "\(whole).\(tenths)%"
        case (let tenths, let rest): return "\(whole).\(tenths)\(rest)%"
        }
    }

    private static func digits(_ text: Substring, countMax: Int) -> Int? {
        guard (1...countMax).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

extension Substring {
    fileprivate func trimming(while isDropped: (Character) -> Bool) -> Substring {
        var rest = drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
