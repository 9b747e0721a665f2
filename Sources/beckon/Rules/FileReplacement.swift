import Foundation

/// Puts new content in the place of a file's, so that at every moment the file is the old one or the new one.
///
/// The content is written beside the file, forced to disk and renamed over it. Permissions stay, and a link stays a link:
/// what it leads to is replaced.
struct FileReplacement {
    /// Why a file was left as it was.
    struct Problem: Error, CustomStringConvertible {
        /// What is in the way.
        var description: String
    }

    /// The path as the user named it.
    private let path: String

    /// What stands at the end of all links.
    private let target: String

    /// Replaces a file that holds `old`.
    static func replace(_ path: String, holding old: [UInt8], with new: [UInt8]) throws(Problem) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        try FileReplacement(path: path, target: target).replace(old, with: new)
    }

    private func replace(_ old: [UInt8], with new: [UInt8]) throws(Problem) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let permissions = attributes.number(.posixPermissions).map({ mode_t(truncatingIfNeeded: $0) })
        else { throw Problem(description: "'\(path)' cannot be read") }
        // The folder alone would decide whether the file may be replaced; who made it read-only meant it.
        guard permissions & 0o222 != 0 else { throw Problem(description: "'\(path)' is read-only") }
        guard unsafe access(target, W_OK) == 0 else { throw problem(errno) }
        let temporary = "\(target).\(UUID().uuidString.prefix(8)).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem(errno) }
        do throws(Problem) {
            defer { close(descriptor) }
            try write(new, to: descriptor)
            // Only root may give a file away; whoever may write it owns the new one, as with most editors.
            if let owner = attributes.number(.ownerAccountID), let group = attributes.number(.groupOwnerAccountID) {
                _ = fchown(descriptor, uid_t(truncatingIfNeeded: owner), gid_t(truncatingIfNeeded: group))
            }
            guard fchmod(descriptor, permissions & 0o7777) == 0, fsync(descriptor) == 0 else { throw problem(errno) }
            guard FileManager.default.contents(atPath: target).map({ $0.elementsEqual(old) }) == true else {
                throw Problem(description: "'\(path)' was changed by somebody else meanwhile; try again")
            }
            guard unsafe rename(temporary, target) == 0 else { throw problem(errno) }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        syncFolder()
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(Problem) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
            }
            guard count >= 0 || errno == EINTR else { throw problem(errno) }
            written += max(0, count)
        }
    }

    /// Makes the new name durable; the content is safe under one of the two names even where this fails.
    private func syncFolder() {
        let folder = unsafe open((target as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func problem(_ code: Int32) -> Problem {
        let reason = unsafe String(cString: strerror(code))
        return Problem(description: "cannot write to '\(path)': \(reason)")
    }
}

extension [FileAttributeKey: Any] {
    fileprivate func number(_ key: FileAttributeKey) -> Int? { (self[key] as? NSNumber)?.intValue }
}
