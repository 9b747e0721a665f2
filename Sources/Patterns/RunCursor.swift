/// Finds where runs of one class of scalars end, each run read once as long as it is asked in ascending order.
struct RunCursor {
    private let scalarClass: ScalarClass
    private var start = 0
    private var end = 0

    init(of scalarClass: ScalarClass) {
        self.scalarClass = scalarClass
    }

    /// Where the run ends that begins at `index`: `index` itself when there is none.
    mutating func end(in text: [UInt8], from index: Int) -> Int {
        if start <= index, index < end { return end }
        start = index
        end = index
        while end < text.count {
            let (scalar, next) = text.scalar(at: end)
            guard ScalarClass(of: scalar).contains(scalarClass) else { break }
            end = next
        }
        return end
    }
}
