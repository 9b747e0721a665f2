import Diagnostics
import Events
import RuleEngine
import RuleSyntax

/// Reads the tables that templates look values up in.
struct TablePass: Pass {
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        for entry in draft.namedEntries(of: .tables, reporting: &diagnostics) {
            guard let source = source(entry, in: draft, &diagnostics) else {
                draft.unusableTables.insert(entry.key)
                continue
            }
            let reading = source.read()
            diagnostics += reading.diagnostics
            guard let table = reading.table else {
                draft.unusableTables.insert(entry.key)
                continue
            }
            draft.tables[entry.key] = table
            draft.tablesRead.append(TableRead(source: source, columns: table.columns, stamp: reading.stamp))
        }
    }

    private func source(_ entry: YAMLEntry, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> TableSource? {
        let sample = "\(entry.key): { file: accounts.csv, key: phone, by: customer }"
        guard
            let reader = MappingReader(
                entry.value,
                as: Language.table,
                help: "write '\(sample)'",
                reporting: &diagnostics
            )
        else { return nil }
        let isNamed = entry.checkTemplateName(of: "a table", reporting: &diagnostics)
        let file = reader.required("file", help: sample, reporting: &diagnostics)
        let key = reader.required("key", help: "the column that is looked up: 'key: phone'", reporting: &diagnostics)
        let by = reader.required("by", help: "what of an event is looked up: 'by: customer'", reporting: &diagnostics)
        let path = file?.text(for: "'file'", reporting: &diagnostics)
        let column = key?.text(for: "'key'", reporting: &diagnostics)
        let subject = by.flatMap { readSubject($0, &diagnostics) }
        guard isNamed, let file, let key, let path, let column, let subject else { return nil }
        return TableSource(
            name: entry.key,
            path: file.path(path),
            subject: subject,
            keyColumn: column,
            keySpan: key.span,
            fileSpan: file.span,
            countryCode: draft.countryCode,
            files: draft.namedFiles
        )
    }

    private func readSubject(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> LookupTable.Subject? {
        guard let text = node.text(for: "'by'", reporting: &diagnostics) else { return nil }
        guard text.hasPrefix(Self.fieldsPrefix) else {
            if let name = EventName(spelling: text), name != .fields { return .name(name) }
            diagnostics.append(.unknownSubject(text, at: node.span))
            return nil
        }
        do throws(FieldPathProblem) {
            let path = try FieldPath(parsing: String(text.dropFirst(Self.fieldsPrefix.count)))
            guard !path.hasWildcard else {
                diagnostics.append(.severalSubjects(text, at: node.span))
                return nil
            }
            return .field(path)
        } catch {
            diagnostics.append(.malformedPath(text, error, at: node.span))
            return nil
        }
    }

    private static let fieldsPrefix = "fields."
}

extension Diagnostic {
    fileprivate static func unknownSubject(_ text: String, at span: Span) -> Diagnostic {
        let known = EventName.allCases.filter { $0 != .fields }.map(\.spelling)
        // `{{customer}}` is how templates name what is named plainly here.
        let bare = String(text.drop { $0 == "{" || $0 == " " }.prefix { $0 != "}" && $0 != " " })
        return Diagnostic(
            .unknownName,
            message: "'\(text)' is not a name of the events table",
            primary: Label("what of an event is looked up?", at: span),
            help: Spelling.suggestion(for: bare, among: known)
                ?? "write 'customer', 'agent', 'tag', … or a path such as 'fields.contact.id'"
        )
    }

    fileprivate static func severalSubjects(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .malformedPath,
            message: "'\(text)' may name several values",
            primary: Label("a table is looked up by one value", at: span),
            help: "name one of them: '\(text.replacing("*", with: "0"))'"
        )
    }
}
