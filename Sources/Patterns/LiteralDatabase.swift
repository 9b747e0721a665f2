internal import CVectorscan

/// Literals in the form in which Vectorscan finds all of them in one pass.
///
/// The object owns Vectorscan's memory and frees it once, when it goes away.
@safe
final class LiteralDatabase {
    /// The compiled literals, valid as long as this object.
    let pointer: OpaquePointer

    /// Compiles literals; the number of each is its position.
    ///
    /// Caseless ones are found whatever the case of their ASCII letters.
    init(_ literals: [[UInt8]], isCaseless: Bool) throws(LiteralIndexProblem) {
        guard hs_valid_platform() == HS_SUCCESS else { throw .unsupportedProcessor }
        let flags = [UInt32](repeating: isCaseless ? UInt32(HS_FLAG_CASELESS) : 0, count: literals.count)
        let numbers = literals.indices.map { UInt32($0) }
        let lengths = literals.map(\.count)
        let bytes = literals.flatMap { $0.map { CChar(bitPattern: $0) } }
        var database: OpaquePointer?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        let status = unsafe bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var beginnings: [UnsafePointer<CChar>?] = unsafe []
            for length in lengths {
                unsafe beginnings.append(bytes.baseAddress.map { unsafe $0 + start })
                start += length
            }
            return unsafe hs_compile_lit_multi(
                beginnings,
                flags,
                numbers,
                lengths,
                UInt32(literals.count),
                UInt32(HS_MODE_BLOCK),
                nil,
                &database,
                &problem
            )
        }
        guard status == HS_SUCCESS, let database = unsafe database else {
            let reason = unsafe problem.flatMap { unsafe $0.pointee.message }.map { unsafe String(cString: $0) }
            unsafe hs_free_compile_error(problem)
            throw .notCompiled(reason: reason ?? "the literal search does not say why")
        }
        unsafe pointer = unsafe database
    }

    deinit {
        unsafe hs_free_database(pointer)
    }
}

// Vectorscan never writes to a database after it was compiled.
extension LiteralDatabase: @unchecked Sendable {}

/// Why literals cannot be searched for in one pass.
public enum LiteralIndexProblem: Error, Hashable, Sendable {
    /// Vectorscan needs instructions that this processor does not have.
    case unsupportedProcessor

    /// Vectorscan did not compile the literals.
    case notCompiled(reason: String)
}
