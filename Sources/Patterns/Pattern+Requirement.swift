extension Pattern {
    /// What a text must hold for the pattern to be able to match it; `nil` when any text may.
    ///
    /// It is told from the parts of the pattern. What these parts do not show for certain, such as what a group matched before,
    /// counts as anything; a pattern that ends matches early with `(*ACCEPT)`, or whose parts are doubtful, needs nothing.
    public var requirement: TextRequirement? {
        var reader = PatternReader(source)
        let whole = reader.read(PatternModes(isIgnoringCase: options.contains(.ignoreCase)))
        guard reader.isCertain, reader.index == reader.bytes.count else { return nil }
        let texts = PatternTexts(of: reader).texts(of: whole)
        let choice = texts.choice()
        var alternatives = choice?.alternatives ?? [[]]
        if (choice?.rarity ?? 0) < Self.rarityWithoutClasses {
            let sets = texts.classes.compactMap { TextCharacters.matched(by: $0) }.filter(\.isSelective)
            alternatives = alternatives.map { $0 + sets.map { .character($0) } }
        }
        return TextRequirement(alternatives: alternatives)
    }

    /// With literals this rare, classes are not asked about any more: it takes some ten microseconds for each.
    private static let rarityWithoutClasses = 16
}

/// Tells what the parts of a pattern match.
private struct PatternTexts {
    private let bytes: [UInt8]
    private let found: [PatternReader.Found]

    init(of reader: PatternReader) {
        bytes = reader.bytes
        found = reader.found
    }

    func texts(of part: PatternPart) -> MatchedTexts {
        guard !part.isCondition else { return MatchedTexts([.empty]) }
        switch part.role {
        case .takes: return content(of: part).repeated(part.count)
        case .asksAhead: return MatchedTexts(nothingWhere: content(of: part)).repeated(part.count)
        case .asksAheadForOther, .asksBehind: return MatchedTexts([.empty])
        }
    }

    private func content(of part: PatternPart) -> MatchedTexts {
        switch part.content {
        case .branches(let branches, _, _):
            return .oneOf(branches.map { texts(of: $0) })
        case .escape(let place):
            return MatchedTexts([found[place].kind == .noBoundary ? .empty : .parting])
        case .letter, .anything:
            if let scalar = part.scalar { return texts(of: scalar, part.modes) }
            return texts(ofBody: bytes[part.body], part.modes)
        }
    }

    /// What is known of parts side by side.
    private func texts(of parts: [PatternPart]) -> MatchedTexts {
        var result = MatchedTexts([.empty])
        // Letters of ASCII are gathered first: put together one by one they took two thirds of the time.
        var letters = LiteralPiece.empty
        for part in parts {
            if let letter = part.letterOfASCII, letters.bytes.count < MatchedTexts.pieceBytesMax {
                letters.bytes.append(letter.lowercased)
                continue
            }
            if letters != .empty { result = result.followed(by: MatchedTexts([letters])) }
            letters = .empty
            result = result.followed(by: texts(of: part))
        }
        return letters == .empty ? result : result.followed(by: MatchedTexts([letters]))
    }

    private func texts(of scalar: UInt32, _ modes: PatternModes) -> MatchedTexts {
        guard scalar < 0x80 || !modes.isIgnoringCase || FoldingVersions.agree, let character = Unicode.Scalar(scalar)
        else {
            return MatchedTexts()
        }
        return MatchedTexts([LiteralPiece(bytes: Array(TextFolding.caseFolded(String(character)).utf8))])
    }

    /// What is known of a class or escape.
    private func texts(ofBody body: ArraySlice<UInt8>, _ modes: PatternModes) -> MatchedTexts {
        let source = String(decoding: body, as: UTF8.self)
        switch source {
        case "\\s", "\\h", "\\v", "\\R", "\\W": return MatchedTexts([.gap])
        default: break
        }
        if let members = members(of: body) {
            return .oneOf(members.map { texts(of: $0, modes) })
        }
        let isClass = body.first == UInt8(ascii: "[")
        let isKnownEscape = source.first == "\\" && source.dropFirst().first.map { "dDwWNpP".contains($0) } == true
        guard isClass || isKnownEscape else { return MatchedTexts() }
        return MatchedTexts(oneOf: (modes.isIgnoringCase ? "(?i)" : "") + source)
    }

    /// The members of a class that lists a few characters literally.
    private func members(of body: ArraySlice<UInt8>) -> [UInt32]? {
        guard body.first == UInt8(ascii: "["), body.last == UInt8(ascii: "]"), body.count <= 4 * Self.membersMax else {
            return nil
        }
        var members: [UInt32] = []
        var index = body.startIndex + 1
        while index < body.endIndex - 1 {
            let (scalar, end) = body.scalar(at: index)
            // What may be more than a member of a class is left to PCRE2.
            guard !"[]\\^-&~|:".utf8.contains(where: { UInt32($0) == scalar }) else { return nil }
            members.append(scalar)
            index = end
        }
        return members.isEmpty || members.count > Self.membersMax ? nil : members
    }

    /// A class with more members is not spelled out.
    private static let membersMax = 6
}

extension PatternPart {
    /// The character, when it is one of ASCII that comes once.
    fileprivate var letterOfASCII: UInt8? {
        guard role == .takes, !isCondition, count == .once, let scalar, scalar < 0x80 else { return nil }
        return UInt8(scalar)
    }
}

extension TextCharacters {
    /// Whether there are texts without them.
    fileprivate var isSelective: Bool { ascii.nonzeroBitCount < 60 }
}
