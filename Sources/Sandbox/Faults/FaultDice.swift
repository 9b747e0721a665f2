/// Decides which call meets which fault, always the same way for the same seed.
///
/// The n-th call of the API gets the n-th roll, whatever was rolled before. Calls are numbered in the order in which the
/// sandbox takes them, as in its log: calls that come one after the other meet the same faults in every run, of calls that
/// come at the same time only the sequence of the faults is the same, not which call meets which.
struct FaultDice: Sendable {
    let plan: FaultPlan
    let seed: UInt64

    /// A fault that a call meets.
    struct Roll: Hashable, Sendable {
        var fault: Fault

        /// Whether the call does its work all the same.
        var isPerformed: Bool
    }

    /// What the call of that number, counted from 1, meets; `nil` for a call that nothing happens to.
    func roll(_ number: Int) -> Roll? {
        guard !plan.shares.isEmpty else { return nil }
        let position = UInt64(truncatingIfNeeded: number) &* 2
        var left = Int(random(position).multipliedFullWidth(by: UInt64(FaultPlan.whole)).high)
        for share in plan.shares {
            if left < share.ofTenThousand {
                let isHeads = random(position &+ 1) >> 63 == 1
                return Roll(fault: share.fault, isPerformed: share.fault.isPerformed(ifHeads: isHeads))
            }
            left -= share.ofTenThousand
        }
        return nil
    }

    /// The number at a position of the sequence that SplitMix64 makes of the seed; it can be had without those before it.
    ///
    /// Guy L. Steele Jr., Doug Lea, Christine H. Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
    private func random(_ position: UInt64) -> UInt64 {
        var mixed = seed &+ position &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Fault {
    fileprivate func isPerformed(ifHeads isHeads: Bool) -> Bool {
        switch self {
        case .status: false
        case .reset, .hang: isHeads
        case .slow, .partial, .truncate: true
        }
    }
}
