import Diagnostics
import Events

/// Diagnostics as JSON objects, for editors and CI.
enum DiagnosticJSON {
    /// One object for each diagnostic.
    ///
    /// Its members are `code`, `severity`, `message`, the place (`file`, `line`, `column`, `end_line`, `end_column`),
    /// `label`,
    /// `related` places and `help`. Lines and columns count from 1; the end is behind the last character. A key that
    /// stands in a text is hidden as it is for people.
    static func bytes(_ diagnostic: Diagnostic) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("code", diagnostic.code.rawValue)
            $0.member("severity", diagnostic.severity.rawValue)
            $0.member("message", SecretMask.masked(diagnostic.message))
            if let primary = diagnostic.primary { write(primary, to: &$0) }
            if !diagnostic.context.isEmpty {
                $0.member("related") { list in
                    list.list { for label in diagnostic.context { $0.object { write(label, to: &$0) } } }
                }
            }
            $0.member("help", ifPresent: diagnostic.help.map { SecretMask.masked($0) })
        }
        return writer.bytes
    }

    private static func write(_ label: Label, to object: inout JSONWriter) {
        let file = label.span.file
        let start = file.position(at: label.span.bytes.lowerBound)
        let end = file.position(at: label.span.bytes.upperBound)
        object.member("file", file.path)
        object.member("line", start.line)
        object.member("column", start.column)
        object.member("end_line", end.line)
        object.member("end_column", end.column)
        if !label.text.isEmpty { object.member("label", SecretMask.masked(label.text)) }
    }
}
