#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension UnsafeRawBufferPointer {
    /// Whether some bytes stand anywhere in these.
    ///
    /// - Complexity: O(n·m) at worst, for texts that begin to hold the bytes again and again.
    func holds(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = baseAddress, let wanted = bytes.baseAddress, unsafe !bytes.isEmpty else {
            return unsafe bytes.isEmpty
        }
        guard count >= bytes.count else { return false }
        let first = unsafe Int32(bytes[0])
        var place = 0
        let last = count - bytes.count
        while place <= last, let found = unsafe memchr(base + place, first, last - place + 1) {
            if unsafe memcmp(found, wanted, bytes.count) == 0 { return true }
            place = unsafe UnsafeRawPointer(found) - base + 1
        }
        return false
    }
}
