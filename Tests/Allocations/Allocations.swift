internal import CAllocations

/// Whether ``countAllocations(_:)`` works here: with glibc, without a sanitizer.
///
/// Tests that count are skipped elsewhere: `.enabled(if: allocationsCanBeCounted, "…")`.
package let allocationsCanBeCounted = callocations_can_count()

/// How often the thread asks for memory in the course of a call.
///
/// A debug build makes metadata of generic types at their first use: run what is measured once before.
package func countAllocations(_ body: () throws -> Void) rethrows -> Int {
    callocations_begin()
    defer { _ = callocations_end() }
    try body()
    return callocations_end()
}
