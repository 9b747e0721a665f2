/// Up to fifteen bytes of UTF-8, held without a reference: the digits of any phone number fit.
struct ShortText: Sendable {
    /// How many bytes there may be: as many as phone numbers have digits.
    static let bytesMax = 15

    // The bytes in the order of memory; the last of the sixteen counts them.
    private var storage: (UInt64, UInt64) = (0, 0)

    /// Takes bytes over; `nil` if there are too many.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= Self.bytesMax else { return nil }
        unsafe withUnsafeMutableBytes(of: &storage) {
            unsafe $0.copyMemory(from: bytes)
            unsafe $0[Self.bytesMax] = UInt8(bytes.count)
        }
    }

    /// Has room for ``bytesMax`` filled in; `nil` if `fill`, which returns how many bytes it wrote, says so.
    init?(_ fill: (UnsafeMutableRawBufferPointer) -> Int?) {
        let count = unsafe withUnsafeMutableBytes(of: &storage) {
            unsafe fill(UnsafeMutableRawBufferPointer(rebasing: $0[..<Self.bytesMax]))
        }
        guard let count else { return nil }
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0[Self.bytesMax] = UInt8(count) }
    }

    /// Lends the bytes.
    func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe withUnsafeBytes(of: storage) {
            unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<Int($0[Self.bytesMax])]))
        }
    }
}
