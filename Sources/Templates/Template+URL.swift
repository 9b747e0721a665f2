extension Template {
    /// Why values could change where the URL that this template is leads to; `nil` when they cannot.
    ///
    /// The scheme and the host must stand complete before the first tag, ended by `/`, `?` or `#`: percent-encoding cannot
    /// keep `.evil.example` from becoming a part of the host. Behind them ``TemplatePlace/urlPathSegment`` protects every
    /// value. Whether the text is a URL at all is not checked, nor anything of a template without tags.
    public func problemAsURL() -> TemplateProblem? {
        var prefix = ""
        for part in parts {
            switch part {
            case .literal(let text): prefix += text
            case .variable(_, let tag), .section(_, _, _, let tag):
                return Self.holdsHost(prefix) ? nil : .beforePath(at: tag)
            }
        }
        return nil
    }

    /// Whether a text holds `scheme://host` and what ends it.
    private static func holdsHost(_ text: String) -> Bool {
        let scheme = text.utf8.prefix { $0 != UInt8(ascii: "/") }
        let rest = text.utf8.dropFirst(scheme.count)
        guard scheme.last == UInt8(ascii: ":"), rest.starts(with: "//".utf8) else { return false }
        let host = rest.dropFirst(2)
        let end = host.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        return end.map { $0 > host.startIndex } ?? false
    }
}

extension TemplateProblem {
    fileprivate static func beforePath(at tag: Range<Int>) -> Self {
        Self(
            at: tag,
            "has a tag before the path of the URL, where it could change the host",
            cure: "write the whole 'https://host/' before the first tag"
        )
    }
}
