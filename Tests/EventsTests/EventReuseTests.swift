import Events
import Foundation
import SeededRandom
import Testing

/// One decoder over many lines against a fresh one for each.
struct EventReuseTests {
    /// The seed of a run: the same each time, so that a failure tells of a change; `BECKON_SEED` tries others.
    private static func seed(_ run: Int) -> UInt64 {
        let base = ProcessInfo.processInfo.environment["BECKON_SEED"].flatMap { UInt64($0) } ?? 2026
        return base &* 1000 &+ UInt64(run)
    }

    @Test(arguments: 1...20)
    func `a decoder that reuses its document decodes as a fresh one, and events that are held stay`(run: Int) throws {
        let seed = Self.seed(run)
        var random = SeededGenerator(seed: seed)
        let lines = try Self.lines(using: &random)
        let file = try TemporaryFile(lines.flatMap { $0 + [UInt8(ascii: "\n")] })
        let reader = try LineReader(.file(file.path))
        var decoder = EventDecoder(format: .auto)
        var held: [(event: Event, expected: String)] = []
        for line in lines {
            let read = try #require(try reader.next())
            let expected = Self.decodedAfresh(line)
            var decoded: [String] = []
            let outcome = decoder.decode(read) { event in
                decoded.append(Self.everything(of: event))
                if Int.random(in: 0..<4, using: &random) == 0 { held.append((event, Self.everything(of: event))) }
            }
            if case .rejected(let rejection) = outcome { decoded.append(rejection.detail) }
            #expect(decoded == expected, "seed \(seed): \(String(decoding: line, as: UTF8.self))")
            if held.count > 50 { held.removeFirst(Int.random(in: 1...50, using: &random)) }
        }
        for (event, expected) in held { #expect(Self.everything(of: event) == expected, "seed \(seed)") }
    }

    @Test func `a long line leaves no long document to the short ones behind it`() {
        var decoder = EventDecoder(format: .plain)
        let long = #"{"text":"\#(String(repeating: "a", count: 1 << 20))"}"#
        let lines = [#"{"text":"short"}"#, long, #"{"text":"again"}"#, long]
        let texts = lines.map { line -> [String?] in
            guard case .events(let events) = decoder.decode(line) else { return [] }
            return events.map(\.text)
        }
        #expect(texts.map { $0.map { $0?.utf8.count } } == [[5], [1 << 20], [5], [1 << 20]])
    }

    /// Recorded payloads, generated objects, and pieces of both, one line each.
    private static func lines(using random: inout SeededGenerator) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for name in try Fixture.names() {
            lines.append(Array(try Fixture.text(name).replacing("\n", with: " ").utf8))
        }
        for _ in 0..<100 {
            let object = GeneratedJSON.object(depth: 3, using: &random)
            lines.append([UInt8](try JSONSerialization.data(withJSONObject: object, options: [.fragmentsAllowed])))
        }
        for line in lines.shuffled(using: &random).prefix(40) {
            lines.append(Array(line.prefix(Int.random(in: 0...line.count, using: &random))))
        }
        return lines.shuffled(using: &random)
    }

    private static func decodedAfresh(_ line: [UInt8]) -> [String] {
        var decoder = EventDecoder(format: .auto)
        return switch unsafe line.withUnsafeBytes({ unsafe decoder.decode($0) }) {
        case .blank: []
        case .events(let events): events.map(everything)
        case .rejected(let rejection): [rejection.detail]
        }
    }

    private static func everything(of event: Event) -> String { summary(of: event) + event.fields.serialized() }
}
