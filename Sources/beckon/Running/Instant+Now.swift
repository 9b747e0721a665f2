import Events
import Foundation

extension Instant {
    /// What the clock on the wall shows; only commands look at it, and hand on what they saw.
    static var now: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}
