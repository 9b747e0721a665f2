import Events
import Foundation
import SeededRandom
import Testing

struct JSONValueTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("5", 5), ("5.0", 5), ("5e2", 500), ("-9223372036854775808", .min),
            ("9223372036854775807", .max), ("9223372036854775808", nil), ("18446744073709551615", nil),
            ("18446744073709551616", nil), ("-9223372036854775809", nil), ("5.5", nil),
            ("9007199254740991.0", 9_007_199_254_740_991), ("9007199254740993.0", nil),
            ("1e300", nil), ("123456789012345678901234567890", nil),
        ] as [(String, Int64?)]
    )
    func `an integer is one that is known exactly`(text: String, integer: Int64?) throws {
        var parser = JSONParser()
        let value = try parser.parse(#"{"a":[\#(text)]}"#).root["a"]?[0]
        #expect(value?.kind == .number)
        #expect(value?.integer == integer)
        #expect(value?.number == Double(text))
    }

    @Test func `long integers are found among everything else`() throws {
        var parser = JSONParser()
        let text =
            #"[123456789012345678901,"99999999999999999999\"",-99999999999999999999,{"k":99999999999999999999},1]"#
        let root = try parser.parse(text).root
        let numbers = root.elements.map(\.number)
        #expect(numbers == [1.2345678901234568e20, nil, -1e20, nil, 1])
        #expect(root[1]?.string == #"99999999999999999999""#)
        #expect(root[3]?["k"]?.number == 1e20)
        #expect(throws: JSONProblem.self) { try parser.parse(String(repeating: "9", count: 400)) }
    }

    @Test func `of equal keys the first counts, everywhere`() throws {
        var parser = JSONParser()
        let many = (0..<40).map { #""k\#($0 % 20)":\#($0)"# }.joined(separator: ",")
        let root = try parser.parse(#"{"a":1,"a":2,"\u00e9":3,"e\u0301":4,"é":5,"":6,"":7,"o":{\#(many)}}"#).root
        #expect(root["a"]?.integer == 1)
        #expect(root["\u{e9}"]?.integer == 3)
        #expect(root["e\u{301}"]?.integer == 4, "keys are compared byte by byte")
        #expect(root[""]?.integer == 6)
        #expect(root.count == 5)
        let expected = (0..<20).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        #expect(root.serialized() == "{\"a\":1,\"\u{e9}\":3,\"e\u{301}\":4,\"\":6,\"o\":{\(expected)}}")
        #expect(root["o"]?.count == 20)
    }

    @Test func `a value of another kind is absent`() throws {
        var parser = JSONParser()
        let root = try parser.parse(#"{"s":"x","n":1,"b":true,"z":null,"l":[],"o":{}}"#).root
        let kinds = root.members.map(\.value.kind)
        #expect(kinds == [.string, .number, .boolean, .null, .list, .object])
        for (key, value) in root.members {
            #expect((value.string != nil) == (key == "s"))
            #expect((value.integer != nil) == (key == "n"))
            #expect((value.number != nil) == (key == "n"))
            #expect((value.boolean != nil) == (key == "b"))
            #expect(value.isNull == (key == "z"))
            #expect(value.count == 0)
            #expect(value["x"] == nil && value[0] == nil && value[-1] == nil)
        }
    }

    @Test func `a document outlives the parser and later texts`() throws {
        var parser = JSONParser()
        let first = try parser.parse(#"{"a":"first"}"#)
        let second = try parser.parse(#"{"b":"a longer second text"}"#)
        #expect(first.root["a"]?.string == "first")
        #expect(second.root["b"]?.string == "a longer second text")
    }

    @Test func `generated documents read and write as Foundation has it`() throws {
        for seed in 1...300 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let object = GeneratedJSON.object(depth: 4, using: &random)
            let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .fragmentsAllowed])
            var parser = JSONParser()
            let root = try parser.parse(String(decoding: data, as: UTF8.self)).root
            #expect(GeneratedJSON.isSame(root, object), "seed \(seed)")
            let text = root.serialized()
            let again = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
            // Value by value: Foundation's equality tells numbers apart by how they are stored.
            #expect(GeneratedJSON.isSame(root, again), "seed \(seed): \(text)")
            #expect(try parser.parse(text).root.serialized() == text, "seed \(seed)")
        }
    }

    @Test func `what is refused has a reason, and Foundation refuses it too`() throws {
        var parser = JSONParser()
        var refused = 0
        for seed in 1...3000 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let object = GeneratedJSON.object(depth: 3, using: &random)
            var bytes = [UInt8](try JSONSerialization.data(withJSONObject: object, options: [.fragmentsAllowed]))
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...127, using: &random)
            do {
                _ = unsafe try bytes.withUnsafeBytes { unsafe try parser.parse($0) }
            } catch let error as JSONProblem {
                refused += 1
                #expect(error.reason != "not readable: the parser refused it", "seed \(seed)")
                let text = String(decoding: bytes, as: UTF8.self)
                let isAccepted =
                    (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
                #expect(!isAccepted, "seed \(seed): \(text) – \(error)")
            }
        }
        #expect(refused > 500)
    }
}
