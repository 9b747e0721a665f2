import BuiltBeckon
import Diagnostics
import Events
import Foundation
import RuleCompiler
import RuleEngine
import Testing

@testable import beckon

/// Records that are written from templates are those that the general way writes.
struct RecordTemplateTests {
    private static let rules = #"""
        agents: { asha: { phone: +91 99999 00101 }, ravi: { phone: +91 99999 00102 } }
        teams: { billing: { members: [asha, ravi], pick: round-robin } }
        business_numbers: { main: +91 99999 00000, other: +91 99999 00009 }
        rules:
          - { id: plain, when: { text: { exists: true } }, then: [{ add-collaborator: { agents: asha } }] }
          - { id: both, then: [{ add-collaborator: { agents: [ravi, asha] } }, { add-collaborator: { agents: ravi } }] }
          - { id: named, then: [{ add-collaborator: { agents: asha, business: other } }] }
          - { id: given, then: [{ add-collaborator: { agents: asha, customer: "{{fields.for}}" } }] }
          - { id: turns, then: [{ add-collaborator: { agents: billing } }] }
          - { id: again, then: [{ add-collaborator: { agents: asha, repeat_after: 2h } }] }
          - { id: hidden, mode: shadow, then: [{ add-collaborator: { agents: asha } }] }

        """#

    /// What may be in an event, and what it may lack.
    private static let events = [
        #"{"id":"a-1","text":"x","customer":"+91 99999 00001","business":"919999900000","time":1780000000}"#,
        #"{"text":"no id","customer":"919999900001","business":"919999900000"}"#,
        #"{"id":"quoted \"\\\n\u0001 é 🙏","text":"x","customer":"919999900001","business":"919999900000"}"#,
        #"{"id":"a-2","text":"no customer","business":"919999900000"}"#,
        #"{"id":"a-3","text":"no business","customer":"919999900001"}"#,
        #"{"id":"a-4","text":"named","customer":"919999900001","business":"other"}"#,
        #"{"id":"a-5","text":"unknown","customer":"919999900001","business":"nobody"}"#,
        #"{"id":"a-6","text":"the customer is an agent","customer":"919999900101","business":"919999900000"}"#,
        #"{"id":"a-7","text":"the same twice","customer":"919999900000","business":"919999900000"}"#,
        #"{"id":"a-8","type":"wa-group-message-received","text":"x","customer":"919999900001","business":"919999900000"}"#,
        #"{"id":"a-9","text":"for another","customer":"919999900001","business":"919999900000","for":"+91 99999 00003"}"#,
    ]

    @Test(arguments: [nil, "second.jsonl"])
    func `a template writes what the general way writes`(input: String?) throws {
        let place = try Workplace()
        try place.write(Self.rules, to: "rules/rules.yml")
        let set = try RuleSet.load(place.folder.appendingPathComponent("rules").path, environment: [:])
        #expect(set.diagnostics.allSatisfy { $0.severity != .error }, "\(set.diagnostics)")
        let engine = RuleEngine(set.compilation.program)
        var (decoder, state) = (EventDecoder(format: .plain), EngineState())
        let scratch = EngineScratch()
        var batch = RecordBatch()
        var (expected, counts) = ("", [JobRecord.Status: Int]())
        var plainCount = 0
        for (index, line) in Self.events.enumerated() {
            guard case .events(let events) = decoder.decode(line), let event = events.first else {
                Issue.record("\(line) is no event")
                continue
            }
            let place = EventPlace(source: "x", number: Int64(index), index: nil, line: index + 1, input: input)
            for decisions in engine.take(StreamEvent(event, place: place), state: &state, scratch: scratch) {
                for firing in decisions.firings {
                    plainCount += firing.plainCalls == nil ? 0 : 1
                    batch.add(firing, of: decisions)
                    for job in firing.jobs {
                        let record = JobRecord(job, of: decisions)
                        var writer = JSONWriter()
                        record.write(to: &writer)
                        expected += writer.text + "\n"
                        counts[record.status, default: 0] += 1
                    }
                }
            }
        }
        #expect(String(decoding: batch.bytes, as: UTF8.self) == expected)
        #expect(batch.counts == counts)
        #expect(plainCount > 15)
    }
}
