/// The rules of templates once more, as plain as possible and without regard for cost.
///
/// Works on scalars, copies at every step, and builds a tree where the real one does not.
struct ReferenceRenderer {
    typealias Text = [Unicode.Scalar]

    enum Node {
        case text(Text)
        case variable(Text)
        case section(Text, isInverted: Bool, [Node])
    }

    struct Refusal: Error {}

    struct Missing: Error {
        let name: String
    }

    let nodes: [Node]

    init(_ source: String) throws {
        var rest = try Self.tokens(Self.withoutTagLines(Array(source.unicodeScalars)))[...]
        nodes = try Self.nodes(&rest, inside: nil)
    }

    func render(_ value: (String) -> String?) -> Result<String, Missing> {
        Result { () throws(Missing) in try Self.render(nodes, value) }
    }

    private static func render(_ nodes: [Node], _ value: (String) -> String?) throws(Missing) -> String {
        var text = ""
        for node in nodes {
            switch node {
            case .text(let literal): text += string(literal)
            case .variable(let name):
                guard let found = value(string(name)) else { throw Missing(name: string(name)) }
                text += found
            case .section(let name, let isInverted, let inner):
                let isFilled = value(string(name)) != nil && value(string(name)) != ""
                if isFilled != isInverted { text += try render(inner, value) }
            }
        }
        return text
    }

    private enum Token {
        case text(Text)
        case tag(mark: Unicode.Scalar?, name: Text)
    }

    /// Removes the line around every section tag that is alone on it, by looking at the lines one by one.
    private static func withoutTagLines(_ source: Text) -> Text {
        var lines: [Text] = [[]]
        for scalar in source {
            lines[lines.count - 1].append(scalar)
            if scalar == "\n" { lines.append([]) }
        }
        return lines.flatMap { line -> Text in
            var body = line
            if body.last == "\n" {
                body.removeLast()
                if body.last == "\r" { body.removeLast() }
            }
            let tag = trimmed(body)
            guard tag.starts(with: "{{".unicodeScalars), tag.suffix(2).elementsEqual("}}".unicodeScalars) else {
                return line
            }
            let inside = trimmed(Array(tag.dropFirst(2).dropLast(2)))
            guard let mark = inside.first, "#^/".unicodeScalars.contains(mark) else { return line }
            let isOne = !inside.contains { $0 == "{" || $0 == "}" }
            return isOne && tag.count >= 4 ? tag : line
        }
    }

    private static func tokens(_ source: Text) throws -> [Token] {
        var tokens: [Token] = []
        var rest = source
        while let start = place(of: "{{", in: rest) {
            tokens.append(.text(Array(rest[..<start])))
            rest = Array(rest[(start + 2)...])
            guard let end = place(of: "}}", in: rest) else { throw Refusal() }
            let body = Array(rest[..<end])
            rest = Array(rest[(end + 2)...])
            guard !body.contains(where: { $0 == "{" || $0 == "}" || $0 == "\n" || $0 == "\r" }) else { throw Refusal() }
            var name = trimmed(body)
            var mark: Unicode.Scalar?
            if let first = name.first, "#^/".unicodeScalars.contains(first) {
                mark = first
                name = trimmed(Array(name.dropFirst()))
            } else if let first = name.first, "&>!=<$".unicodeScalars.contains(first) {
                throw Refusal()
            }
            // The names of these tests hold no backslashes.
            guard !name.split(separator: ".", omittingEmptySubsequences: false).contains([]) else { throw Refusal() }
            tokens.append(.tag(mark: mark, name: name))
        }
        return tokens + [.text(rest)]
    }

    private static func nodes(_ rest: inout ArraySlice<Token>, inside section: Text?) throws -> [Node] {
        var nodes: [Node] = []
        while let token = rest.popFirst() {
            switch token {
            case .text(let text): nodes.append(.text(text))
            case .tag(nil, let name): nodes.append(.variable(name))
            case .tag("/", let name):
                guard name == section else { throw Refusal() }
                return nodes
            case .tag(let mark, let name):
                nodes.append(.section(name, isInverted: mark == "^", try Self.nodes(&rest, inside: name)))
            }
        }
        guard section == nil else { throw Refusal() }
        return nodes
    }

    private static func place(of two: String, in text: Text) -> Int? {
        text.indices.dropLast().first { text[$0...($0 + 1)].elementsEqual(two.unicodeScalars) }
    }

    private static func trimmed(_ text: Text) -> Text {
        let front = text.drop { $0 == " " || $0 == "\t" }
        return Array(front.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    private static func string(_ text: Text) -> String {
        var string = ""
        string.unicodeScalars.append(contentsOf: text)
        return string
    }
}
