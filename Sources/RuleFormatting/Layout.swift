import RuleSyntax

/// How a rule file is laid out: its blocks, with the comments and blank lines that belong to each part.
///
/// The tree says what a file means and where everything stands; the layout adds what stands between. All places are byte
/// ranges of the file's text, so a part that is written again is copied and never composed anew.
struct Layout {
    /// What stands above the root.
    var head: [Trivia] = []

    /// The root, as the value of an entry without a key.
    var root = Entry()

    /// What stands below the root.
    var tail: [Trivia] = []
}

/// What a file holds beside its values.
enum Trivia: Equatable {
    /// One blank line or several.
    case blank
    /// A comment on a line of its own, from `#` to its last visible character.
    case comment(Range<Int>)
    /// A directive or the mark of a document, with the comment at the end of its line.
    case marker(Range<Int>, comment: Range<Int>?)
}

/// One `key: value` or one item of a list.
struct Entry {
    /// The comments and blank lines above it.
    var leading: [Trivia] = []

    /// The key as written; `nil` for an item.
    var key: Range<Int>?

    /// The key's text, quotes resolved.
    var name = ""

    /// An anchor of the value, with its `&`.
    var anchor: Range<Int>?

    /// The comment at the end of the line of the key or dash, where the value begins below or is absent.
    var lineComment: Range<Int>?

    /// The comments between the key or dash and a value that is no block, or below a key without a value.
    var between: [Trivia] = []

    /// The value.
    var value = Value.empty

    /// The comment behind the value, on its last line.
    var trailing: Range<Int>?

    /// The value in the tree, where it has one.
    var node: YAMLNode?
}

/// The value of an entry.
indirect enum Value {
    /// Nothing is written.
    case empty
    /// A value that is moved as a whole.
    case leaf(Leaf)
    /// A mapping or list in block style.
    case block(Block)
}

/// A mapping or list in block style.
struct Block {
    /// The column of its keys or dashes, from 0.
    var column: Int

    /// Its entries in order.
    var entries: [Entry]

    /// The comments behind the last entry that stand in this block's column or deeper.
    var tail: [Trivia]

    /// Whether a blank line stands between the entries.
    var isSpaced = false
}

/// A value that is moved as a whole.
struct Leaf {
    /// What the value is.
    enum Form {
        /// A scalar or an alias, on one line or several.
        case text(YAMLScalar.Style)
        /// A mapping or list in brackets.
        case flow(YAMLNode)
        /// A block scalar; its text stands in whole lines below the header.
        case lines(BlockScalar)
    }

    /// Where the value stands, without its anchor.
    var range: Range<Int>

    /// What the value is.
    var form: Form

    /// The column in which it begins.
    var column: Int

    /// The column of the block that holds it; -2 for the root.
    var ownerColumn: Int

    /// Whether it begins on a line below its key.
    var isBelowKey: Bool
}

/// A scalar written with `|` or `>`.
struct BlockScalar {
    /// The style and the indicators, such as `|2-`.
    var header: Range<Int>

    /// The comment behind the header.
    var comment: Range<Int>?

    /// The lines of the text, those at the end that are content included.
    var content: Range<Int>

    /// How many spaces at the start of each line belong to the file and not to the text.
    var indentation: Int

    /// The indentation that the header states, beyond that of the block around.
    var stated: Int?

    /// Whether blank lines at the end are part of the text.
    var keepsBlankLines: Bool

    /// Whether the file ends with the text's last line and no line feed, so that the text has none either.
    var endsWithoutLineFeed: Bool
}
