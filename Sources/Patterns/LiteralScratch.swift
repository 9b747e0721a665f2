internal import CVectorscan

/// The memory in which one thread searches with one index.
///
/// A scratch belongs to one thread at a time.
@safe
public final class LiteralScratch {
    let index: LiteralIndex

    private let vectorscan: OpaquePointer?

    /// What was found, as far as the callback of the search sees it.
    private let hits: UnsafeMutablePointer<LiteralHits>

    /// The number of the search in which a requirement was last given.
    private let given: UnsafeMutableBufferPointer<UInt32>
    private let ids: UnsafeMutableBufferPointer<UInt32>
    private var idCount = 0

    /// Creates the memory of one thread.
    public init(for index: LiteralIndex) {
        self.index = index
        var vectorscan: OpaquePointer?
        if let database = index.database {
            let status = unsafe hs_alloc_scratch(database.pointer, &vectorscan)
            precondition(status == HS_SUCCESS, "there is no memory left for the scratch of a thread")
        }
        unsafe self.vectorscan = unsafe vectorscan
        unsafe hits = .allocate(capacity: 1)
        unsafe hits.initialize(to: LiteralHits(for: index.plan))
        let count = index.plan.requirementCount
        unsafe given = .allocate(capacity: count)
        unsafe given.initialize(repeating: 0)
        unsafe ids = .allocate(capacity: count)
        unsafe ids.initialize(repeating: 0)
    }

    deinit {
        unsafe hs_free_scratch(vectorscan)
        unsafe hits.pointee.deallocate()
        unsafe hits.deallocate()
        unsafe given.deallocate()
        unsafe ids.deallocate()
    }

    /// All ids, for when nothing can be ruled out.
    func everything() -> UnsafeBufferPointer<UInt32> {
        for id in unsafe ids.indices { unsafe ids[id] = UInt32(id) }
        return unsafe UnsafeBufferPointer(ids)
    }

    /// Searches a text; see ``LiteralIndex/search(_:scratch:)``.
    func search(_ text: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt32> {
        unsafe hits.pointee.beginText { unsafe given.update(repeating: 0) }
        idCount = 0
        let utf8 = unsafe text.assumingMemoryBound(to: UInt8.self)
        if unsafe PlainText.isPlain(utf8) {
            unsafe scan(utf8, as: Set(TextForm.allCases))
        } else {
            unsafe scanForms(of: utf8)
        }
        let plan = index.plan
        for place in 0..<(unsafe hits.pointee.foundCount) {
            let key = unsafe hits.pointee.found[place]
            for alternative in plan.alternativesOfKeys[Int(key)] {
                give(plan.alternatives[Int(alternative)])
            }
        }
        for alternative in plan.unkeyed { give(plan.alternatives[Int(alternative)]) }
        return unsafe UnsafeBufferPointer(rebasing: ids[..<idCount])
    }

    private func give(_ alternative: LiteralPlan.Alternative) {
        let id = Int(alternative.requirement)
        let search = unsafe hits.pointee.search
        guard unsafe given[id] != search else { return }
        unsafe given[id] = search
        unsafe ids[idCount] = alternative.requirement
        idCount += 1
    }

    /// Searches the forms of a text that is not plain.
    private func scanForms(of utf8: UnsafeBufferPointer<UInt8>) {
        let text = unsafe String(decoding: utf8, as: UTF8.self)
        let forms = index.plan.forms
        if forms.contains(.caseFolded) { scan(Array(TextFolding.caseFolded(text).utf8), as: .caseFolded) }
        guard forms.contains(.folded) || forms.contains(.accentless) else { return }
        let folded = FoldedText(text)
        if forms.contains(.folded) { scan(folded.bytes, as: .folded) }
        if forms.contains(.accentless) { scan(folded.withoutAccents.bytes, as: .accentless) }
    }

    private func scan(_ bytes: [UInt8], as form: TextForm) {
        unsafe bytes.withUnsafeBufferPointer { unsafe scan($0, as: [form]) }
    }

    /// Searches one form of a text.
    private func scan(_ utf8: UnsafeBufferPointer<UInt8>, as forms: Set<TextForm>) {
        guard let database = index.database, let text = utf8.baseAddress, !utf8.isEmpty else { return }
        unsafe hits.pointee.beginForm(utf8, forms)
        let status = unsafe text.withMemoryRebound(to: CChar.self, capacity: utf8.count) { text in
            unsafe hs_scan(
                database.pointer,
                text,
                UInt32(utf8.count),
                0,
                vectorscan,
                { literal, _, end, _, context in
                    let hits = unsafe context?.assumingMemoryBound(to: LiteralHits.self)
                    unsafe hits?.pointee.note(Int(literal), end: Int(end))
                    return 0
                },
                hits
            )
        }
        precondition(status == HS_SUCCESS, "the literal search gave up in the middle of a text")
    }
}

@available(*, unavailable)
extension LiteralScratch: Sendable {}
