import SeededRandom

/// Rule files as nobody would write them: odd indentation, comments in odd places, every style of scalar.
struct GeneratedYAML {
    private(set) var text = ""

    /// How many comments the text holds; the nth reads `# c<n>.`, or `# - c<n>.` and `#   c<n>.` for the lines of an item
    /// that was commented out.
    private(set) var commentCount = 0

    private var generator: SeededGenerator
    /// The anchors that aliases may name; those of the section being written join them when it ends.
    private var anchors: [String] = []
    private var anchorsOfSection: [String] = []

    private static let ruleKeys = [
        "id", "description", "owner", "tags", "priority", "on", "when", "then", "odd", "odder",
    ]
    private static let testKeys = ["name", "rules", "event", "expect", "odd"]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        if chance(10) { text += "# lead \(comment())\n---\(comment(after: 3))\n" }
        rest()
        let column = chance(10) ? 2 : 0
        for section in ["settings", "rules", "agents", "tests"].shuffled(using: &generator) {
            anchors += anchorsOfSection
            anchorsOfSection = []
            trivia(column)
            text += spaces(column) + key(section) + ":"
            switch section {
            case "rules": items(column, keys: Self.ruleKeys)
            case "tests": items(column, keys: Self.testKeys)
            default: value(in: column, depth: 3)
            }
        }
        rest()
        if chance(10) { text += "...\n\(comment())\n" }
        if chance(4) { while text.last == "\n" { text.removeLast() } }
        if chance(5) { text = text.replacing("\n", with: "\r\n") }
        if chance(20) { text = "\u{FEFF}" + text }
    }

    private mutating func items(_ parent: Int, keys: [String]) {
        trailing()
        text += "\n"
        let column = parent + Int.random(in: 0...4, using: &generator)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            trivia(column)
            text += spaces(column) + "-"
            let names = keys.shuffled(using: &generator).prefix(Int.random(in: 1...keys.count, using: &generator))
            if chance(5) {
                text += " "
                flow(depth: 2, column: column)
                trailing()
                text += "\n"
            } else {
                mapping(behindDash: column, names: Array(names), depth: 3)
            }
        }
        commentedItems(column)
    }

    private mutating func mapping(behindDash dash: Int, names: [String], depth: Int) {
        var column = dash + 1 + Int.random(in: 1...3, using: &generator)
        var goesOn = true
        if chance(6) {
            if chance(3) { anchor() }
            if chance(3) { text += " " + comment() }
            text += "\n"
            goesOn = false
        } else {
            text += spaces(column - dash - 1)
        }
        if !goesOn { column = dash + Int.random(in: 1...3, using: &generator) }
        mapping(column, names: names, depth: depth, goesOn: goesOn)
    }

    private mutating func mapping(_ column: Int, names: [String], depth: Int, goesOn: Bool = false) {
        for (index, name) in names.enumerated() {
            if index > 0 || !goesOn {
                trivia(column)
                text += spaces(column)
            }
            if chance(30) {
                text += "? " + key(name)
                trailing()
                text += "\n" + spaces(column) + ":"
                value(in: column, depth: depth, allowsTabs: false)
            } else {
                text += key(name) + (chance(12) ? " :" : ":")
                value(in: column, depth: depth)
            }
        }
    }

    /// A value behind a colon, to the end of its last line.
    private mutating func value(in column: Int, depth: Int, allowsTabs: Bool = true) {
        let indicator = text.endIndex
        defer {
            // Where a key may begin, libyaml takes no tab.
            let end = text[indicator...].firstIndex { $0 != " " && $0 != "\t" } ?? text.endIndex
            if !allowsTabs {
                text.replaceSubrange(indicator..<end, with: text[indicator..<end].replacing("\t", with: " "))
            }
        }
        switch depth > 0 ? Int.random(in: 0...9, using: &generator) : Int.random(in: 4...9, using: &generator) {
        case 0, 1:
            if chance(8) { anchor() }
            trailing()
            text += "\n"
            let names = ["text", "any", "below", "x y", "ключ"].shuffled(using: &generator).prefix(3)
            mapping(column + Int.random(in: 1...5, using: &generator), names: Array(names), depth: depth - 1)
        case 2, 3:
            trailing()
            text += "\n"
            list(column + Int.random(in: 0...4, using: &generator), depth: depth - 1)
        case 4: blockScalar(column)
        case 5:
            if chance(2) { below(column) } else { text += blank() }
            if chance(8) {
                anchor()
                text += " "
            }
            flow(depth: 2, column: column)
            trailing()
            text += "\n"
        case 6:
            trailing()
            text += "\n"
            if chance(3) { text += spaces(column + 3) + comment() + "\n" }
            commentedItems(column + (chance(2) ? 2 : 0))
        default:
            if chance(5) { below(column) } else { text += blank() }
            let scalar = scalar(column: column)
            if !scalar.hasPrefix("*"), chance(8) {
                anchor()
                text += " "
            }
            text += scalar
            trailing()
            text += "\n"
        }
    }

    private mutating func list(_ column: Int, depth: Int) {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            trivia(column)
            text += spaces(column) + "-"
            switch Int.random(in: 0...3, using: &generator) {
            case 0 where depth > 0: mapping(behindDash: column, names: ["text", "none"], depth: depth - 1)
            case 1 where depth > 0:
                text += " "
                text += "- " + scalar(column: column + 2)
                trailing()
                text += "\n"
                trivia(column + 2)
                text += spaces(column + 2) + "-"
                value(in: column + 2, depth: 0, allowsTabs: false)
            default: value(in: column, depth: 0, allowsTabs: false)
            }
        }
        commentedItems(column)
    }

    /// Items below a list, or below a key or dash without a value, that were commented out.
    private mutating func commentedItems(_ column: Int) {
        while chance(3) {
            if chance(4) { text += "\n" }
            text += spaces(column) + "# - c\(nextComment())." + "\n"
            while chance(3) { text += spaces(column) + "#   c\(nextComment())." + "\n" }
        }
    }

    private mutating func blockScalar(_ column: Int) {
        let indentation = Int.random(in: 1...4, using: &generator)
        let isStated = chance(3)
        let chomping = ["", "-", "+"].randomElement(using: &generator) ?? ""
        text += blank() + (chance(2) ? "|" : ">") + (isStated ? "\(indentation)" : "") + chomping
        trailing()
        text += "\n"
        if chance(5) { text += "\n" }
        let lines = ["some text", "  more indented", "# no comment", "ends in blanks  ", "", "- x: y", "\ttab"]
        for index in 0..<Int.random(in: 1...5, using: &generator) {
            var line = lines.randomElement(using: &generator) ?? ""
            if index == 0, !isStated { line = "first" }
            text += line.isEmpty ? "\n" : spaces(column + indentation) + line + "\n"
        }
        if chance(3) { text += "\n\n" }
    }

    private mutating func flow(depth: Int, column: Int) {
        let isList = chance(2)
        text += isList ? "[" : "{"
        let count = Int.random(in: 0...3, using: &generator)
        for index in 0..<count {
            gap(column)
            if !isList {
                text += key("k\(index)") + (chance(6) ? " :" : ":") + (chance(3) ? "  " : " ")
                if chance(8) { gap(column) }
            }
            if depth > 0, chance(3) {
                if chance(6) {
                    anchor()
                    text += " "
                }
                flow(depth: depth - 1, column: column)
            } else {
                text += scalar(column: column, isInFlow: true)
            }
            gap(column)
            if index < count - 1 || chance(5) { text += "," }
        }
        gap(column)
        text += isList ? "]" : "}"
    }

    /// What may stand between the parts of a flow.
    private mutating func gap(_ column: Int) {
        if chance(3) { text += chance(3) ? "\t" : " " }
        guard chance(5) else { return }
        trailing()
        text += "\n"
        if chance(4) { text += "\n" }
        if chance(4) { text += spaces(column + 4) + comment() + "\n" }
        text += spaces(column + Int.random(in: 1...6, using: &generator))
    }

    private mutating func scalar(column: Int, isInFlow: Bool = false) -> String {
        let next = spaces(column + Int.random(in: 1...6, using: &generator))
        if chance(6), let name = anchors.randomElement(using: &generator) { return "*\(name)" + (isInFlow ? " " : "") }
        var choices = [
            "plain", "two words", "1", "true", "\"quoted # no comment\"", "'it''s'", "\"a\\\\ \\\" b\"",
            "+91 99999 00000",
            "пример", "a#b", "\"two  \n\(next)lines\"", "'two\n\n\(next)lines'", "plain\n\(next)goes on",
            "\"esc\\ \n\(next)aped\\\n\(next)\\  x\"",
        ]
        if !isInFlow { choices += ["a, b", "x]", "-no"] }
        return choices.randomElement(using: &generator) ?? ""
    }

    private mutating func key(_ name: String) -> String {
        chance(12) ? "\"\(name)\"" : name
    }

    private mutating func anchor() {
        let name = "a\((anchors.count + anchorsOfSection.count) % 5)"
        anchorsOfSection.append(name)
        text += " &\(name)"
    }

    /// Begins a value on a line below its key.
    private mutating func below(_ column: Int) {
        trailing()
        text += "\n"
        if chance(3) { text += spaces(column + 1) + comment() + "\n" }
        if chance(5) { text += "\n" }
        text += spaces(column + Int.random(in: 1...4, using: &generator))
    }

    private mutating func trivia(_ column: Int) {
        while chance(4) {
            if chance(2) {
                text += "\n"
            } else {
                text += spaces(chance(2) ? column : Int.random(in: 0...9, using: &generator)) + comment() + "\n"
            }
        }
    }

    private mutating func rest() {
        while chance(3) {
            text += chance(2) ? "\n" : spaces(Int.random(in: 0...6, using: &generator)) + comment() + "  \n"
        }
    }

    /// What may stand behind a value on its line.
    private mutating func trailing() {
        if chance(6) { text += blank() + comment() }
        if chance(8) { text += " " }
        if chance(20) { text += "\t" }
    }

    private mutating func comment() -> String {
        (chance(4) ? "#" : "# ") + "c\(nextComment())."
    }

    private mutating func nextComment() -> Int {
        commentCount += 1
        return commentCount
    }

    private mutating func comment(after column: Int) -> String {
        chance(2) ? " " + comment() : ""
    }

    private mutating func blank() -> String {
        chance(8) ? "\t" : chance(5) ? "   " : " "
    }

    private func spaces(_ count: Int) -> String {
        String(repeating: " ", count: count)
    }

    private mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &generator) == 0
    }
}
