extension TextRequirement {
    /// What a text must hold in which one of some literals is found, wherever and whether letter case counts or not.
    ///
    /// The same holds for texts that begin with one of them, end with one or are one. `nil` when a literal is empty or there is
    /// none.
    public static func containing(anyOf literals: [String]) -> TextRequirement? {
        TextRequirement(
            alternatives: literals.map { LiteralPiece(bytes: Array(TextFolding.caseFolded($0).utf8)).needs }
        )
    }
}
