import SeededRandom
import Testing

@testable import RuleTesting

/// Lining two lists up.
struct AlignmentTests {
    /// The length of the longest common subsequence, found by trying everything.
    private func longestCommon(_ first: ArraySlice<String>, _ second: ArraySlice<String>) -> Int {
        guard let one = first.first, let two = second.first else { return 0 }
        if one == two { return 1 + longestCommon(first.dropFirst(), second.dropFirst()) }
        return max(longestCommon(first.dropFirst(), second), longestCommon(first, second.dropFirst()))
    }

    private func check(_ first: [String], _ second: [String]) {
        let steps = Alignment.steps(first, second)
        var both = 0
        var (left, right) = ([Int](), [Int]())
        for step in steps {
            switch step {
            case .both(let one, let other):
                #expect(first[one] == second[other])
                left.append(one)
                right.append(other)
                both += 1
            case .onlyFirst(let one): left.append(one)
            case .onlySecond(let other): right.append(other)
            }
        }
        #expect(left == Array(first.indices) && right == Array(second.indices), "\(first) \(second)")
        #expect(both == longestCommon(first[...], second[...]), "\(first) \(second)")
    }

    @Test func `every element of both lists comes once, in order, and as many as can stand side by side`() {
        // Every pair of lists of up to four out of three letters.
        var lists: [[String]] = [[]]
        var longest = lists
        for _ in 0..<4 {
            longest = longest.flatMap { list in ["a", "b", "c"].map { list + [$0] } }
            lists += longest
        }
        for first in lists { for second in lists { check(first, second) } }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `so it is for longer lists`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            func list() -> [String] {
                (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                    ["a", "b", "c", "d"].randomElement(using: &generator) ?? "a"
                }
            }
            check(list(), list())
        }
    }
}
