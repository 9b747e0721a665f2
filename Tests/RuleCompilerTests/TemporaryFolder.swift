import Foundation

/// A folder of a test's own, with files that rules name; gone with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "beckon-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file; its time of change is that many seconds after a fixed one, so that no test waits for a clock.
    func write(_ text: String, to name: String, changed seconds: Int = 0) throws {
        try write(Array(text.utf8), to: name, changed: seconds)
    }

    func write(_ bytes: [UInt8], to name: String, changed seconds: Int = 0) throws {
        let location = "\(path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: location))
        let date = Date(timeIntervalSince1970: 1_767_000_000 + Double(seconds))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: location)
    }

    /// Makes a pipe that nobody writes to: whoever opens it to read waits for ever.
    func makePipe(_ name: String) throws {
        let status = unsafe mkfifo("\(path)/\(name)", 0o600)
        guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
}
