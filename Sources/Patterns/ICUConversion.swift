/// Runs the conversions of ICU that write UTF-8 to a buffer.
enum ICUConversion {
    /// A conversion as `CICU` declares it: text and length, output and capacity; returns the length of the whole output.
    typealias Conversion = (UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UInt8>?, Int32) -> Int32

    /// The most that one call may be given: folding makes at most 11 bytes of one, and ICU counts in 32 bits.
    static let bytesMax = 1 << 26

    /// The converted form of valid UTF-8 of at most ``bytesMax`` bytes.
    static func converted(_ utf8: UnsafeBufferPointer<UInt8>, by conversion: Conversion) -> [UInt8] {
        precondition(utf8.count <= bytesMax, "a text was given to ICU in one piece that is too large")
        // Few texts grow; those that do are converted again with the room that ICU asked for.
        var capacity = utf8.count + utf8.count / 2 + 16
        while true {
            var length = 0
            let result = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                length = Int(
                    unsafe conversion(utf8.baseAddress, Int32(utf8.count), output.baseAddress, Int32(capacity))
                )
                precondition(
                    length >= 0,
                    "ICU reports an error for valid UTF-8: its data is missing or it has no memory"
                )
                count = min(length, capacity)
            }
            guard length > capacity else { return result }
            capacity = length
        }
    }
}
