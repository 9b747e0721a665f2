/// Everything about templates that could grow, and how far it may.
///
/// At a limit of reading the answer is a ``TemplateProblem``; at the limit of rendering it is
/// ``TemplateRendering/tooLong``.
public enum TemplateLimits {
    /// The longest source, in UTF-8 bytes; no request body that a person wrote comes near.
    public static let sourceBytesMax = 1 << 18

    /// The longest name, in UTF-8 bytes.
    public static let nameBytesMax = 1 << 10

    /// How many tags a template may hold; the one that closes a section counts as well.
    public static let tagsMax = 4_096

    /// How deep sections may nest.
    public static let sectionDepthMax = 32

    /// The longest rendering, in UTF-8 bytes.
    ///
    /// As long as the longest event that is read by default, so that a customer's whole message fits once, while a
    /// template that repeats it cannot fill the memory.
    public static let renderedBytesMax = 1 << 20
}
