import Diagnostics
public import RuleEngine

/// Where a table comes from: what a rule file says of it, and so what is needed to read it again.
///
/// ```yaml
/// tables:
///   accounts: { file: accounts.csv, key: phone, by: customer }
/// ```
public struct TableSource: Sendable {
    /// The name in rule files.
    public let name: String

    /// The path of the file, as people are told of it.
    public let path: String

    /// What of an event is looked up.
    public let subject: LookupTable.Subject

    /// The name of the column that holds the keys.
    let keyColumn: String

    /// Where the column is named.
    let keySpan: Span

    /// Where the file is named.
    let fileSpan: Span

    /// The country code of the business, for corrections of numbers without one.
    let countryCode: String?

    /// How files are read.
    let files: NamedFiles

    /// How far the table may go.
    var limits = TableReader.Limits()

    /// A larger file is refused.
    public static let fileBytesMax = 64 << 20

    /// What reading the file brought.
    struct Reading {
        /// The table, if nothing in the file is wrong.
        var table: LookupTable?

        /// Everything that was found, warnings included.
        var diagnostics: [Diagnostic] = []

        /// The state of the file just before it was read; `nil` where there was none.
        var stamp: FileStamp?
    }

    /// Reads the file.
    func read() -> Reading {
        let stamp = stamp()
        do throws(NamedFileProblem) {
            let file = try files.read(path, bytesMax: Self.fileBytesMax)
            let (table, diagnostics) = TableReader(self, file: file).read()
            return Reading(table: table, diagnostics: diagnostics, stamp: stamp)
        } catch {
            return Reading(diagnostics: [.unusableFile(path, error, at: fileSpan)], stamp: stamp)
        }
    }

    /// The state of the file now; `nil` where there is none.
    func stamp() -> FileStamp? { files.stamp(path) }
}
