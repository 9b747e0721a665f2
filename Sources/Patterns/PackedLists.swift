/// Lists one behind the other in memory, so that reading one of them is reading on.
///
/// The object owns the memory, which is never written to after it was filled.
@safe
final class PackedLists<Element: BitwiseCopyable & Sendable> {
    private let starts: UnsafeMutableBufferPointer<UInt32>
    private let elements: UnsafeMutableBufferPointer<Element>

    /// Puts elements in order: each stands in the list with its number.
    init(_ pairs: [(list: Int, element: Element)], count: Int) {
        unsafe starts = .allocate(capacity: count + 2)
        unsafe starts.initialize(repeating: 0)
        unsafe elements = .allocate(capacity: pairs.count)
        // Counted two places ahead, so that filling the lists leaves each start where the list before it ends.
        for pair in pairs { unsafe starts[pair.list + 2] += 1 }
        for list in 0..<count { unsafe starts[list + 2] += starts[list + 1] }
        for pair in pairs {
            let place = unsafe Int(starts[pair.list + 1])
            unsafe elements.initializeElement(at: place, to: pair.element)
            unsafe starts[pair.list + 1] += 1
        }
    }

    deinit {
        unsafe starts.deallocate()
        unsafe elements.deallocate()
    }

    /// The elements of a list, as long as this object lives.
    @inline(__always)
    subscript(list: Int) -> UnsafeBufferPointer<Element> {
        let start = unsafe Int(starts[list])
        let end = unsafe Int(starts[list + 1])
        return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(elements)[start..<end])
    }
}

// Nothing writes to the memory after the initialiser.
extension PackedLists: @unchecked Sendable {}
