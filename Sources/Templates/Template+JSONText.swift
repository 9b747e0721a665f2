extension Template {
    /// Why values could change the shape of the JSON text that this template is; `nil` when they cannot.
    ///
    /// Escapes for ``TemplatePlace/jsonString`` protect a value only inside a string literal that the template has opened.
    /// This finds the first value that stands anywhere else, behind an unfinished escape or in the name of a member, and
    /// the first section that is not either inside or outside a literal as a whole. Whether the text is JSON at all is not
    /// checked.
    public func problemAsJSONText() -> TemplateProblem? {
        var scan = JSONScan()
        var sections: [(end: Int, before: JSONScan, tag: Range<Int>)] = []
        func crossing(at place: Int) -> TemplateProblem? {
            while let section = sections.last, section.end == place {
                guard section.before.position == scan.position else { return .crossesLiteral(at: section.tag) }
                // Without the section, what stood before it meets what follows.
                if scan.value == nil { scan.value = section.before.value }
                sections.removeLast()
            }
            return nil
        }

        for (place, part) in parts.enumerated() {
            if let problem = crossing(at: place) { return problem }
            switch part {
            case .literal(let text):
                if let name = scan.take(text) { return .memberName(at: name) }
            case .variable(_, let tag):
                guard scan.position == .inLiteral else { return .outsideLiteral(at: tag, scan.position) }
                if scan.value == nil { scan.value = tag }
            case .section(_, _, let end, let tag):
                guard !scan.isInEscape else { return .outsideLiteral(at: tag, scan.position) }
                sections.append((end, scan, tag))
            }
        }
        return crossing(at: parts.count)
    }
}

/// Follows the string literals of a JSON text.
private struct JSONScan {
    /// Where the scan stands.
    enum Position: Equatable {
        case outside
        case inLiteral
        /// Behind a backslash.
        case inEscape
        /// Behind `\u`, with so many digits still to come.
        case inDigits(left: Int)
    }

    private(set) var position = Position.outside

    /// The tag of a value in the literal that stands open or was the last to be closed.
    var value: Range<Int>?

    /// Whether an escape has begun and not ended.
    var isInEscape: Bool { position != .outside && position != .inLiteral }

    /// Takes text of the template; answers the tag of a value that turns out to stand in the name of a member.
    mutating func take(_ text: String) -> Range<Int>? {
        for byte in text.utf8 {
            switch position {
            case .inEscape: position = byte == UInt8(ascii: "u") ? .inDigits(left: 4) : .inLiteral
            // An escape that breaks off makes the text no JSON, but must not hide the quote that breaks it off.
            case .inDigits(let left) where Self.isDigit(byte):
                position = left > 1 ? .inDigits(left: left - 1) : .inLiteral
            case .inDigits, .inLiteral:
                switch byte {
                case UInt8(ascii: "\\"): position = .inEscape
                case UInt8(ascii: "\""): position = .outside
                default: position = .inLiteral
                }
            case .outside:
                switch byte {
                // Where sections take turns, one literal may follow another before the colon.
                case UInt8(ascii: "\""): position = .inLiteral
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
                case UInt8(ascii: ":"): if let value { return value }
                default: value = nil
                }
            }
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension TemplateProblem {
    fileprivate static func outsideLiteral(at tag: Range<Int>, _ position: JSONScan.Position) -> Self {
        guard position == .outside else { return Self(at: tag, "has a tag behind an unfinished JSON escape") }
        return Self(
            at: tag,
            "has a value outside a JSON string, where it could add to the request",
            cure: "put the tag in double quotes"
        )
    }

    fileprivate static func memberName(at tag: Range<Int>) -> Self {
        Self(at: tag, "has a value in the name of a JSON member, where it could replace another one")
    }

    fileprivate static func crossesLiteral(at tag: Range<Int>) -> Self {
        Self(at: tag, "has a section that begins or ends a JSON string without ending or beginning it")
    }
}
