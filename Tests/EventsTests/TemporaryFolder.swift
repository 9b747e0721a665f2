import Foundation
import Testing

/// A folder that goes away with its value, and what writers and log rotation do in it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("beckon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    subscript(name: String) -> String { "\(path)/\(name)" }

    /// Writes a new file; one of that name is deleted before.
    func create(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try? delete(name)
        try #require(FileManager.default.createFile(atPath: self[name], contents: Data(bytes)))
    }

    func create(_ name: String, _ text: String) throws { try create(name, text.utf8) }

    func append(_ name: String, _ text: String) throws { try write(name, text, O_APPEND | O_CREAT) }

    /// Writes other content into the same file.
    func overwrite(_ name: String, _ text: String) throws { try write(name, text, O_TRUNC) }

    func cut(_ name: String, to size: Int) throws {
        let status = unsafe truncate(self[name], off_t(size))
        try #require(status == 0)
    }

    func rename(_ name: String, _ new: String) throws {
        let status = unsafe Foundation.rename(self[name], self[new])
        try #require(status == 0)
    }

    func copy(_ name: String, _ new: String) throws {
        try FileManager.default.copyItem(atPath: self[name], toPath: self[new])
    }

    func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

    /// Packs a file as `gzip` does, under its name with `.gz`.
    func pack(_ name: String) throws {
        let bytes = try #require(FileManager.default.contents(atPath: self[name]))
        try create("\(name).gz", try Gzip.packed(Array(bytes)))
        try delete(name)
    }

    func link(_ name: String, to target: String) throws {
        try? delete(name)
        try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: self[target])
    }

    private func write(_ name: String, _ text: String, _ flags: Int32) throws {
        let descriptor = unsafe open(self[name], O_WRONLY | flags, 0o644)
        try #require(descriptor >= 0)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }
}
