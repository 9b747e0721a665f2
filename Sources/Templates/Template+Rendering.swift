extension Template {
    /// Puts values into the template.
    ///
    /// `value` is asked at most once for each name, and only for names that the rendering gets to; `nil` means that there
    /// is no value. An empty value makes its variable render as nothing and counts as none for sections. When several
    /// things go wrong, the first from the left is the answer.
    public func render(for place: TemplatePlace, value: (String) -> String?) -> TemplateRendering {
        var values: [String??] = Array(repeating: nil, count: names.count)
        func valueOnce(of name: Int) -> String? {
            if let known = values[name] { return known }
            let found = value(names[name])
            values[name] = .some(found)
            return found
        }

        var text = ""
        var path = place == .urlPathSegment ? PathSegment() : nil
        var next = 0
        while next < parts.count {
            let part = parts[next]
            next += 1
            switch part {
            case .literal(let literal):
                text += literal
                if let refusal = path?.take(literal: literal) { return refused(refusal) }
            case .variable(let name, _):
                guard let value = valueOnce(of: name) else { return .missing(name: names[name]) }
                let start = text.utf8.count
                place.append(value, to: &text)
                path?.take(value: text.utf8.dropFirst(start), of: name)
            case .section(let name, let isInverted, let end, _):
                let isFilled = valueOnce(of: name)?.isEmpty == false
                if isFilled == isInverted { next = end }
            }
            guard text.utf8.count <= TemplateLimits.renderedBytesMax else { return .tooLong }
        }
        if let refusal = path?.end() { return refused(refusal) }
        return .text(text)
    }

    private func refused(_ refusal: PathSegment.Refusal) -> TemplateRendering {
        .refused(name: names[refusal.name], reason: refusal.reason)
    }
}
