internal import CPCRE2

/// What PCRE2 made of a pattern.
///
/// The object owns PCRE2's memory and frees it once, when it goes away.
@safe
final class CompiledCode {
    /// The compiled code, valid as long as this object.
    let pointer: OpaquePointer

    /// How many groups the pattern has, with the whole match as one.
    let pairs: Int

    /// Compiles a pattern exactly as written.
    ///
    /// - Parameters:
    ///   - source: The pattern.
    ///   - ignoringCase: Whether letters match without regard to case.
    ///   - metered: Whether PCRE2 calls out before each item of the pattern.
    ///   - usingJIT: Whether to make machine code.
    /// - Throws: What is wrong with the pattern, and where.
    init(_ source: String, ignoringCase: Bool, metered: Bool, usingJIT: Bool) throws(PatternProblem) {
        guard let context = unsafe pcre2_compile_context_create_8(nil) else {
            throw PatternProblem(code: PCRE2_ERROR_NOMEMORY, offset: 0, in: source)
        }
        defer { unsafe pcre2_compile_context_free_8(context) }
        // A system's PCRE2 may have been built for other line ends; `.` is to stop at a line feed everywhere.
        unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        unsafe pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
        unsafe pcre2_set_max_pattern_length_8(context, MatchLimits.patternBytesMax)
        unsafe pcre2_set_parens_nest_limit_8(context, UInt32(MatchLimits.parenthesesNestMax))

        var options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C
        if ignoringCase { options |= PCRE2_CASELESS }
        if metered { options |= PCRE2_AUTO_CALLOUT }
        var status: Int32 = 0
        var offset = 0
        var source = source
        let code = source.withUTF8 { utf8 in
            unsafe pcre2_compile_8(utf8.baseAddress, utf8.count, options, &status, &offset, context)
        }
        guard let code = unsafe code else { throw PatternProblem(code: status, offset: offset, in: source) }
        unsafe pointer = unsafe code
        // A failed JIT only costs speed: PCRE2 falls back to its interpreter.
        if usingJIT { _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) }
        var groups: UInt32 = 0
        _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
        pairs = Int(groups) + 1
    }

    deinit {
        unsafe pcre2_code_free_8(pointer)
    }

    /// Whether a match can begin at the beginning of a text only.
    var isAnchored: Bool {
        var options: UInt32 = 0
        _ = unsafe pcre2_pattern_info_8(pointer, UInt32(PCRE2_INFO_ALLOPTIONS), &options)
        return options & UInt32(PCRE2_ANCHORED) != 0
    }

    /// The named groups in the order of their numbers.
    func groupNames() -> [PatternGroup] {
        var count: UInt32 = 0
        var entryBytes: UInt32 = 0
        var table: UnsafePointer<UInt8>?
        _ = unsafe pcre2_pattern_info_8(pointer, UInt32(PCRE2_INFO_NAMECOUNT), &count)
        _ = unsafe pcre2_pattern_info_8(pointer, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &entryBytes)
        _ = unsafe pcre2_pattern_info_8(pointer, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table = unsafe table, count > 0 else { return [] }
        // An entry is the number in two bytes, the name and a zero.
        let entries = unsafe UnsafeBufferPointer(start: table, count: Int(count * entryBytes))
        var groups: [PatternGroup] = []
        for start in stride(from: 0, to: entries.count, by: Int(entryBytes)) {
            let number = unsafe Int(entries[start]) << 8 | Int(entries[start + 1])
            let name = unsafe entries[(start + 2)..<(start + Int(entryBytes))].prefix { $0 != 0 }
            unsafe groups.append(PatternGroup(name: String(decoding: name, as: UTF8.self), number: number))
        }
        return groups.sorted { $0.number < $1.number }
    }
}

// PCRE2 never writes to compiled code after pcre2_jit_compile, which runs before `init` returns.
extension CompiledCode: @unchecked Sendable {}
