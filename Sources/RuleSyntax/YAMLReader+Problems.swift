import Diagnostics

/// What can be wrong with a file before anybody asks what it says.
extension Diagnostic {
    static func notUTF8(_ file: SourceFile, offset: Int) -> Diagnostic {
        Diagnostic(
            .notUTF8,
            message: "'\(file.path)' is not UTF-8",
            primary: Label("this byte cannot stand here", at: Span(file, offset..<offset + 1)),
            help: "save the file as UTF-8"
        )
    }

    static func severalDocuments(_ span: Span) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML,
            message: "a second document in one file",
            primary: Label("begins here", at: span),
            help: "remove '---', or move what follows into a file of its own"
        )
    }

    static func nestedTooDeep(_ span: Span) -> Diagnostic {
        Diagnostic(
            .nestedTooDeep,
            message: "nested deeper than \(YAMLReader.Limits.depthMax) levels",
            primary: Label("one level too many", at: span)
        )
    }

    static func aliasesTooLarge(_ span: Span) -> Diagnostic {
        Diagnostic(
            .aliasesTooLarge,
            message: "the file grows beyond \(YAMLReader.Limits.nodesMax) values when its aliases are spelt out",
            primary: Label("the limit is passed here", at: span)
        )
    }

    static func unsupportedTag(_ tag: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML,
            message: "tag '\(tag)' is not part of the rule language",
            primary: Label("tagged value", at: span),
            help: "put the value in quotes if it is text"
        )
    }

    static func unknownAnchor(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownName,
            message: "unknown anchor '\(name)'",
            primary: Label("nothing above is marked '&\(name)'", at: span)
        )
    }

    static func complexKey(_ key: YAMLNode) -> Diagnostic {
        let isTemplate = key.span.text.hasPrefix("{")
        return Diagnostic(
            .unsupportedYAML,
            message: "a key must be text",
            primary: Label("this is \(key.kindName)", at: key.span),
            help: isTemplate ? "put a template in quotes: \"{\(key.firstLineText)}\"" : nil
        )
    }

    static func mergeKey(_ span: Span) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML,
            message: "merge keys are not part of YAML 1.2",
            primary: Label("would be read as a key named '<<'", at: span),
            help: "write the keys out, or use an alias for the whole value"
        )
    }

    static func duplicateKey(_ name: String, first: Span, second: Span) -> Diagnostic {
        Diagnostic(
            .duplicateKey,
            message: "key '\(name)' stands twice",
            primary: Label("second time", at: second),
            context: [Label("first time", at: first)],
            help: "keep one of them"
        )
    }

    static func unreadableYAML(_ problem: String, at span: Span, context: [Label] = []) -> Diagnostic {
        Diagnostic(
            .yamlSyntax,
            message: "not YAML: \(problem)",
            primary: Label("nothing after this place was read", at: span),
            context: context,
            help: YAMLReader.cure(for: problem)
        )
    }
}

extension YAMLNode {
    /// The source of the value as far as its first line goes.
    fileprivate var firstLineText: String {
        String(span.text.prefix { !$0.isNewline })
    }
}

extension YAMLReader {
    /// What stands at the place where libyaml began to read what it could not finish.
    static func plainWords(for note: String) -> String {
        switch note {
        case "while parsing a flow sequence": "the list opened here is not closed before that"
        case "while parsing a flow mapping": "the mapping opened here is not closed before that"
        case "while scanning a quoted scalar", "while parsing a quoted scalar": "the quoted text begins here"
        case "while parsing a block collection": "the list begins here"
        case "while parsing a block mapping": "the mapping begins here"
        case "while scanning a plain scalar", "while scanning a block scalar": "the text begins here"
        case "while scanning a simple key": "a key without ':'"
        default: note
        }
    }

    /// What usually helps, by libyaml's own words for the problem.
    static func cure(for problem: String) -> String? {
        switch problem {
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "indent with spaces, never with tabs"
        case "found character that cannot start any token":
            "indent with spaces, never with tabs; put text that begins with '@', '`' or '%' in quotes"
        case "mapping values are not allowed in this context":
            "put text that holds ': ' in quotes, and check the indentation of this line"
        case "did not find expected key", "did not find expected '-' indicator":
            "check the indentation of this line against the lines above"
        case "found unknown escape character":
            "in double quotes YAML reads backslashes itself; put the text in single quotes: '\\d+'"
        case "did not find expected ',' or '}'": "close the bracket '{', or put a comma between two entries"
        case "did not find expected ',' or ']'": "close the bracket '[', or put a comma between two entries"
        case "found unexpected end of stream": "a quote is not closed"
        case "control characters are not allowed":
            "remove the control character, or write it as an escape in double quotes"
        default: nil
        }
    }
}
