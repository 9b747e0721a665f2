import BuiltBeckon
import Diagnostics
import Events
import Foundation
import Logging
import RuleCompiler
import RuleEngine
import SeededRandom
import Testing

@testable import beckon

/// Dry runs on several threads within this process, with batches so small that there are many of a few lines.
struct PipelineTests {
    /// What a run leaves behind.
    private struct Result: Equatable {
        var records = ""
        var rejects = ""
        var told: [String] = []
        var late = 0
        var events = 0
    }

    private func compiled(_ rules: String, in place: Workplace) throws -> Compilation {
        try place.write(rules, to: "rules/rules.yml")
        let set = try RuleSet.load(place.folder.appendingPathComponent("rules").path, environment: [:])
        #expect(set.diagnostics.allSatisfy { $0.severity != .error }, "\(set.diagnostics)")
        return set.compilation
    }

    /// Runs the pipeline over the lines of a file.
    private func run(
        _ engine: RuleEngine,
        in place: Workplace,
        threads: Int,
        limits: BatchLimits = BatchLimits(),
        verifies: Bool = false
    ) throws -> Result {
        let log = CollectedLog()
        let logger = Logger(label: "test") { _ in log }
        let path = { (name: String) in place.folder.appendingPathComponent(name).path }
        let (output, rejects) = (try DataOutput(path: path("out.jsonl")), try DataOutput(path: path("bad.jsonl")))
        let ordered = OrderedStage(
            Decider(engine, logger: logger),
            records: RecordWriter(output),
            rejects: rejects,
            atEnd: .wait,
            logger: logger,
            progress: ProgressLine(isShown: false)
        )
        let interrupt = try InputInterrupt()
        let inputs = [InputSource.file(path("events.jsonl"))]
        let source = SequentialSource(inputs, lineBytesMax: 2000, origin: "x", interrupt: interrupt)
        Pipeline(source, interrupt: interrupt, threads: threads, limits: limits, ordered: ordered) {
            LineStage(engine, format: .auto, limits: limits, keepsRejects: true, verifies: verifies)
        }.run()
        return Result(
            records: try place.read("out.jsonl"),
            rejects: try place.read("bad.jsonl"),
            told: log.all,
            late: ordered.summary.time.late,
            events: ordered.summary.events
        )
    }

    /// What comes of the lines one after the other, without stages.
    private func plainly(_ engine: RuleEngine, _ lines: [String]) -> Result {
        var result = Result()
        var (decoder, state, writer) = (EventDecoder(format: .auto), EngineState(), JSONWriter())
        let scratch = EngineScratch()
        func write(_ decided: [Decisions]) {
            for decisions in decided {
                for job in decisions.firings.flatMap(\.jobs) {
                    writer.removeAll()
                    JobRecord(job, of: decisions).write(to: &writer)
                    result.records += writer.text + "\n"
                }
            }
        }
        for (index, line) in lines.enumerated() {
            guard line.utf8.count <= 2000, case .events(let events) = decoder.decode(line) else { continue }
            for event in events {
                let place = EventPlace(origin: "x:0:\(index + 1)", line: index + 1)
                let item = StreamEvent(event, place: place)
                result.events += 1
                write(engine.take(item, state: &state, scratch: scratch))
            }
        }
        write(engine.settle(.lastEvent, state: &state, scratch: scratch))
        result.late = state.counts.late
        return result
    }

    @Test(arguments: PipelineCase.seeds)
    func `many threads write what one writes, and what the engine decides`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let place = try Workplace()
        var (recordCount, lateCount, toldCount) = (0, 0, 0)
        for round in 0..<5 {
            let test = PipelineCase(using: &generator)
            let program = try compiled(test.rules, in: place).program
            let engine = RuleEngine(program, index: RuleIndex(program))
            try place.write(test.lines.joined(separator: "\n"), to: "events.jsonl")
            let limits = BatchLimits(
                linesMax: .random(in: 1...20, using: &generator),
                bytesMax: .random(in: 1...4000, using: &generator),
                recordBytesMax: .random(in: 1...2000, using: &generator)
            )
            let one = try run(engine, in: place, threads: 1, limits: limits)
            let plain = plainly(RuleEngine(program), test.lines)
            let note: Comment = "seed \(seed), round \(round): \(test.rules)"
            #expect((one.records, one.late, one.events) == (plain.records, plain.late, plain.events), note)
            for threads in [2, 3, 8] {
                #expect(try run(engine, in: place, threads: threads, limits: limits) == one, note)
            }
            recordCount += one.records.count
            lateCount += one.late
            toldCount += one.told.count
        }
        // Random cases in which nothing happens would prove nothing.
        #expect(recordCount > 5000 && lateCount > 10 && toldCount > 20, "seed \(seed)")
    }

    @Test(arguments: [1, 3])
    func `a run ends where the prefilter differs, and nothing behind it counts`(threads: Int) throws {
        let place = try Workplace()
        // The index of other rules leaves out what these ones fire on.
        let others = try compiled(Self.twoRules(oddWord: "even"), in: place).program
        let program = try compiled(Self.twoRules(oddWord: "odd"), in: place).program
        let engine = RuleEngine(program, index: RuleIndex(others))
        let texts = (0..<200).map { $0 == 77 ? "odd" : "refund" }
        try place.write(texts.map { SampleRules.event($0) }.joined(), to: "events.jsonl")
        let result = try run(engine, in: place, threads: threads, limits: BatchLimits(linesMax: 10), verifies: true)
        #expect(result.records.split(separator: "\n").count == 77)
        #expect(result.events == 78)
        #expect(
            result.told == [
                "error: line 78: rule 'odd' comes to false with the prefilter and to true without it; "
                    + "this is an error of Beckon's, and '--no-prefilter' decides without it"
            ]
        )
    }

    private static func twoRules(oddWord: String) -> String {
        """
        agents: { asha: { phone: +91 99999 00101 } }
        business_numbers: { main: +91 99999 00000 }
        rules:
          - id: refund
            when: { text: { keywords: [refund] } }
            then: [{ add-collaborator: { agents: asha } }]
          - id: odd
            when: { text: { keywords: [\(oddWord)] } }
            then: [{ add-collaborator: { agents: asha } }]

        """
    }

    @Test(arguments: [1, 3])
    func `only the first faults and rejections are told, in order, and all are counted`(threads: Int) throws {
        let place = try Workplace()
        let engine = RuleEngine(try compiled(SampleRules.text, in: place).program)
        let slow = SampleRules.event(String(repeating: "a", count: 60) + "!")
        try place.write(String(repeating: slow + "nonsense\n", count: 22), to: "events.jsonl")
        let result = try run(engine, in: place, threads: threads, limits: BatchLimits(linesMax: 7))
        var told: [String] = []
        for pair in 0..<20 {
            let why = "could not be decided: the pattern takes too many steps on this text"
            told.append("warning: line \(pair * 2 + 1): rule 'slow' \(why)")
            if pair == 19 { told.append("warning: further faults are only counted") }
            told.append("warning: line \(pair * 2 + 2) rejected (not-json)")
        }
        told.append("warning: further rejected lines are counted, but not reported")
        let withoutReasons = result.told.map { $0.replacing(/\(not-json\): .*/, with: "(not-json)") }
        #expect(withoutReasons == told)
        #expect(result.rejects == String(repeating: "nonsense\n", count: 22))
    }
}
