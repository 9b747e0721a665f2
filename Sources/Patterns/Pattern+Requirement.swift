extension Pattern {
    /// What a text must hold for the pattern to be able to match it; `nil` when any text may.
    public var requirement: TextRequirement? { nil }
}
