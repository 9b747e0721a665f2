public import Diagnostics
import RuleSyntax

/// Puts rule files in the standard form.
///
/// It works on lines: every part of a file that has a meaning is copied, and only white space, the order of the keys of
/// rules and tests, and the place of comments with them are composed anew. The tree of the file says where these parts
/// are. Before a result leaves, it is read again and compared with what was there.
///
/// ```swift
/// let (formatted, diagnostics) = RuleFormatter.format(SourceFile(path: "rules/a.yml", text: "rules:   []"))
/// ```
public enum RuleFormatter {
    /// Puts a file in the standard form.
    ///
    /// - Returns: The result, or `nil` with the reasons: the file is no YAML that rule files use, or has no standard form.
    /// - Complexity: O(n) in the size of the file.
    public static func format(_ file: SourceFile) -> (formatted: FormattedFile?, diagnostics: [Diagnostic]) {
        let (root, diagnostics) = YAMLReader.read(file)
        guard diagnostics.isEmpty else { return (nil, diagnostics) }
        let bytes = file.bytes.withPlainLineEnds()
        let source = bytes == file.bytes ? root : YAMLReader.read(SourceFile(path: file.path, bytes: bytes)).root
        var layout: Layout
        do throws(TriviaReader.Unexpected) {
            layout = try LayoutReader.read(bytes, root: source)
        } catch {
            return (nil, [.noStandardForm(at: error.offset, in: SourceFile(path: file.path, bytes: bytes))])
        }
        KeyOrder(bytes: bytes).apply(to: &layout)
        let text = SourceFile(path: file.path, bytes: LayoutWriter.write(layout, of: bytes))
        guard text.bytes.count <= YAMLReader.Limits.fileBytesMax else { return (nil, [.growsTooLarge(file)]) }
        let result = YAMLReader.read(text)
        let before = YAMLFile(bytes: file.bytes, root: root)
        let after = YAMLFile(bytes: text.bytes, root: result.root)
        guard result.diagnostics.isEmpty, MeaningCheck.same(before, after) else {
            return (nil, [.changesMeaning(file)])
        }
        return (FormattedFile(source: file, text: text), [])
    }
}

/// A file beside its standard form.
public struct FormattedFile: Sendable {
    /// The file as it was read.
    public let source: SourceFile

    /// The file in the standard form.
    public let text: SourceFile

    /// Whether both are the same.
    public var isStandard: Bool { source.bytes == text.bytes }
}

extension Diagnostic {
    fileprivate static func noStandardForm(at offset: Int, in file: SourceFile) -> Diagnostic {
        Diagnostic(
            .noStandardForm,
            message: "a key of several lines has no standard form",
            primary: Label("the file is left as it is", at: Span(file, offset..<offset)),
            help: "write the key on one line, and the ':' behind it"
        )
    }

    fileprivate static func growsTooLarge(_ file: SourceFile) -> Diagnostic {
        Diagnostic(
            .fileTooLarge,
            message:
                "the standard form of '\(file.path)' has more than the \(YAMLReader.Limits.fileBytesMax) bytes allowed",
            primary: nil,
            help: "split it into several files of one folder; it is left as it is"
        )
    }

    fileprivate static func changesMeaning(_ file: SourceFile) -> Diagnostic {
        Diagnostic(
            .noStandardForm,
            message: "'\(file.path)' would not mean the same in the standard form, so it is left as it is",
            primary: nil,
            help: "this is a mistake in beckon: please report it with the file"
        )
    }
}
