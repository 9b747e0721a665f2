import Diagnostics
import RuleSyntax

/// Reads the lists that conditions name, inline ones and files.
struct ListPass: Pass {
    /// A larger file is refused.
    var fileBytesMax = NamedList.fileBytesMax

    /// A file with more entries is refused.
    var entriesMax = NamedList.entriesMax

    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic]) {
        for entry in draft.namedEntries(of: .lists, reporting: &diagnostics) {
            if let list = list(entry, in: draft, &diagnostics) {
                if list.isEmpty { diagnostics.append(.emptyList(entry)) }
                draft.lists[entry.key] = list
            } else {
                draft.unusableLists.insert(entry.key)
            }
        }
    }

    private func list(_ entry: YAMLEntry, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> NamedList? {
        switch entry.value.content {
        case .sequence(let nodes): inline(nodes, of: entry, &diagnostics)
        case .mapping: file(entry, in: draft, &diagnostics)
        case .scalar(let scalar):
            refuse(scalar, of: entry, &diagnostics)
        }
    }

    private func inline(
        _ nodes: [YAMLNode],
        of entry: YAMLEntry,
        _ diagnostics: inout [Diagnostic]
    ) -> NamedList? {
        var isWhole = !entry.value.isIncomplete && !nodes.isEmpty
        if nodes.isEmpty { diagnostics.refuseEmpty(entry.value, of: "list '\(entry.key)'") }
        for node in nodes {
            guard let scalar = node.scalar else {
                diagnostics.refuse(node, wanted: "text, a number, true or false", of: "an entry of a list")
                isWhole = false
                continue
            }
            switch scalar.value {
            case .null, .string(""):
                diagnostics.refuseEmpty(node, of: "an entry of list '\(entry.key)'")
                isWhole = false
            case .string, .integer, .number, .boolean: continue
            }
        }
        return isWhole ? NamedList(name: entry.key, at: entry.keySpan, nodes: nodes) : nil
    }

    private func file(_ entry: YAMLEntry, in draft: Draft, _ diagnostics: inout [Diagnostic]) -> NamedList? {
        guard
            let reader = MappingReader(entry.value, as: Language.list, reporting: &diagnostics),
            let node = reader.required("file", help: "\(entry.key): { file: vip.txt }", reporting: &diagnostics),
            let written = node.text(for: "'file'", reporting: &diagnostics)
        else { return nil }
        let path = node.path(written)
        do throws(NamedFileProblem) {
            let file = try draft.namedFiles.read(path, bytesMax: fileBytesMax)
            let list = NamedList(name: entry.key, at: entry.keySpan, linesOf: file)
            guard list.count <= entriesMax else {
                diagnostics.append(.tooManyEntries(list.count, max: entriesMax, path: path, at: node.span))
                return nil
            }
            let long = list.lazy.map(\.span).filter { $0.bytes.count > NamedList.entryBytesMax }
            for span in long.prefix(Self.longEntriesReportedMax) {
                diagnostics.append(.longEntry(span, named: node.span))
            }
            return long.isEmpty ? list : nil
        } catch {
            diagnostics.append(.unusableFile(path, error, at: node.span))
            return nil
        }
    }

    /// More of them are not shown: the file is something else than a list.
    private static let longEntriesReportedMax = 3

    private func refuse(
        _ scalar: YAMLScalar,
        of entry: YAMLEntry,
        _ diagnostics: inout [Diagnostic]
    ) -> NamedList? {
        let text = scalar.text
        let isFile = text.hasSuffix(".txt") || text.hasSuffix(".csv") || text.contains("/")
        let cure = isFile ? "\(entry.key): { file: \(text) }" : "\(entry.key): [\(text)]"
        diagnostics.refuse(
            entry.value,
            wanted: "a list or a file",
            of: "list '\(entry.key)'",
            help: text.isEmpty ? "write '\(entry.key): [a, b]' or '\(entry.key): { file: vip.txt }'" : "write '\(cure)'"
        )
        return nil
    }
}

extension Diagnostic {
    fileprivate static func emptyList(_ entry: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .emptyValue,
            severity: .warning,
            message: "list '\(entry.key)' is empty",
            primary: Label("nothing is ever in it", at: entry.keySpan)
        )
    }

    fileprivate static func tooManyEntries(_ count: Int, max: Int, path: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .tooLarge,
            message: "'\(path)' has \(count) entries, more than the \(max) allowed",
            primary: Label("named here", at: span)
        )
    }

    fileprivate static func longEntry(_ span: Span, named: Span) -> Diagnostic {
        Diagnostic(
            .tooLarge,
            message: "an entry of \(span.bytes.count) bytes, more than the \(NamedList.entryBytesMax) allowed",
            primary: Label("one entry, up to the end of its line", at: span),
            context: [Label("named here", at: named)],
            help: "write one entry a line"
        )
    }
}
