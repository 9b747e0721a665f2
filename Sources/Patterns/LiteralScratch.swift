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
            unsafe scan(utf8, forms: TextForm.allBits)
            unsafe giveFound(in: utf8, forms: [])
        } else {
            let forms = unsafe scanForms(of: utf8)
            unsafe giveFound(in: utf8, forms: forms)
        }
        return unsafe UnsafeBufferPointer(rebasing: ids[..<idCount])
    }

    /// Gives the ids of all alternatives of which the key was found, and of those without one, if the text has the rest.
    private func giveFound(in utf8: UnsafeBufferPointer<UInt8>, forms: [[UInt8]]) {
        let plan = index.plan
        let search = unsafe hits.pointee.search
        var summary = TextSummary()
        var isKnown = false
        for place in 0..<(unsafe hits.pointee.foundCount) {
            for place in plan.alternativesOfKeys.places(of: unsafe hits.pointee.found[place]) {
                let alternative = plan.alternativesOfKeys[place]
                if alternative.hasFilter {
                    if !isKnown { summary = unsafe self.summary(of: utf8, forms: forms) }
                    isKnown = true
                    guard summary.passes(alternative.filter, of: plan) else { continue }
                }
                give(Int(alternative.requirement), in: search)
            }
        }
        guard !plan.unkeyedFilters.isEmpty else { return }
        if !isKnown { summary = unsafe self.summary(of: utf8, forms: forms) }
        for number in plan.unkeyedFilters.indices where summary.passes(plan.unkeyedFilters[number], of: plan) {
            for place in plan.unkeyed.places(of: number) { give(Int(plan.unkeyed[place]), in: search) }
        }
    }

    /// Looks at the text once for all that alternatives ask about it.
    private func summary(of utf8: UnsafeBufferPointer<UInt8>, forms: [[UInt8]]) -> TextSummary {
        var summary = TextSummary()
        if index.plan.asksForCharacters { unsafe summary.add(characters: utf8) }
        if forms.isEmpty { unsafe summary.add(form: utf8) }
        for form in forms { unsafe form.withUnsafeBufferPointer { unsafe summary.add(form: $0) } }
        return summary
    }

    private func give(_ id: Int, in search: UInt32) {
        guard unsafe given[id] != search else { return }
        unsafe given[id] = search
        unsafe ids[idCount] = UInt32(id)
        idCount += 1
    }

    /// Searches the forms of a text that is not plain, and returns them.
    private func scanForms(of utf8: UnsafeBufferPointer<UInt8>) -> [[UInt8]] {
        let text = unsafe String(decoding: utf8, as: UTF8.self)
        let wanted = index.plan.forms
        var forms: [[UInt8]] = []
        if wanted.contains(.caseFolded) {
            let folded = Array(TextFolding.caseFolded(text).utf8)
            scan(folded, as: .caseFolded)
            forms.append(folded)
        }
        guard wanted.contains(.folded) || wanted.contains(.accentless) else { return forms }
        let folded = FoldedText(text)
        scan(folded.bytes, as: .folded)
        forms.append(folded.bytes)
        if wanted.contains(.accentless) {
            scan(folded.withoutAccents.bytes, as: .accentless)
            forms.append(folded.withoutAccents.bytes)
        }
        return forms
    }

    private func scan(_ bytes: [UInt8], as form: TextForm) {
        unsafe bytes.withUnsafeBufferPointer { unsafe scan($0, forms: form.bit) }
    }

    /// Searches one form of a text.
    private func scan(_ utf8: UnsafeBufferPointer<UInt8>, forms: UInt8) {
        guard let database = index.database, let text = utf8.baseAddress, !utf8.isEmpty else { return }
        unsafe hits.pointee.beginForm(utf8, forms: forms)
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
