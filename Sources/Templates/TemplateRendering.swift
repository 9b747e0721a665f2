/// What became of a template.
public enum TemplateRendering: Hashable, Sendable {
    /// The text, with every value in its place.
    case text(String)

    /// A variable outside the sections that could have left it out has no value; the first such name.
    case missing(name: String)

    /// The text would be longer than ``TemplateLimits/renderedBytesMax``.
    case tooLong

    /// A value that no escape makes harmless in its place.
    ///
    /// The reason is the rest of a sentence that begins with the value of `name`:
    /// `would make a part of the URL's path '..'`. It holds nothing of the value.
    case refused(name: String, reason: String)
}
