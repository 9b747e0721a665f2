import Events
import Patterns
import SeededRandom
import Testing

@testable import RuleEngine

/// Which parts of a condition settle it, and what they found.
struct ExplanationTests {
    private let yes = Make.name(.text, .exists(true))
    private let no = Make.name(.text, .exists(false))

    /// The values that the deciding leaves looked at; each leaf looks at another field.
    private func deciding(_ condition: Condition) throws -> [String] {
        var event = try Make.event(#"{"a": 1, "b": "x", "c": null, "d": [1, 2, 3, 4, 5, 6, 7], "e": {"f": true}}"#)
        event.text = "hi \"there\""
        let explanation = RuleEngine(Program(rules: [Make.rule("it", when: condition)])).explain(event)
        return explanation[0].condition?.deciding.map { leaf in
            guard case .value(let value) = leaf.form else { return "no value" }
            let element = value.element.map { " at \($0.path) of \($0.count)" } ?? ""
            return "\(leaf.verdict.rawValue) \(value.actual ?? "-")\(element)"
        } ?? []
    }

    private func field(_ path: String, _ isThere: Bool) throws -> Condition {
        try Make.field(path, .exists(isThere))
    }

    @Test func `of an all that holds every part decides, of one that fails the first that fails`() throws {
        #expect(try deciding(Make.condition(.all([field("a", true), field("b", true)]))) == ["true 1", "true \"x\""])
        #expect(
            try deciding(Make.condition(.all([field("a", true), field("b", false), field("z", true)])))
                == ["false \"x\""]
        )
    }

    @Test func `of an any that fails every part decides, of one that holds the first that holds`() throws {
        #expect(try deciding(Make.condition(.any([field("a", false), field("z", true)]))) == ["false 1", "false -"])
        #expect(
            try deciding(Make.condition(.any([field("z", true), field("b", true), field("a", true)]))) == ["true \"x\""]
        )
    }

    @Test func `of a none that holds every part decides, of one that fails the first that holds`() throws {
        #expect(try deciding(Make.condition(.none([field("a", false), field("z", true)]))) == ["false 1", "false -"])
        #expect(try deciding(Make.condition(.none([field("z", true), field("b", true)]))) == ["true \"x\""])
    }

    @Test func `below not the part decides`() throws {
        let inner = Make.condition(.all([try field("a", true), try field("b", false)]))
        #expect(try deciding(Make.condition(.not(inner))) == ["false \"x\""])
    }

    @Test func `a leaf shows the value as JSON`() throws {
        #expect(try deciding(try field("e", true)) == ["true {\"f\":true}"])
        #expect(try deciding(try field("c", true)) == ["false null"])
        #expect(try deciding(yes) == [#"true "hi \"there\"""#])
        #expect(try deciding(no) == [#"false "hi \"there\"""#])
    }

    @Test func `of a star the element is shown that meets the matcher, else the one that meets most of it`() throws {
        #expect(try deciding(try field("d.*", true)) == ["true 1 at d.0 of 7"])
        let above = try Make.field("d.*", .compares(.above, .number(2)), .compares(.below, .number(6)))
        #expect(try deciding(above) == ["true 3 at d.2 of 7"])
        let none = try Make.field("d.*", .compares(.above, .number(6)), .compares(.below, .number(6)), .isKind(.string))
        #expect(try deciding(none) == ["false 1 at d.0 of 7"])
        let most = try Make.field("d.*", .compares(.above, .number(6)), .isKind(.number), .isKind(.string))
        #expect(try deciding(most) == ["false 7 at d.6 of 7"])
        #expect(try deciding(try field("e.*", true)) == ["true true at e.f of 1"])
        #expect(try deciding(try field("z.*.a", true)) == ["false -"])
    }

    // MARK: What a clause found

    private func finding(_ test: Matcher.Test, in text: String) throws -> ClauseExplanation.Finding? {
        var event = try Make.event()
        event.text = text
        let rule = Make.rule("it", when: Make.name(.text, test))
        guard case .value(let value) = RuleEngine(Program(rules: [rule])).explain(event)[0].condition?.form else {
            return nil
        }
        return value.clauses[0].finding
    }

    private func keywords(_ words: String...) throws -> KeywordSet {
        KeywordSet(try words.map { try Keyword($0) })
    }

    /// The text between the marks is where the keyword must be found.
    @Test(arguments: [
        ("refund", "I want a «REFUND», now"), ("refund", "«refund»"), ("money back", "my, «Money -\nback»! money back"),
        ("refund", "nonrefundable but (a) \"«refund»\" refund"), ("c++", "I like «C++», you?"), ("🙏", "thanks «🙏» you"),
        ("ปวด", "ฉัน «ปวดหัว» มาก"), ("café", "un «cafe\u{301}» noir"), ("refund*", "all «refunds» here"),
        ("refund", "order-«refund»/thing"), ("refund", "É, \u{1F468}\u{200D}\u{1F469} \r\n«re\u{200B}fund»\u{200B}!"),
        ("refund", "e\u{301}\u{FDFA} \"«ＲＥＦＵＮＤ»\""), ("a-b", "(«A\u{2013}B»)"), ("refund", "«refundครับ» ขอบคุณ"),
    ])
    func `a keyword is found where it stands first`(keyword: String, marked: String) throws {
        let text = marked.replacing("«", with: "").replacing("»", with: "")
        guard case .keywords(let found, missing: []) = try finding(.keywords(keywords("other", keyword)), in: text)
        else {
            Issue.record("\(keyword) is not found in \(text)")
            return
        }
        let bytes = Array(text.utf8)
        let place = try #require(found.first?.place)
        let before = String(decoding: bytes[..<place.lowerBound], as: UTF8.self)
        let after = String(decoding: bytes[place.upperBound...], as: UTF8.self)
        #expect("\(before)«\(found[0].words)»\(after)" == marked)
        #expect(found.map(\.keyword) == [keyword])
    }

    /// A step that takes quadratic time would take an hour here; the time limit turns that into a failure.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            ("", "!"), ("", "…"), ("", " "), (" ", "\u{301}"), (" ", "\u{301}\u{323}"), ("", "!\u{301}"),
            ("", "!refund"), ("", " refund"), ("", "\u{200B}"), (" ", "ก"), ("", "🙏 "), ("", "\r\n"),
        ]
    )
    func `where a keyword stands in a hostile text is told in time that grows with the text`(
        first: String,
        piece: String
    ) throws {
        let hostile = String(repeating: piece, count: 200_000 / piece.utf8.count)
        let keywords = try keywords("refund")
        let behind = try finding(.keywords(keywords), in: "refund" + first + hostile)
        #expect(behind == .keywords(found: [.init(keyword: "refund", words: "refund", place: 0..<6)], missing: []))
        guard !piece.contains("refund") else { return }
        let start = hostile.utf8.count + 1
        let before = try finding(.allKeywords(keywords), in: hostile + " refund" + first)
        let found = ClauseExplanation.FoundKeyword(keyword: "refund", words: "refund", place: start..<(start + 6))
        #expect(before == .keywords(found: [found], missing: []))
    }

    @Test(arguments: [51, 52])
    func `a keyword has a place wherever it is found, and is found in what stands there`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tokens = [
            "a", "B", "c++", "refund", "refnud", "réfund", "re\u{301}fund", "sooo", " ", "-", ", ", "\n", "ปวด", "é",
            "👩‍👧", "ﬁ",
            "\u{FDFA}", "क्‍ष", "\u{AD}", "ß",
        ]
        let pieces = ["a", "b", "c++", "refund", "so", "ปวด", "-", " ", "fi", "ß", "é", "*"]
        var foundCount = 0
        for _ in 0..<3_000 {
            guard let keyword = try? Keyword(generator.text(from: pieces, countMax: 3)) else { continue }
            let options = KeywordOptions(
                typos: Int.random(in: 0...2, using: &generator),
                ignoresAccents: Bool.random(using: &generator),
                ignoresStretching: Bool.random(using: &generator)
            )
            let set = KeywordSet([keyword], options: options)
            let held = Bool.random(using: &generator) ? keyword.text.replacing("*", with: "") : ""
            let text = generator.text(from: tokens, countMax: 6) + held + generator.text(from: tokens, countMax: 6)
            let place = set.place(in: text)
            let isFound = set.anyIsFound(in: FoldedText(text))
            foundCount += isFound ? 1 : 0
            let words = place.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
            guard isFound == words.map({ set.anyIsFound(in: FoldedText($0)) }) ?? false, isFound == (place != nil)
            else {
                Issue.record("seed \(seed): \(keyword.text) in \(text.debugDescription): \(words ?? "nothing")")
                return
            }
        }
        #expect(foundCount > 100, "seed \(seed) makes few texts that hold their keyword")
    }

    @Test func `where folding hides the place the whole text is shown`() throws {
        let text = "e\u{200B}\u{301} refund"
        let found = ClauseExplanation.FoundKeyword(keyword: "refund", words: text, place: 0..<text.utf8.count)
        #expect(try finding(.keywords(keywords("refund")), in: text) == .keywords(found: [found], missing: []))
    }

    @Test(arguments: [
        (KeywordOptions(typos: 1), "my «refnud», refund"), (KeywordOptions(ignoresAccents: true), "é «réfünd»!"),
        (KeywordOptions(ignoresStretching: true), "é! «REFUUUUND»"),
    ])
    func `a keyword with options is found where it stands first`(options: KeywordOptions, marked: String) throws {
        let parts = marked.split { "«»".contains($0) }.map { String($0) }
        let keywords = KeywordSet([try Keyword("refund")], options: options)
        let start = parts[0].utf8.count
        let place = start..<(start + parts[1].utf8.count)
        #expect(
            try finding(.keywords(keywords), in: parts.joined())
                == .keywords(found: [.init(keyword: "refund", words: parts[1], place: place)], missing: [])
        )
    }

    @Test func `of keywords that are all wanted those that are there are told from those that are not`() throws {
        #expect(
            try finding(.allKeywords(keywords("a", "b", "c")), in: "c a")
                == .keywords(
                    found: [
                        .init(keyword: "a", words: "a", place: 2..<3), .init(keyword: "c", words: "c", place: 0..<1),
                    ],
                    missing: ["b"]
                )
        )
    }

    @Test func `of patterns the first that matches is shown with its groups`() throws {
        let patterns = [try Pattern("zzz(?<no>.)"), try Pattern("order (?<number>\\d+)(?<rest>x)?")]
        #expect(
            try finding(.matches(patterns), in: "my order 5512.")
                == .pattern(
                    "order (?<number>\\d+)(?<rest>x)?",
                    place: 3..<13,
                    groups: [.init(name: "number", text: "5512"), .init(name: "rest", text: nil)]
                )
        )
        #expect(try finding(.matches(patterns), in: "nothing") == .nothing)
        let slow = try Pattern("(x+x+)+[yz]")
        #expect(
            try finding(.matches([patterns[0], slow]), in: String(repeating: "x", count: 60))
                == .fault(.tooMuchWork, pattern: "(x+x+)+[yz]")
        )
    }

    @Test func `a literal is found where it stands`() throws {
        #expect(
            try finding(.literal(.contains, ["z", "b"], ignoringCase: false), in: "abb") == .literal("b", place: 1..<2)
        )
        #expect(
            try finding(.literal(.startsWith, ["a"], ignoringCase: true), in: "ABB") == .literal("a", place: 0..<1)
        )
        #expect(try finding(.literal(.endsWith, ["b"], ignoringCase: false), in: "abb") == .literal("b", place: 2..<3))
        #expect(try finding(.literal(.endsWith, ["aabb"], ignoringCase: false), in: "abb") == .nothing)
    }

    // MARK: Allowances

    @Test func `what a rule came to is what was decided, though its parts are decided with an allowance of their own`()
        throws
    {
        var limits = MatchLimits()
        limits.eventWorkMax = 1_000_000
        let slow = Make.name(.text, .matches([try Pattern("(a|aa)+$")]))
        let rules = (0..<6).map { Make.rule("rule-\($0)", when: slow) }
        let engine = RuleEngine(Program(rules: rules))
        var roundsInBetween = 0
        for length in 10...30 {
            var event = try Make.event()
            event.text = String(repeating: "a", count: length) + "!"
            let faulty = Set(engine.decide(event, limits: limits).faults.compactMap(\.rule))
            let explanations = engine.explain(event, limits: limits)
            #expect(explanations.map(\.verdict) == rules.map { faulty.contains($0.id) ? .fault : .fails })
            #expect(explanations.map { !$0.faults.isEmpty } == rules.map { faulty.contains($0.id) })
            #expect(Set(explanations.map(\.condition?.verdict)).count == 1)
            // The first rules use up what is there for all.
            if (1..<6).contains(faulty.count) { roundsInBetween += 1 }
        }
        #expect(roundsInBetween > 0)
    }
}
