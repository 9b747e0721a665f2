import ActionKit
import Diagnostics
import RuleSyntax

/// The JSON Schema of rule files, for editors and validators.
///
/// Made from ``Language`` and from the specs of the actions, so that it says what the compiler does. It is never stricter than
/// the compiler, with one exception: `null` is no text. What it cannot see is up to `check`: names and the files that they
/// stand in, country codes, regexes, calendars, warnings. Keys that are not built yet are left out, as the compiler refuses them.
///
/// ```swift
/// print(RuleSchema(actions: catalogue).text, terminator: "")
/// ```
public struct RuleSchema: Sendable {
    /// The schema as a tree.
    package let root: JSONTree

    /// The dialect of the schema.
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// The schema's name, which stays the same from version to version.
    private static let id = "urn:beckon:rule-file"

    /// Makes the schema for rules that may ask for these actions.
    public init(actions: ActionCatalogue) {
        var writer = SchemaWriter(specs: actions.entries.values.map(\.spec).sorted { $0.id < $1.id })
        let file = writer.mapping(Language.file, allowingNothing: true)
        let head: JSONTree = [
            "$schema": .string(Self.dialect),
            "$id": .string(Self.id),
            "title": "Beckon rule file",
        ]
        let body = file.members.filter { $0.key != "title" }
        root = head.adding(body + [.init("$defs", .object(writer.definitions))])
    }

    /// The schema as JSON text that ends with a line feed, the same bytes every time.
    public var text: String { root.pretty + "\n" }
}
