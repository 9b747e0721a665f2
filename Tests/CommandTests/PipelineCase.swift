import Foundation
import SeededRandom

/// Rules and lines that were drawn to find out whether threads change what comes of them.
struct PipelineCase {
    /// A rule file.
    let rules: String

    /// The lines of an input.
    let lines: [String]

    /// The seeds of the tests; another one is tried with `BECKON_SEED`.
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["BECKON_SEED"].flatMap { UInt64($0) }.map { [$0] } ?? [1, 2, 3]

    /// Each kind of what rules remember, and what makes them wait for the time.
    private static let parts = [
        "{ id: plain, when: { text: { keywords: [refund] } }, then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: fielded, when: { fields: { kind: a } }, then: [{ add-collaborator: { agents: [asha, ravi] } }] }",
        "{ id: slow, when: { text: { matches: '^(a+)+$' } }, then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: shadow, mode: shadow, when: { text: { keywords: [help] } }, then: [{ add-collaborator: { agents: ravi } }] }",
        "{ id: open, when: { during: desk, text: { keywords: [help] } }, then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: tagged, on: add-tag, when: { tag: vip }, then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: turns, when: { text: { keywords: [refund] } }, then: [{ add-collaborator: { agents: billing } }] }",
        "{ id: seldom, when: { text: { keywords: [help] } }, throttle: { once_per: 1h }, "
            + "then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: thrice, when: { text: { keywords: [refund] } }, count: { at_least: 3, within: 1h }, "
            + "then: [{ add-collaborator: { agents: asha } }] }",
        "{ id: waiting, when: { text: { keywords: [help] } }, "
            + "unless: { when: { text: { keywords: [thanks] } }, within: 15m }, "
            + "then: [{ add-collaborator: { agents: ravi } }] }",
        "{ id: known, when: { text: { keywords: [help] }, facts: { vip: true } }, "
            + "then: [{ add-collaborator: { agents: ravi } }] }",
    ]

    init(using generator: inout SeededGenerator) {
        // The first six remember nothing: half of the cases consist of such rules alone.
        let count = Bool.random(using: &generator) ? 6 : Self.parts.count
        var chosen = Self.parts[..<count].filter { _ in Bool.random(using: &generator) }
        if chosen.isEmpty { chosen = [Self.parts[0]] }
        let isLate = count > 6 && Int.random(in: 0..<4, using: &generator) == 0
        let hasFact = chosen.contains { $0.contains("facts:") }
        rules = """
            agents:
              asha: { phone: +91 99999 00101 }
              ravi: { phone: +91 99999 00102 }
            teams:
              billing: { members: [asha, ravi], pick: round-robin }
            business_numbers: { main: +91 99999 00000 }
            schedules:
              desk: { timezone: Asia/Kolkata, open: [{ days: mon-sat, from: 09:00, to: 21:00 }] }
            \(hasFact ? "facts: { vip: { per: customer, set: { on: add-tag, when: { tag: vip } }, for: 1h } }" : "")
            \(isLate ? "settings: { lateness: 10m }" : "")
            rules:
            \(chosen.map { "  - \($0)" }.joined(separator: "\n"))

            """
        var minute = 0
        lines = (0..<100).map { _ in Self.line(&minute, &generator) }
    }

    private static func line(_ minute: inout Int, _ generator: inout SeededGenerator) -> String {
        minute += Int.random(in: 0...9, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: return ""
        case 1: return "{\"text\": nope}"
        case 2: return "[1]"
        case 3: return String(repeating: "x", count: 2500)
        case 4:
            let events = (0..<3).map { _ in cloudEvent(minute, &generator) }
            return "[\(events.joined(separator: ","))]"
        default: return event(minute, &generator)
        }
    }

    private static func event(_ minute: Int, _ generator: inout SeededGenerator) -> String {
        var members = ["\"customer\":\"91999990000\(Int.random(in: 1...3, using: &generator))\""]
        if Int.random(in: 0..<8, using: &generator) == 0 {
            members.append("\"type\":\"add-tag\",\"tag\":\"vip\"")
        } else {
            members.append("\"text\":\"\(text(&generator))\"")
        }
        if Bool.random(using: &generator) { members.append("\"kind\":\"a\"") }
        if Int.random(in: 0..<4, using: &generator) > 0 { members.append("\"time\":\"\(time(minute, &generator))\"") }
        return "{\(members.joined(separator: ","))}"
    }

    private static func cloudEvent(_ minute: Int, _ generator: inout SeededGenerator) -> String {
        let id = Int.random(in: 1...99_999, using: &generator)
        let data = "{\"customer\":\"919999900001\",\"text\":\"\(text(&generator))\"}"
        return "{\"specversion\":\"1.0\",\"id\":\"\(id)\",\"source\":\"/s\",\"type\":\"message-received\","
            + "\"time\":\"\(time(minute, &generator))\",\"data\":\(data)}"
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let slow = String(repeating: "a", count: 60) + "!"
        let texts = [
            "refund", "help", "thanks", "hello", "refund and help", "", Bool.random(using: &generator) ? slow : "a",
        ]
        return texts.randomElement(using: &generator) ?? ""
    }

    /// Times go on as a rule, and sometimes go back.
    private static func time(_ minute: Int, _ generator: inout SeededGenerator) -> String {
        let back = Int.random(in: 0..<5, using: &generator) == 0 ? Int.random(in: 0...30, using: &generator) : 0
        let at = max(0, minute - back)
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "2026-01-07T\(pad(at / 60)):\(pad(at % 60)):00Z"
    }
}
