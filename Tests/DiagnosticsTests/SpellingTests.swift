import Testing

@testable import Diagnostics

/// What somebody probably meant.
struct SpellingTests {
    static let ruleKeys = [
        "id", "description", "owner", "tags", "on", "when", "then", "mode", "priority", "stop", "count", "sequence",
        "unless", "within", "per", "throttle", "otherwise", "group", "expires",
    ]

    @Test(arguments: [
        ("whne", "when"), ("wehn", "when"), ("wen", "when"), ("whenn", "when"), ("thne", "then"), ("om", "on"),
        ("descripton", "description"), ("priorty", "priority"), ("prioritty", "priority"), ("Priority", "priority"),
        ("OWNER", "owner"), ("sequnece", "sequence"), ("otherwize", "otherwise"), ("expire", "expires"),
        ("tag", "tags"),
        ("throtle", "throttle"), ("unles", "unless"),
    ])
    func `a slip of the finger finds the key`(word: String, key: String) {
        #expect(Spelling.closest(to: word, among: Self.ruleKeys) == key)
        #expect(Spelling.suggestion(for: word, among: Self.ruleKeys) == "did you mean '\(key)'?")
    }

    @Test(arguments: ["", "x", "zzzz", "action", "condition", "🙏", "trigger", String(repeating: "when", count: 20)])
    func `a word that is far from all finds none`(word: String) {
        #expect(Spelling.closest(to: word, among: Self.ruleKeys) == nil)
    }

    @Test(arguments: [
        ("add_collaborator", "add-collaborator"), ("add collaborator", "add-collaborator"),
        ("Add-Collaborator", "add-collaborator"), ("addcollaborator", "add-collaborator"),
        ("business-numbers", "business_numbers"), ("startswith", "starts_with"), ("ignorecase", "ignore_case"),
    ])
    func `hyphens, underlines, spaces and capitals do not count`(word: String, key: String) {
        let keys = ["add-collaborator", "business_numbers", "starts_with", "ignore_case"]
        #expect(Spelling.closest(to: word, among: keys) == key)
    }

    @Test(arguments: [("agent", "event"), ("facts", "lists"), ("abcdefghijkl", "abcdefghixyz"), ("on", "id")])
    func `more than a third of a word, or more than two letters, is another word`(word: String, candidate: String) {
        #expect(Spelling.closest(to: word, among: [candidate]) == nil)
    }

    @Test func `the closest wins, and of two the first`() {
        #expect(Spelling.closest(to: "refunds", among: ["refundes", "refund", "refunds"]) == "refunds")
        #expect(Spelling.closest(to: "cat", among: ["bat", "car"]) == "bat")
        #expect(Spelling.closest(to: "cat", among: [String]()) == nil)
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ab", "ba", 1), ("abc", "ca", 3), ("kitten", "sitting", 3),
        ("same", "same", 0), ("abcd", "badc", 2),
    ])
    func `the distance counts edits, a swap of neighbours as one`(one: String, other: String, distance: Int) {
        #expect(Spelling.distance(Array(one), Array(other)) == distance)
        #expect(Spelling.distance(Array(other), Array(one)) == distance)
    }
}
