/// Foreign text made fit for one line of a report.
///
/// White space is one space, control and format characters are gone, what looks like a key is masked, and a long text ends
/// in "…". All of that costs the same for a short text and for a huge one.
public struct ReadableLine: Hashable, Sendable, CustomStringConvertible {
    /// The line; empty when there was nothing to read.
    public let description: String

    /// How many characters a line has at most.
    public static let lengthMax = 200

    /// How many characters of the text are looked at.
    ///
    /// The rest could only matter if these were nearly all white space.
    static let scannedMax = 4096

    /// Makes a line of a text.
    public init(_ text: some StringProtocol, lengthMax: Int = Self.lengthMax) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars.prefix(Self.scannedMax) {
            if scalar.properties.isWhitespace {
                if let last = scalars.last, last != " " { scalars.append(" ") }
            } else if Self.isReadable(scalar) {
                scalars.append(scalar)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        // Masking comes after the removals, which could otherwise put a key together, and before the cut, which could
        // leave the first half of one.
        scalars = Self.maskingKeys(in: scalars)
        if scalars.count > lengthMax { scalars = scalars.prefix(max(lengthMax - 1, 0)) + ["…"] }
        description = String(String.UnicodeScalarView(scalars))
    }

    private static func isReadable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        default: scalar != "\u{FFFD}"
        }
    }

    /// Writes `key_…` for everything of the form of an API key, `key_[A-Za-z0-9_-]+`.
    private static func maskingKeys(in scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let mark: [Unicode.Scalar] = ["k", "e", "y", "_"]
        var masked: [Unicode.Scalar] = []
        var place = 0
        while place < scalars.count {
            let rest = scalars[place...]
            guard rest.starts(with: mark), let first = rest.dropFirst(mark.count).first, isOfKey(first) else {
                masked.append(scalars[place])
                place += 1
                continue
            }
            masked += mark + ["…"]
            place = rest.dropFirst(mark.count).firstIndex { !isOfKey($0) } ?? scalars.count
        }
        return masked
    }

    private static func isOfKey(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
