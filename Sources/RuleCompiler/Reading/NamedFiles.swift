import Diagnostics
import Foundation
import RuleSyntax

/// Reads the files that rules name: lists and tables.
public struct NamedFiles: Sendable {
    private let folder: String

    /// Creates a reader.
    ///
    /// - Parameter folder: Where relative paths begin; the current folder unless one is given.
    public init(relativeTo folder: String = "") {
        self.folder = folder
    }

    /// Reads a whole file, if it is one and not too large.
    ///
    /// A pipe or device is never opened, since reading it might never end.
    func read(_ path: String, bytesMax: Int) throws(NamedFileProblem) -> SourceFile {
        let location = location(of: path)
        switch FileKind(atPath: location) {
        case nil: throw .missing(alike: alike(location))
        case .folder: throw .folder
        case .other: throw .notAFile
        case .file(let size): guard size <= bytesMax else { throw .tooLarge(bytes: size, bytesMax: bytesMax) }
        }
        guard let content = FileManager.default.contents(atPath: location) else { throw .unreadable }
        guard content.count <= bytesMax else { throw .tooLarge(bytes: content.count, bytesMax: bytesMax) }
        let file = SourceFile(path: path, bytes: [UInt8](content))
        if let offset = file.bytes.firstInvalidUTF8Offset { throw .notUTF8(Span(file, offset..<offset + 1)) }
        return file
    }

    /// What can be told of a file without reading it; `nil` where nothing is.
    func stamp(_ path: String) -> FileStamp? {
        FileStamp(atPath: location(of: path))
    }

    private func location(of path: String) -> String {
        folder.isEmpty || path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// The name of a file beside a missing one that was probably meant.
    private func alike(_ location: String) -> String? {
        let path = location as NSString
        let folder = path.deletingLastPathComponent
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        return Spelling.closest(to: path.lastPathComponent, among: (names ?? []).sorted())
    }
}

/// Why a file that a rule file names cannot be used.
enum NamedFileProblem: Error, Equatable {
    /// Nothing is at the path; the name of a file beside it that is written almost so.
    case missing(alike: String?)
    /// A folder is at the path.
    case folder
    /// A pipe or a device is at the path.
    case notAFile
    /// The file cannot be opened or read.
    case unreadable
    /// The file has more bytes than its kind may have.
    case tooLarge(bytes: Int, bytesMax: Int)
    /// The first byte that no UTF-8 text holds.
    case notUTF8(Span)
}

extension YAMLNode {
    /// The path that the text names, relative to the rule file that it stands in.
    func path(_ written: String) -> String {
        guard !written.hasPrefix("/") else { return written }
        let folder = (span.file.path as NSString).deletingLastPathComponent
        return folder.isEmpty ? written : (folder as NSString).appendingPathComponent(written)
    }
}

extension Diagnostic {
    /// A file that a rule file names and that cannot be used.
    static func unusableFile(_ path: String, _ problem: NamedFileProblem, at span: Span) -> Diagnostic {
        let named = Label("named here", at: span)
        switch problem {
        case .missing(let alike):
            return Diagnostic(
                .unusableFile,
                message: "no file '\(path)'",
                primary: Label("nothing is there", at: span),
                help: alike.map { "did you mean '\($0)'?" } ?? "a path is relative to the rule file that names it"
            )
        case .folder:
            return Diagnostic(
                .unusableFile,
                message: "'\(path)' is a folder",
                primary: Label("a file belongs here", at: span)
            )
        case .notAFile:
            return Diagnostic(
                .unusableFile,
                message: "'\(path)' is a pipe or a device",
                primary: Label("a file belongs here", at: span)
            )
        case .unreadable:
            return Diagnostic(
                .unusableFile,
                message: "'\(path)' cannot be read",
                primary: named,
                help: "check that you may read it"
            )
        case .tooLarge(let bytes, let bytesMax):
            return Diagnostic(
                .fileTooLarge,
                message: "'\(path)' has \(bytes) bytes, more than the \(bytesMax) allowed",
                primary: named
            )
        case .notUTF8(let byte):
            return Diagnostic(
                .notUTF8,
                message: "'\(path)' is not UTF-8",
                primary: Label("this byte cannot stand here", at: byte),
                context: [named],
                help: "save the file as UTF-8"
            )
        }
    }
}
