import Foundation

/// What tells one state of a file from another without reading it, links followed.
struct FileStamp: Hashable, Sendable {
    /// The number of bytes.
    let size: Int

    /// When the content was changed last.
    let modified: Date

    /// The number of the file in its file system: another one when a new file was moved to the path.
    let number: Int

    /// Looks at a path; `nil` where nothing is.
    init?(atPath path: String) {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else { return nil }
        size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        modified = attributes[.modificationDate] as? Date ?? .distantPast
        number = (attributes[.systemFileNumber] as? NSNumber)?.intValue ?? 0
    }
}
