internal import CPCRE2

/// Counts the work of one match and ends it when there was too much.
///
/// PCRE2's limits count only some steps, anew for each starting place, and know no time; a clock would make the same
/// input give different answers. So a pattern that does not finish quickly is compiled once more with a callout before
/// each of its items, and each call counts as the distance that the match has moved since the last one, plus a share for
/// the call itself. What lies between two calls is one item, which reads the text at most once, and in one direction. The
/// count depends on nothing but pattern and text.
struct WorkMeter {
    /// What is left of the work allowed.
    var left: Int

    private var position = 0

    /// What one callout counts, in units of one byte read: a callout was measured to take some 12 ns.
    private static let workPerCall = 10

    init(left: Int) {
        self.left = left
    }

    /// Counts the move to a place in the text; returns whether the match may go on.
    mutating func move(to place: Int) -> Bool {
        left -= abs(place - position) + Self.workPerCall
        position = place
        return left > 0
    }

    /// The function that PCRE2 calls; its second argument is the meter of the match.
    static let callout:
        @convention(c) (UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?) -> Int32 = {
            block,
            meter in
            guard let block = unsafe block, let meter = unsafe meter else { return 0 }
            let place = unsafe block.pointee.current_position
            let mayGoOn = unsafe meter.assumingMemoryBound(to: WorkMeter.self).pointee.move(to: place)
            return mayGoOn ? 0 : PCRE2_ERROR_CALLOUT
        }
}
