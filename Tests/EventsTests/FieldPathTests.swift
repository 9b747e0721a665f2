import Events
import Testing

struct FieldPathTests {
    private static let document = """
        {"contact":{"name":"Kiran"},"a.b":1,"*":"star","c\\\\d":2,"items":[{"sku":"A","n":[1,2]},{"sku":"B","n":[3]},5],
        "byName":{"x":{"v":1},"y":{"v":2},"x":{"v":9}},"0":"zero","nothing":null,"empty":[],"same":1,"same":2}
        """

    @Test(
        arguments: [
            ("contact.name", #""Kiran""#), ("contact", #"{"name":"Kiran"}"#), ("contact.phone", "–"),
            (#"a\.b"#, "1"), ("a.b", "–"), (#"\*"#, #""star""#), (#"c\\d"#, "2"),
            ("items.0.sku", #""A""#), ("items.1.n.0", "3"), ("items.3", "–"), ("items.00", "–"), ("items.-1", "–"),
            ("items.*.sku", #""A" "B""#), ("items.*.n.*", "1 2 3"),
            ("items.*", #"{"sku":"A","n":[1,2]} {"sku":"B","n":[3]} 5"#),
            ("byName.*.v", "1 2"), ("0", #""zero""#), ("nothing", "null"), ("nothing.more", "–"), ("empty.*", "–"),
            ("same", "1"), ("items.99999999999999999999", "–"),
        ]
    )
    func `a path finds its values in order`(path: String, expected: String) throws {
        var parser = JSONParser()
        let root = try parser.parse(Self.document).root
        let path = try FieldPath(parsing: path)
        let found = path.values(in: root, limit: 100).map { $0.serialized() }
        #expect((found.isEmpty ? "–" : found.joined(separator: " ")) == expected)
        #expect(path.first(in: root)?.serialized() == found.first)
        #expect(path.contains(in: root) { $0.serialized() == found.last } == !found.isEmpty)
        #expect(path.values(in: root, limit: 1).count == min(1, found.count))
    }

    @Test(
        arguments: [
            ("", "is empty"), ("a..b", "has an empty segment"), (".a", "has an empty segment"),
            ("a.", "has an empty segment"), (".", "has an empty segment"),
            (#"a\"#, #"has a backslash that stands before neither '.' nor '*' nor '\'"#),
            (#"a\n"#, #"has a backslash that stands before neither '.' nor '*' nor '\'"#),
            (String(repeating: "a.", count: 64) + "a", "has more than 64 segments"),
        ]
    )
    func `a text that is no path says why`(text: String, reason: String) {
        #expect(throws: FieldPathProblem.self) { try FieldPath(parsing: text) }
        do { _ = try FieldPath(parsing: text) } catch { #expect(error.reason == reason) }
    }

    @Test func `each star is some element, and the search ends at the first that is taken`() throws {
        var parser = JSONParser()
        let root = try parser.parse(Self.document).root
        var asked: [Int64?] = []
        let path = try FieldPath(parsing: "items.*.n.*")
        let found = path.contains(in: root) {
            asked.append($0.integer)
            return $0.integer == 2
        }
        #expect(found)
        #expect(asked == [1, 2])
        #expect(path.hasWildcard)
        #expect(try !FieldPath(parsing: #"items.\*"#).hasWildcard)
        #expect(path.description == "items.*.n.*")
    }
}
