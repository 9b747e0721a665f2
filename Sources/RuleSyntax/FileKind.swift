import Foundation

/// What is at a path, links followed.
package enum FileKind: Equatable {
    /// A folder.
    case folder
    /// A file with content of its own.
    case file(size: Int)
    /// A pipe or a device: reading it might never end.
    case other

    /// Looks at a path; `nil` where nothing is.
    package init?(atPath path: String) {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else { return nil }
        switch attributes[.type] as? FileAttributeType {
        case FileAttributeType.typeDirectory: self = .folder
        case FileAttributeType.typeRegular: self = .file(size: (attributes[.size] as? NSNumber)?.intValue ?? 0)
        default: self = .other
        }
    }
}
