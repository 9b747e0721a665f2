import ActionKit
import Diagnostics
import Events
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax
import Testing

/// What the schema of rule files is made of; `.ci/check-schema` holds it against rule files with an independent validator.
struct SchemaTests {
    private static let schema = RuleSchema(actions: RuleSource.actions)

    @Test func `the schema is JSON of the dialect it names, the same every time`() throws {
        let text = Self.schema.text
        #expect(text == RuleSchema(actions: RuleSource.actions).text)
        #expect(text.hasSuffix("}\n") && !text.hasSuffix("\n\n"))
        var parser = JSONParser()
        let root = try parser.parse(text).root
        #expect(root["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        #expect(root["$id"]?.string == "urn:beckon:rule-file")
    }

    /// The shapes that a rule file of this version can hold.
    static let described = Language.shapes.filter { place(of: $0) != nil }.map(\.subject)

    @Test func `all that this version reads is described`() {
        let subjects = [
            "a rule file", "a rule", "a condition", "a matcher", "an agent", "a team", "settings", "a mapped format",
            "the settings of DoubleTick", "the settings of delivery", "a test", "an event of a test", "an expectation",
        ]
        #expect(Set(subjects).isSubset(of: Self.described))
    }

    @Test(arguments: described)
    func `every key that is built is described with what it means, and no other`(subject: String) throws {
        let shape = try #require(Language.shapes.first { $0.subject == subject })
        let place = try #require(Self.place(of: shape))
        let actions = subject == "an expectation" ? RuleSource.actions.entries.keys.sorted() : []
        let properties = try #require(place["properties"])
        #expect(properties.keys == shape.keys + actions)
        for key in shape.built {
            #expect(properties[key.name]?["description"] == .string(key.summary), "\(key.name)")
            #expect(properties[key.name]?["examples"] != nil, "\(key.name)")
            #expect((properties[key.name]?["default"] == nil) == (key.fallback == nil), "\(key.name)")
        }
        #expect(place["additionalProperties"] == false)
        for name in shape.notBuiltYet { #expect(properties[name] == nil, "\(name)") }
    }

    @Test func `words are those of the engine`() {
        let definitions = Self.schema.root["$defs"]
        func words(_ names: [String]) -> JSONTree { .list(names.map { .string($0) }) }
        #expect(definitions?["message-kind"]?["enum"] == words(MessageKind.allCases.map(\.rawValue)))
        #expect(definitions?["origin"]?["enum"] == words(Origin.allCases.map(\.rawValue)))
        let mode = definitions?["rule"]?["properties"]?["mode"]?["enum"]
        #expect(mode == words(RuleMode.allCases.map(\.rawValue)))
        guard case .list(let types)? = definitions?["event-type"]?["anyOf"] else {
            Issue.record("no types of events")
            return
        }
        // Types that no known format produces are warnings, so they are only not suggested.
        #expect(types.first?["enum"] == words(EventType.known.sorted()))
        #expect(types.last == ["type": ["string", "number", "boolean"], "minLength": 1])
    }

    @Test func `an action's settings are those of its spec`() throws {
        let spec = try #require(RuleSource.actions.entries["add-collaborator"]?.spec)
        let definitions = try #require(Self.schema.root["$defs"])
        let settings = try #require(definitions["add-collaborator-settings"])
        #expect(settings["properties"]?.keys == spec.fields.map(\.name))
        #expect(settings["required"] == ["agents"])
        #expect(definitions["expected-add-collaborator-settings"]?["required"] == nil)
        #expect(definitions["action"]?["properties"]?.keys == ["add-collaborator"])
        #expect(definitions["action"]?["maxProperties"] == 1)
    }

    @Test func `every mapping is closed, every reference kept, every definition used`() {
        var references: Set<String> = []
        Self.visit(Self.schema.root) { node in
            if case .string(let reference)? = node["$ref"] { references.insert(reference) }
            if node["properties"] != nil, node["type"] != nil { #expect(node["additionalProperties"] == false) }
        }
        let names = Self.schema.root["$defs"]?.keys ?? []
        #expect(references == Set(names.map { "#/$defs/\($0)" }))
    }

    @Test func `of every mistake it is said whether the schema sees it`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schema-sees.yml")
        let file = SourceFile(path: "schema-sees.yml", bytes: [UInt8](try Data(contentsOf: path)))
        let root = try #require(RuleFiles.reading([file]).files.first?.root?.mapping)
        let seen = root.first { $0.key == "seen" }?.value.sequence?.compactMap(\.scalar?.text) ?? []
        let unseen = root.first { $0.key == "unseen" }?.value.mapping ?? []
        #expect(unseen.allSatisfy { $0.value.scalar?.text.isEmpty == false })
        #expect((seen + unseen.map(\.key)).sorted() == MistakeTests.mistakes)
    }

    /// Where the schema describes a shape; `nil` for one that no rule file of this version can hold.
    private static func place(of shape: MappingShape) -> JSONTree? {
        switch shape.subject {
        case Language.file.subject: schema.root
        case Language.settings.subject: schema.root["properties"]?["settings"]
        default: schema.root["$defs"]?[shape.id]
        }
    }

    private static func visit(_ node: JSONTree, _ body: (JSONTree) -> Void) {
        switch node {
        case .object(let members):
            body(node)
            for member in members where !["examples", "default"].contains(member.key) { visit(member.value, body) }
        case .list(let elements): for element in elements { visit(element, body) }
        default: break
        }
    }
}

extension JSONTree {
    /// The keys of an object in order.
    fileprivate var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.key)
    }
}
