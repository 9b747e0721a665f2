import Foundation
import Ledger

/// A state folder of a test's own; goes away with the value.
final class StateOnDisk {
    let folder: URL
    var state: StateFolder { StateFolder(folder.path) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("beckon-\(UUID().uuidString)")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The files that hold a text.
    func files(holding text: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { file in
            try Data(contentsOf: folder.appendingPathComponent(file)).range(of: Data(text.utf8)) != nil
        }.sorted()
    }
}
