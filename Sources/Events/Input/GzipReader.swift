internal import CZlib

/// Unpacks gzip data, several members in a row included.
@safe
final class GzipReader {
    /// How many packed bytes are held at a time.
    private static let packedBytesMax = 1 << 17

    private let source: DescriptorReader
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let packed = UnsafeMutablePointer<UInt8>.allocate(capacity: GzipReader.packedBytesMax)
    private var isBetweenMembers = false

    /// Goes on after bytes that were read from the source already.
    init(_ source: DescriptorReader, after head: UnsafeRawBufferPointer) throws(InputProblem) {
        precondition(head.count <= Self.packedBytesMax, "more bytes were read ahead than the buffer can hold")
        self.source = source
        unsafe stream.initialize(to: z_stream())
        if let start = head.baseAddress {
            unsafe UnsafeMutableRawPointer(packed).copyMemory(from: start, byteCount: head.count)
        }
        unsafe stream.pointee.next_in = packed
        unsafe stream.pointee.avail_in = uInt(head.count)
        // 15 bits of window, and 16 for the gzip header instead of zlib's own.
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
            throw InputProblem(input: source.name, operation: .read, cause: .gzipDamaged("there is not enough memory"))
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe packed.deallocate()
    }

    /// Unpacks into a buffer that is not empty; waits no longer than up to the deadline.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(InputProblem) -> ReadResult {
        while true {
            if unsafe stream.pointee.avail_in == 0 {
                switch try readPacked(until: deadline) {
                case .bytes: break
                case .idle: return .idle
                case .interrupted: return .interrupted
                case .end:
                    guard isBetweenMembers else { throw problem(.gzipTruncated) }
                    return .end
                }
            }
            guard try enterMember() else { continue }
            let count = unsafe try inflateOnce(into: buffer)
            if count > 0 { return .bytes(count) }
        }
    }

    private func readPacked(until deadline: ContinuousClock.Instant?) throws(InputProblem) -> ReadResult {
        let buffer = unsafe UnsafeMutableRawBufferPointer(start: packed, count: Self.packedBytesMax)
        let result = unsafe try source.read(into: buffer, until: deadline)
        if case .bytes(let count) = result {
            unsafe stream.pointee.next_in = packed
            unsafe stream.pointee.avail_in = uInt(count)
        }
        return result
    }

    /// Behind a member, skips the zero bytes with which tapes and blocks are filled, and begins the next member.
    private func enterMember() throws(InputProblem) -> Bool {
        guard isBetweenMembers else { return true }
        while unsafe stream.pointee.avail_in > 0, let next = unsafe stream.pointee.next_in, unsafe next.pointee == 0 {
            unsafe stream.pointee.next_in = next + 1
            unsafe stream.pointee.avail_in -= 1
        }
        guard unsafe stream.pointee.avail_in > 0 else { return false }
        unsafe inflateReset(stream)
        isBetweenMembers = false
        return true
    }

    private func inflateOnce(into buffer: UnsafeMutableRawBufferPointer) throws(InputProblem) -> Int {
        let room = uInt(clamping: buffer.count)
        unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = room
        switch unsafe inflate(stream, Z_NO_FLUSH) {
        // Z_BUF_ERROR only says that no progress was possible without more packed bytes.
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isBetweenMembers = true
        default:
            let detail = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "unreadable"
            throw problem(.gzipDamaged(detail))
        }
        return unsafe Int(room - stream.pointee.avail_out)
    }

    private func problem(_ cause: InputProblem.Cause) -> InputProblem {
        InputProblem(input: source.name, operation: .read, cause: cause)
    }
}
