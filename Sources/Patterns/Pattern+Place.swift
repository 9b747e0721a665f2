extension Pattern {
    /// Where the first match lies, in UTF-8 bytes of the text; `nil` when there is none or it could not be decided.
    ///
    /// For showing people what matched; ``matches(_:scratch:)`` is quicker.
    public func place(in text: String, scratch: MatchScratch) -> Range<Int>? {
        guard case .match = captures(text, scratch: scratch) else { return nil }
        return scratch.range(ofGroup: 0)
    }
}
