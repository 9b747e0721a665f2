import Testing

@testable import Sandbox

struct FaultPlanTests {
    @Test(
        arguments: [
            ("500:5%", "500:5%"),
            (
                "500:5%,429:3%,reset:5%,hang:2%,slow:10%,partial:3%,truncate:1%",
                "500:5%,429:3%,reset:5%,hang:2%,slow:10%,partial:3%,truncate:1%"
            ),
            (" 503 : 0.5% , reset:0.25%", "503:0.5%,reset:0.25%"),
            ("400:5.50%,599:07.05%", "400:5.5%,599:7.05%"),
            ("reset:0%,hang:100%", "reset:0%,hang:100%"),
        ]
    )
    func `a plan is read, and printed as it can be read again`(written: String, printed: String) throws {
        let plan = try FaultPlan(written: written)
        #expect(plan.description == printed)
        #expect(try FaultPlan(written: printed) == plan)
    }

    @Test(
        arguments: [
            ("", "entry 1, '', names no fault: write it as '500:5%,reset:2%'"),
            ("500:5%,", "entry 2, '', names no fault: write it as '500:5%,reset:2%'"),
            (
                "500:5%,rest:5%",
                "entry 2, 'rest:5%', names no known fault: known are a status from 400 to 599, reset, hang, slow, partial "
                    + "and truncate"
            ),
            (
                "200:5%",
                "entry 1, '200:5%', names no known fault: known are a status from 400 to 599, reset, hang, slow, partial "
                    + "and truncate"
            ),
            (
                "0500:5%",
                "entry 1, '0500:5%', names no known fault: known are a status from 400 to 599, reset, hang, slow, partial "
                    + "and truncate"
            ),
            (
                "500",
                "entry 1, '500', has no percentage with at most two decimals: write it as '500:5%' or '500:0.25%'"
            ),
            (
                "reset:5",
                "entry 1, 'reset:5', has no percentage with at most two decimals: write it as 'reset:5%' or 'reset:0.25%'"
            ),
            (
                "hang:-5%",
                "entry 1, 'hang:-5%', has no percentage with at most two decimals: write it as 'hang:5%' or 'hang:0.25%'"
            ),
            (
                "slow:1.234%",
                "entry 1, 'slow:1.234%', has no percentage with at most two decimals: write it as 'slow:5%' or 'slow:0.25%'"
            ),
            ("500:5%,reset:1%,500:2%", "entry 3, '500:2%', names '500' a second time: name each fault once"),
            ("500:60%,reset:40.01%", "the faults add up to 100.01%: 100% is all there is"),
            ("slow:999%", "the faults add up to 999%: 100% is all there is"),
            (
                "abcdefghijabcdefghijabcdefghijabcdefghij\u{7}!",
                "entry 1, 'abcdefghijabcdefghijabcdefghijabcdefghij…', names no known fault: known are a status from 400 to "
                    + "599, reset, hang, slow, partial and truncate"
            ),
        ]
    )
    func `a text that is no plan is refused with the place and the cure`(written: String, problem: String) {
        let found = #expect(throws: FaultPlanProblem.self) { try FaultPlan(written: written) }
        #expect(found?.description == problem)
    }

    @Test func `the same seed rolls the same faults, in whatever order they are asked for`() throws {
        let plan = try FaultPlan(written: "500:20%,reset:30%,slow:20%")
        let rolls = (1...12).map { FaultDice(plan: plan, seed: 7).roll($0) }
        #expect(
            rolls.map { roll in roll.map { "\($0.fault)\($0.isPerformed ? " performed" : "")" } ?? "-" } == [
                "500", "slow performed", "reset", "reset", "reset", "-", "-", "slow performed", "reset performed", "-",
                "500", "reset performed",
            ]
        )
        #expect((1...12).reversed().map { FaultDice(plan: plan, seed: 7).roll($0) } == rolls.reversed())
        #expect((1...12).map { FaultDice(plan: plan, seed: 8).roll($0) } != rolls)
    }

    @Test func `each fault comes as often as planned, and half of what may be performed is`() throws {
        let plan = try FaultPlan(written: "500:5%,429:3%,reset:5%,hang:2%,slow:10%,partial:3%,truncate:1%")
        let dice = FaultDice(plan: plan, seed: 1)
        let count = 100_000
        let rolls = (1...count).compactMap { dice.roll($0) }
        for share in plan.shares {
            let met = rolls.filter { $0.fault == share.fault }
            let expected = Double(count * share.ofTenThousand) / 10_000
            // Five standard deviations, which another seed would leave once in two million.
            #expect(abs(Double(met.count) - expected) < 5 * expected.squareRoot(), "\(share.fault)")
            let performed = Double(met.filter(\.isPerformed).count)
            switch share.fault {
            case .status: #expect(performed == 0)
            case .reset, .hang:
                let half = Double(met.count) / 2
                #expect(abs(performed - half) < 5 * (half / 2).squareRoot(), "\(share.fault)")
            case .slow, .partial, .truncate: #expect(performed == Double(met.count))
            }
        }
    }
}
