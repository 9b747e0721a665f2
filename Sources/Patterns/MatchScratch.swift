internal import CPCRE2

/// The memory in which one thread matches patterns: results, limits and the stack of JIT code.
///
/// One scratch serves any number of patterns, one after the other, and grows to what they need: results to the largest
/// number of groups, the interpreter's memory and the JIT stack to their limits. A scratch belongs to one thread at a time.
@safe
public final class MatchScratch {
    /// How far matches in this scratch may go.
    public let limits: MatchLimits

    /// What is left of ``MatchLimits/eventWorkMax`` for the event.
    private var eventWorkLeft: Int

    /// What is left of ``MatchLimits/eventCheapWorkMax`` for the event.
    private var eventCheapWorkLeft: Int

    private var results: OpaquePointer
    private var pairsMax: Int
    private let context: OpaquePointer
    private let jitStack: OpaquePointer?
    private let meter: UnsafeMutablePointer<WorkMeter>

    /// Creates the memory of one thread.
    public init(limits: MatchLimits = MatchLimits()) {
        self.limits = limits
        eventWorkLeft = limits.eventWorkMax
        eventCheapWorkLeft = limits.eventCheapWorkMax
        guard let context = unsafe pcre2_match_context_create_8(nil),
            let results = unsafe pcre2_match_data_create_8(1, nil)
        else { preconditionFailure("there is no memory left for the scratch of a thread") }
        unsafe self.context = unsafe context
        unsafe self.results = unsafe results
        pairsMax = 1
        unsafe meter = .allocate(capacity: 1)
        unsafe meter.initialize(to: WorkMeter(left: 0))
        // Without a stack of its own, JIT code has 32 KiB on the thread's stack: less reach, never a wrong answer.
        unsafe jitStack = pcre2_jit_stack_create_8(1 << 15, limits.jitStackBytesMax, nil)
        unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(jitStack))
        unsafe pcre2_set_heap_limit_8(context, UInt32(clamping: limits.heapKiBMax))
        unsafe pcre2_set_depth_limit_8(context, UInt32(clamping: limits.depthMax))
        unsafe pcre2_set_callout_8(context, WorkMeter.callout, meter)
    }

    deinit {
        unsafe pcre2_match_data_free_8(results)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_jit_stack_free_8(jitStack)
        unsafe meter.deallocate()
    }

    /// Renews the work that the matches of one event share.
    ///
    /// A scratch that is never told serves all its texts as one event.
    public func beginEvent() {
        eventWorkLeft = limits.eventWorkMax
        eventCheapWorkLeft = limits.eventCheapWorkMax
    }

    /// Runs code without callouts over a text that is so short that the match ends soon; `nil` when it did not.
    func runUnmetered(_ code: CompiledCode, over text: UnsafeBufferPointer<UInt8>, pairs: Int) -> MatchResult? {
        let steps = limits.unmeteredSteps(forBytes: text.count)
        let status = unsafe run(code, over: text, stepsMax: steps, workMax: .max, pairs: pairs)
        guard status == PCRE2_ERROR_MATCHLIMIT else { return MatchResult(status: status) }
        spend(steps)
        // With callouts, what is cheap would end no later.
        return eventWorkLeft == 0 ? .fault(.tooMuchWorkInEvent) : nil
    }

    /// Runs code with callouts over a text, and takes what is not cheap from the work of the event.
    func runMetered(_ code: CompiledCode, over text: UnsafeBufferPointer<UInt8>, pairs: Int) -> MatchResult {
        let cheapMax = limits.cheapWork(forBytes: text.count)
        let cheap = max(limits.cheapWorkMin, min(cheapMax, eventCheapWorkLeft))
        // A match that has the work of an event to itself and uses it up is too much by itself.
        let own = min(limits.work(forBytes: text.count), Self.sum(cheapMax, limits.eventWorkMax))
        let workMax = min(own, Self.sum(cheap, eventWorkLeft))
        let status = unsafe run(code, over: text, stepsMax: limits.stepsMax, workMax: workMax, pairs: pairs)
        let used = workMax - max(0, unsafe meter.pointee.left)
        eventCheapWorkLeft = max(0, eventCheapWorkLeft - min(used, cheap))
        spend(used - cheap)
        let isForTheEvent = status == PCRE2_ERROR_CALLOUT && workMax < own
        return isForTheEvent ? .fault(.tooMuchWorkInEvent) : MatchResult(status: status)
    }

    /// The work that code with callouts takes over a text, apart from the work of the event; `nil` when it is more than allowed.
    func work(of code: CompiledCode, over text: UnsafeBufferPointer<UInt8>, workMax: Int) -> Int? {
        let status = unsafe run(code, over: text, stepsMax: limits.stepsMax, workMax: workMax, pairs: 1)
        if case .fault = MatchResult(status: status) { return nil }
        return workMax - max(0, unsafe meter.pointee.left)
    }

    /// Runs code that is too large for callouts over any text; only PCRE2's own limit for each starting place holds it.
    func runUnmeterable(_ code: CompiledCode, over text: UnsafeBufferPointer<UInt8>, pairs: Int) -> MatchResult {
        let steps = min(limits.stepsMax, max(1, eventWorkLeft))
        let status = unsafe run(code, over: text, stepsMax: steps, workMax: .max, pairs: pairs)
        guard status == PCRE2_ERROR_MATCHLIMIT else { return MatchResult(status: status) }
        spend(steps)
        return .fault(steps < limits.stepsMax ? .tooMuchWorkInEvent : .tooMuchWork)
    }

    private static func sum(_ one: Int, _ other: Int) -> Int {
        let sum = one.addingReportingOverflow(other)
        return sum.overflow ? .max : sum.partialValue
    }

    private func spend(_ work: Int) {
        eventWorkLeft = max(0, eventWorkLeft - max(0, work))
    }

    /// Runs compiled code over a text; returns PCRE2's status.
    ///
    /// The text is valid UTF-8, so PCRE2 does not check it again.
    private func run(
        _ code: borrowing CompiledCode,
        over text: UnsafeBufferPointer<UInt8>,
        stepsMax: Int,
        workMax: Int,
        pairs: Int
    ) -> Int32 {
        guard pairs <= pairsMax || growResults(to: pairs) else { return PCRE2_ERROR_NOMEMORY }
        unsafe meter.pointee = WorkMeter(left: workMax)
        unsafe pcre2_set_match_limit_8(context, UInt32(clamping: stepsMax))
        return unsafe pcre2_match_8(
            code.pointer,
            text.baseAddress,
            text.count,
            0,
            PCRE2_NO_UTF_CHECK,
            results,
            context
        )
    }

    /// The bytes of the text that a group took in the last match; `nil` for a group that took no part.
    func range(ofGroup number: Int) -> Range<Int>? {
        guard number < pairsMax, let vector = unsafe pcre2_get_ovector_pointer_8(results) else { return nil }
        let start = unsafe vector[2 * number]
        let end = unsafe vector[2 * number + 1]
        // PCRE2_UNSET is all ones, which Swift's signed sizes show as -1.
        guard start >= 0, start <= end else { return nil }
        return start..<end
    }

    /// Makes room for more groups; returns whether there was memory for it.
    private func growResults(to pairs: Int) -> Bool {
        guard let larger = unsafe pcre2_match_data_create_8(UInt32(clamping: pairs), nil) else { return false }
        unsafe pcre2_match_data_free_8(results)
        unsafe results = unsafe larger
        pairsMax = pairs
        return true
    }
}

@available(*, unavailable)
extension MatchScratch: Sendable {}
