import Events
import Foundation
import SeededRandom
import Testing

struct JSONWriterTests {
    @Test func `members stand in the order in which they are written`() throws {
        var parser = JSONParser()
        let value = try parser.parse(#"{"a":[1,{"b":null}]}"#).root
        var writer = JSONWriter()
        writer.object {
            $0.member("line", 12)
            $0.member("empty") { $0.object { _ in } }
            $0.member("with") {
                $0.object {
                    $0.member("agents", ["919999900101", "919999900102"])
                    $0.member("none", [] as [String])
                }
            }
            $0.member("absent", ifPresent: nil as String?)
            $0.member("null", nil as Int?)
            $0.member("at", Instant(milliseconds: 0))
            $0.member("copy", value)
            $0.key("list")
            $0.list {
                $0.value(1.5)
                $0.value(true)
                $0.null()
                $0.raw("{}")
                $0.integer(UInt64.max)
            }
            $0.member("nan", Double.nan)
        }
        #expect(
            writer.text
                == #"{"line":12,"empty":{},"with":{"agents":["919999900101","919999900102"],"none":[]},"null":null,"#
                + #""at":"1970-01-01T00:00:00Z","copy":{"a":[1,{"b":null}]},"#
                + #""list":[1.5,true,null,{},18446744073709551615],"nan":null}"#
        )
        writer.removeAll()
        writer.value("x")
        #expect(writer.text == #""x""#)
    }

    @Test func `only what must be escaped is escaped`() {
        var writer = JSONWriter()
        writer.value("a/b \"q\" \\ \n\r\t\u{8}\u{0}\u{1f}\u{7f} é 😀 \u{2028}")
        #expect(writer.text == "\"a/b \\\"q\\\" \\\\ \\n\\r\\t\\u0008\\u0000\\u001f\u{7f} é 😀 \u{2028}\"")
    }

    @Test func `every character reads back as itself`() throws {
        for scalar in (0...0x2FFF).compactMap(Unicode.Scalar.init) {
            let text = "x\(Character(scalar))y"
            var writer = JSONWriter()
            writer.list { $0.value(text) }
            let back = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String]
            #expect(
                back?.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true,
                "U+\(String(scalar.value, radix: 16))"
            )
        }
    }

    @Test(arguments: [0, -0.5, 1e21, Double.leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 123_456_789.125])
    func `a number reads back as itself`(number: Double) throws {
        var writer = JSONWriter()
        writer.list { $0.value(number) }
        #expect(try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [Double] == [number])
    }

    @Test func `numbers made by chance read back as themselves`() throws {
        var random = SeededGenerator(seed: 11)
        var parser = JSONParser()
        for _ in 0..<5000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            var writer = JSONWriter()
            writer.list { $0.value(number) }
            #expect(try parser.parse(writer.text).root[0]?.number == number, "seed 11")
        }
    }

    @Test func `a document of the greatest depth is written as it was read`() throws {
        let depth = JSONParser.depthMax
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        var parser = JSONParser()
        #expect(try parser.parse(text).root.serialized() == text)
    }
}
