public import Diagnostics
import Foundation

/// The rule files of one folder, read into trees.
public struct RuleFiles: Sendable {
    /// A file that could be read, with its root.
    public struct Parsed: Sendable {
        /// The file.
        public var file: SourceFile
        /// What it holds; `nil` for an empty one.
        public var root: YAMLNode?
    }

    /// The folder, or the folder of the one file that was named, as the user named it.
    public var folder: String

    /// The file that was named, where it was one file.
    public var namedFile: String?

    /// The files in the order of their paths.
    public var files: [Parsed]

    /// Everything that was found wrong while reading.
    public var diagnostics: [Diagnostic]

    /// More files are refused: a rules folder holds tens, and a wrong argument such as `/` must not read a disk.
    public static let filesMax = 10_000

    /// Reads a folder with all its sub-folders, or the folder of a single file.
    ///
    /// Takes `*.yml` and `*.yaml`, skips hidden files and folders, and orders by path. A single file loads its folder as
    /// context, so that names defined beside it are known.
    ///
    /// - Throws: When there is nothing at the path or it cannot be listed. Files that cannot be read are diagnostics.
    public static func read(_ path: String) throws(RuleFilesProblem) -> RuleFiles {
        guard let kind = FileKind(atPath: path) else { throw .missing(path) }
        let folder = kind == .folder ? path : rulesFolder(of: path)
        var result = RuleFiles(folder: folder, namedFile: kind == .folder ? nil : path, files: [], diagnostics: [])
        var visited: Set<String> = []
        var paths = try list(folder, visited: &visited).sorted()
        if let named = result.namedFile, !paths.contains(where: { isSame($0, named) }) { paths.append(named) }
        for path in paths {
            guard case .file(let size) = FileKind(atPath: path), let data = contents(of: path, size: size) else {
                result.diagnostics.append(.unreadable(path))
                continue
            }
            result.add(SourceFile(path: path, bytes: [UInt8](data)), size: size)
        }
        if result.files.isEmpty, result.diagnostics.isEmpty { result.diagnostics.append(.noRuleFiles(folder)) }
        return result
    }

    /// Reads the text of a folder's files, or of one file without its folder, whatever they say.
    ///
    /// - Throws: When there is nothing at the path or it cannot be listed. Files that cannot be read are diagnostics.
    package static func texts(
        _ path: String
    ) throws(RuleFilesProblem) -> (files: [SourceFile], diagnostics: [Diagnostic]) {
        guard let kind = FileKind(atPath: path) else { throw .missing(path) }
        var visited: Set<String> = []
        let paths = kind == .folder ? try list(path, visited: &visited).sorted() : [path]
        var files: [SourceFile] = []
        var diagnostics = paths.isEmpty ? [Diagnostic.noRuleFiles(path)] : []
        for path in paths {
            guard case .file(let size) = FileKind(atPath: path), let data = contents(of: path, size: size) else {
                diagnostics.append(.unreadable(path))
                continue
            }
            guard size <= YAMLReader.Limits.fileBytesMax else {
                diagnostics.append(.fileTooLarge(path, bytes: size))
                continue
            }
            files.append(SourceFile(path: path, bytes: [UInt8](data)))
        }
        return (files, diagnostics)
    }

    /// Reads files that are given as text, for tests and embedding.
    public static func reading(_ files: [SourceFile]) -> RuleFiles {
        var result = RuleFiles(folder: "", namedFile: nil, files: [], diagnostics: [])
        for file in files { result.add(file, size: file.bytes.count) }
        return result
    }

    private mutating func add(_ file: SourceFile, size: Int) {
        guard size <= YAMLReader.Limits.fileBytesMax else {
            diagnostics.append(.fileTooLarge(file.path, bytes: size))
            return
        }
        let (root, found) = YAMLReader.read(file)
        files.append(Parsed(file: file, root: root))
        diagnostics += found
    }

    /// What a file holds; nothing of one that is refused for its size.
    private static func contents(of path: String, size: Int) -> Data? {
        guard size <= YAMLReader.Limits.fileBytesMax else { return Data() }
        return FileManager.default.contents(atPath: path)
    }

    private static func rulesFolder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        URL(fileURLWithPath: one).standardizedFileURL == URL(fileURLWithPath: other).standardizedFileURL
    }

    /// The rule files below a folder, links followed; a folder that was seen already is left out, so no link leads in circles.
    private static func list(
        _ folder: String,
        visited: inout Set<String>
    ) throws(RuleFilesProblem) -> [String] {
        let resolved = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard visited.insert(resolved).inserted else { return [] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .unlistable(folder)
        }
        var paths: [String] = []
        for name in names where !name.hasPrefix(".") {
            let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if FileKind(atPath: path) == .folder {
                paths += try list(path, visited: &visited)
            } else if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
                paths.append(path)
            }
            guard paths.count <= filesMax else { throw .tooMany(folder) }
        }
        return paths
    }
}

/// Why rule files could not be found.
public enum RuleFilesProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing is at the path.
    case missing(String)
    /// The folder cannot be listed.
    case unlistable(String)
    /// The folder holds more files than are read.
    case tooMany(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .missing("rules"): "no folder 'rules' here; name a folder or file of rules, or make one"
        case .missing(let path): "no rules at '\(path)': there is no such file or folder"
        case .unlistable(let path): "the folder '\(path)' cannot be read"
        case .tooMany(let path):
            "the folder '\(path)' holds more than \(RuleFiles.filesMax) rule files; is it the right one?"
        }
    }
}

extension Diagnostic {
    fileprivate static func fileTooLarge(_ path: String, bytes: Int) -> Diagnostic {
        Diagnostic(
            .fileTooLarge,
            message: "'\(path)' has \(bytes) bytes, more than the \(YAMLReader.Limits.fileBytesMax) allowed",
            primary: nil,
            help: "split it into several files of one folder"
        )
    }

    fileprivate static func unreadable(_ path: String) -> Diagnostic {
        Diagnostic(
            .unreadable,
            message: "'\(path)' cannot be read",
            primary: nil,
            help: "check that it is a file and that you may read it"
        )
    }

    fileprivate static func noRuleFiles(_ folder: String) -> Diagnostic {
        Diagnostic(
            .noRuleFiles,
            message: "the folder '\(folder)' holds no rule file",
            primary: nil,
            help: "rule files end in .yml or .yaml"
        )
    }
}
