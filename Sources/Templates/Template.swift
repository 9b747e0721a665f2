/// A text with places for values: the small part of Mustache that settings of actions are written in.
///
/// `{{name}}` stands for a value, `{{#name}}…{{/name}}` for text that is written when the value is there and not empty,
/// `{{^name}}…{{/name}}` for text that is written when it is not. Everything else of Mustache is refused when a template
/// is read, and a value that is missing ends the rendering instead of leaving a hole in a sentence to a customer.
///
/// A value is escaped for the place it goes to, once, and never read as a template; the text around it is the author's
/// and stays as written. What a name means is the business of whoever renders.
///
/// ```swift
/// let template = try Template(parsing: "Hi {{name}}{{#match.order}}, about order {{match.order}}{{/match.order}}")
/// template.render(for: .plain) { ["name": "Kiran"][$0] }  // .text("Hi Kiran")
/// template.render(for: .plain) { _ in nil }  // .missing(name: "name")
/// ```
///
/// A section tag that stands alone on its line, but for spaces and tabs, is removed with its line, as the Mustache
/// specification asks: templates of several lines get no blank ones. Reading takes time in proportion to the length of
/// the source, whatever it holds.
public struct Template: Sendable {
    /// The template as it was written.
    public let source: String

    /// Every name that stands in a variable or opens a section, in written order.
    public let references: [TemplateReference]

    /// What the template is made of, in written order.
    let parts: [Part]

    /// The different names, byte by byte; parts refer to them by position.
    let names: [String]

    /// A piece of a template.
    enum Part: Sendable {
        /// Text as the author wrote it.
        case literal(String)
        /// A place for a value; `tag` is where it stands in the source.
        case variable(name: Int, tag: Range<Int>)
        /// The beginning of a section that ends before the part at `end`.
        case section(name: Int, isInverted: Bool, end: Int, tag: Range<Int>)
    }

    /// Reads a template.
    ///
    /// Reports the first problem from the left; a section that is never closed comes last.
    public init(parsing source: String) throws(TemplateProblem) {
        var parser = TemplateParser(source)
        try parser.parse()
        self.source = source
        references = parser.references
        parts = parser.parts
        names = parser.names
    }

    /// The text that every rendering gives, when the template holds no tags.
    public var constantText: String? { references.isEmpty ? source : nil }

    /// Whether the first character of a rendering may come from a value.
    ///
    /// A command-line argument with this property can begin with a dash that no author wrote, and be taken for an option.
    /// An answer of `false` is certain; `true` also covers sections that could only be left out together.
    public var canBeginWithValue: Bool {
        var isCovered = false
        var sections: [(end: Int, isCoveredBefore: Bool)] = []
        for (place, part) in parts.enumerated() {
            while let section = sections.last, section.end == place {
                isCovered = section.isCoveredBefore
                sections.removeLast()
            }
            switch part {
            case .literal: isCovered = true
            case .variable: if !isCovered { return true }
            case .section(_, _, let end, _): sections.append((end, isCovered))
            }
        }
        return false
    }
}

extension Template: Hashable {
    /// Two templates are equal when their sources are the same byte by byte, since so are then their renderings.
    public static func == (one: Template, other: Template) -> Bool {
        one.source.utf8.elementsEqual(other.source.utf8)
    }

    /// Mixes the source into a hash.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
    }
}
