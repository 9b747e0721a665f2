internal import CVectorscan

/// The memory in which one thread searches with one index.
///
/// A scratch belongs to one thread at a time.
@safe
public final class LiteralScratch {
    let index: LiteralIndex

    private let vectorscan: OpaquePointer?

    /// The literals that were found; all that the callback of a search sees.
    private let hits: UnsafeMutablePointer<FoundNumbers>

    /// The requirements that follow from them.
    private let answer: UnsafeMutablePointer<FoundNumbers>

    /// Room for the words of a text.
    private var words: UnsafeMutableBufferPointer<UInt8>

    /// Creates the memory of one thread.
    public init(for index: LiteralIndex) {
        self.index = index
        var vectorscan: OpaquePointer?
        for search in [index.words, index.caseFolded] {
            guard let search else { continue }
            // The memory of one search grows to that of another.
            let status = unsafe hs_alloc_scratch(search.database.pointer, &vectorscan)
            precondition(status == HS_SUCCESS, "there is no memory left for the scratch of a thread")
        }
        unsafe self.vectorscan = unsafe vectorscan
        let literalCount = max(index.words?.literalCount ?? 0, index.caseFolded?.literalCount ?? 0)
        unsafe words = .allocate(capacity: 1_024)
        unsafe words.initialize(repeating: 0)
        unsafe hits = .allocate(capacity: 1)
        unsafe hits.initialize(to: FoundNumbers(below: literalCount))
        unsafe answer = .allocate(capacity: 1)
        unsafe answer.initialize(to: FoundNumbers(below: index.requirementCount))
    }

    deinit {
        unsafe hs_free_scratch(vectorscan)
        unsafe hits.pointee.deallocate()
        unsafe hits.deallocate()
        unsafe answer.pointee.deallocate()
        unsafe answer.deallocate()
        unsafe words.deallocate()
    }

    /// All ids, for when nothing can be ruled out.
    func everything() -> UnsafeBufferPointer<UInt32> {
        unsafe answer.pointee.begin()
        unsafe answer.pointee.addAll()
        return unsafe answer.pointee.all
    }

    /// Searches a text; see ``LiteralIndex/search(_:scratch:)``.
    func search(_ text: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt32> {
        unsafe answer.pointee.begin()
        var text = unsafe SearchedText(text.assumingMemoryBound(to: UInt8.self))
        let form = unsafe ASCIIWords.write(text.utf8, to: roomForWords(ASCIIWords.bytesMax(of: text.utf8.count)))
        if form.isASCII {
            searchWords(form.count, forms: TextForm.bitsOfWords, &text)
            if let search = index.caseFolded { unsafe scan(text.utf8, for: search, forms: search.forms, &text) }
        } else {
            searchForms(of: &text)
        }
        for alternative in index.unkeyed { give(alternative, &text) }
        return unsafe answer.pointee.all
    }

    /// Room for a words form, behind which something may be read.
    private func roomForWords(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if unsafe words.count < count + WordHash.slack {
            unsafe words.deallocate()
            unsafe words = .allocate(capacity: 2 * (count + WordHash.slack))
            unsafe words.initialize(repeating: 0)
        }
        guard let start = unsafe words.baseAddress else { preconditionFailure("there is always room for some words") }
        return unsafe start
    }

    /// Searches the forms of a text that is not wholly ASCII.
    private func searchForms(of text: inout SearchedText) {
        let string = unsafe String(decoding: text.utf8, as: UTF8.self)
        let wanted = (index.phrases?.forms ?? 0) | (index.words?.forms ?? 0) | (index.caseFolded?.forms ?? 0)
        if wanted & (TextForm.caseFolded.bit | TextForm.caseFoldedWords.bit) != 0 {
            let folded = Array(TextFolding.caseFolded(string).utf8)
            if let search = index.caseFolded {
                unsafe folded.withUnsafeBufferPointer { unsafe scan($0, for: search, forms: search.forms, &text) }
            }
            if wanted & TextForm.caseFoldedWords.bit != 0 {
                searchWords(ASCIIWords.words(of: folded), as: .caseFoldedWords, &text)
            }
        }
        guard wanted & (TextForm.words.bit | TextForm.accentlessWords.bit) != 0 else { return }
        let folded = FoldedText(string)
        if wanted & TextForm.words.bit != 0 { searchWords(WordCutter.words(of: folded.bytes), as: .words, &text) }
        guard wanted & TextForm.accentlessWords.bit != 0 else { return }
        searchWords(WordCutter.words(of: folded.withoutAccents.bytes), as: .accentlessWords, &text)
    }

    private func searchWords(_ bytes: [UInt8], as form: TextForm, _ text: inout SearchedText) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe roomForWords(bytes.count).update(from: start, count: bytes.count)
        }
        searchWords(bytes.count, forms: form.bit, &text)
    }

    /// Looks for phrases and for parts of words in the words form that the scratch holds.
    private func searchWords(_ count: Int, forms: UInt8, _ text: inout SearchedText) {
        let words = unsafe UnsafeBufferPointer(rebasing: self.words[..<count])
        if let phrases = index.phrases, phrases.forms & forms != 0 {
            unsafe phrases.visit(words) { unsafe give(phrases.alternatives[$0], forms: forms, &text) }
        }
        if let search = index.words, search.forms & forms != 0 {
            unsafe scan(words, for: search, forms: forms, &text)
        }
    }

    /// Searches what is a text in some forms, and gives the requirements that follow from it.
    private func scan(
        _ utf8: UnsafeBufferPointer<UInt8>,
        for search: LiteralSearch,
        forms: UInt8,
        _ text: inout SearchedText
    ) {
        guard let start = utf8.baseAddress, !utf8.isEmpty else { return }
        unsafe hits.pointee.begin()
        let status = unsafe start.withMemoryRebound(to: CChar.self, capacity: utf8.count) { start in
            unsafe hs_scan(
                search.database.pointer,
                start,
                UInt32(utf8.count),
                0,
                vectorscan,
                { literal, _, _, _, context in
                    unsafe context?.assumingMemoryBound(to: FoundNumbers.self).pointee.add(literal)
                    return 0
                },
                hits
            )
        }
        precondition(status == HS_SUCCESS, "the literal search gave up in the middle of a text")
        let found = unsafe hits.pointee.all
        for place in found.indices {
            unsafe give(search.alternatives[Int(found[place])], forms: forms, &text)
        }
    }

    /// Gives the requirements of the alternatives that a literal in one of some forms decides.
    @inline(__always)
    private func give(
        _ alternatives: UnsafeBufferPointer<LiteralPlan.Alternative>,
        forms: UInt8,
        _ text: inout SearchedText
    ) {
        for place in alternatives.indices where unsafe alternatives[place].form & forms != 0 {
            unsafe give(alternatives[place], &text)
        }
    }

    /// Gives the requirement of an alternative if the text has the characters that it needs.
    @inline(__always)
    private func give(_ alternative: LiteralPlan.Alternative, _ text: inout SearchedText) {
        if alternative.characters >= 0 {
            let present = text.characters
            guard index.characters[Int(alternative.characters)].allSatisfy({ $0.meets(present) }) else { return }
        }
        unsafe answer.pointee.add(alternative.requirement)
    }
}

@available(*, unavailable)
extension LiteralScratch: Sendable {}

/// A text while it is searched.
@safe
private struct SearchedText {
    let utf8: UnsafeBufferPointer<UInt8>

    /// The characters that the text has, looked for when an alternative asks first.
    lazy var characters = unsafe TextCharacters(in: utf8)

    init(_ utf8: UnsafeBufferPointer<UInt8>) {
        unsafe self.utf8 = unsafe utf8
    }
}
