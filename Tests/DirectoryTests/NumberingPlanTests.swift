import Directory
import Testing

/// What the numbering data say of country codes.
struct NumberingPlanTests {
    @Test(
        arguments: [
            ("91", "India", false, [10]), ("1", "United States", true, [10]), ("44", "United Kingdom", true, [9, 10]),
            ("65", "Singapore", false, [8]), ("33", "France", false, [9]), ("7", "Russia", true, [10]),
            ("971", "United Arab Emirates", false, [8, 9]), ("800", nil, false, [8]), ("870", nil, false, [9, 12]),
        ] as [(String, String?, Bool, [Int])]
    )
    func `a plan tells country and digits`(code: String, country: String?, isShared: Bool, counts: [Int]) throws {
        let plan = try #require(NumberingPlan(countryCode: code))
        #expect(plan.countryCode == code)
        #expect(plan.country == country)
        #expect(plan.isShared == isShared)
        #expect(plan.digitCounts == counts)
    }

    @Test(arguments: ["", "0", "999", "210", "091", "+91", "-1", "9 1", "1234", "91a", "९१", "99999999999999999999"])
    func `there is no plan of anything else`(code: String) {
        #expect(NumberingPlan(countryCode: code) == nil)
    }

    /// ITU-T E.164: a code is found without a sign that ends it.
    @Test func `no country code begins with another, and every plan has numbers`() {
        let codes = (1...999).map(String.init).filter { NumberingPlan(countryCode: $0) != nil }
        #expect(codes.count > 200)
        for code in codes {
            #expect(!codes.contains { $0 != code && $0.hasPrefix(code) }, "\(code)")
            #expect(NumberingPlan(countryCode: code)?.digitCounts.isEmpty == false, "\(code)")
        }
    }
}
