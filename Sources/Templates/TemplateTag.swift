/// A tag as it stands in a source.
struct TemplateTag {
    let kind: Kind

    /// From the first brace to behind the last.
    let range: Range<Int>

    /// The name, without the spaces around it.
    let name: Range<Int>

    /// What a tag is for.
    enum Kind {
        case variable
        case section
        case invertedSection
        case close
    }
}
