/// A name in a template.
public struct TemplateReference: Hashable, Sendable {
    /// The name as written, without the spaces around it: `text`, `match.order`, `fields.a\.b`.
    public let name: String

    /// Where the name stands, in UTF-8 bytes from the start of the source.
    public let range: Range<Int>

    /// What the template does with the value.
    public let role: Role

    /// What a template does with a value.
    public enum Role: Hashable, Sendable {
        /// It writes the value, and fails without one if it gets there.
        case variable

        /// It writes the value inside a section of the same name, so it never gets there without one.
        case guardedVariable

        /// It asks whether there is a value, to write the section only then.
        case section

        /// It asks whether there is a value, to write the section only if there is none.
        case invertedSection
    }

    /// Whether a missing value can never make a rendering ``TemplateRendering/missing(name:)`` here.
    public var toleratesAbsence: Bool { role != .variable }
}
