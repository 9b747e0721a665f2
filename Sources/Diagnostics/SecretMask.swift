/// Keeps secrets out of what is shown, in whatever form it is shown.
///
/// A key can stand in a rule file by mistake, and a report on that file must not spread it further. Hidden are the places
/// that a diagnostic marks as secret, and in every file what ``SecretScan`` finds in it. Places are found in whole files,
/// never in the stretch that is shown: half a key no longer looks like one.
///
/// ```swift
/// SecretMask.masked("unknown agent 'key_live_0123456789'")  // unknown agent 'key_•••'
/// ```
package struct SecretMask: Sendable {
    /// What stands in place of a secret.
    static let dots = "•••"

    private var marked: [SourceFile: [SecretScan.Place]]
    private var merged: [SourceFile: [SecretScan.Place]]

    /// Creates a mask for the files of some diagnostics; what one of them marks as secret is hidden in all.
    ///
    /// - Complexity: O(n) in the size of these files.
    init(_ diagnostics: [Diagnostic]) {
        self.init(hiding: diagnostics.secretSpans)
        for label in diagnostics.flatMap(\.labels) where merged[label.span.file] == nil {
            merged[label.span.file] = places(of: label.span.file)
        }
    }

    /// Creates a mask that hides these places; each file is searched when it is shown.
    init(hiding spans: [Span]) {
        marked = Dictionary(grouping: spans, by: \.file).mapValues { spans in
            spans.map { SecretScan.Place(bytes: $0.bytes, kind: .value) }
        }
        merged = [:]
    }

    /// A stretch of a file with dots for every secret in it.
    func text(of file: SourceFile, in range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        let places = merged[file] ?? places(of: file)
        var text = ""
        var position = range.lowerBound
        for place in places[places.firstIndex(endingAfter: range.lowerBound)...] {
            guard place.bytes.lowerBound < range.upperBound else { break }
            let start = max(position, place.bytes.lowerBound)
            text += file.text(position..<start)
            text += place.bytes.lowerBound < range.lowerBound ? Self.dots : place.kind.replacement
            position = min(place.bytes.upperBound, range.upperBound)
        }
        return text + file.text(position..<max(position, range.upperBound))
    }

    /// A message with everything replaced that looks like a key.
    package static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let places = SecretScan.keys(in: bytes)
        guard !places.isEmpty else { return text }
        var result = ""
        var position = 0
        for place in places {
            result += String(decoding: bytes[position..<place.bytes.lowerBound], as: UTF8.self)
            result += place.kind.replacement
            position = place.bytes.upperBound
        }
        return result + String(decoding: bytes[position...], as: UTF8.self)
    }

    /// Every place of a file to hide, in order and apart from each other.
    private func places(of file: SourceFile) -> [SecretScan.Place] {
        let found = (marked[file] ?? []) + SecretScan.values(in: file) + SecretScan.keys(in: file.bytes)
        var places: [SecretScan.Place] = []
        for place in found.sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) where !place.bytes.isEmpty {
            guard let last = places.last, place.bytes.lowerBound <= last.bytes.upperBound else {
                places.append(place)
                continue
            }
            let upper = max(last.bytes.upperBound, place.bytes.upperBound)
            let kind: SecretScan.Kind = last.kind == .key && place.kind == .key ? .key : .value
            places[places.count - 1] = SecretScan.Place(bytes: last.bytes.lowerBound..<upper, kind: kind)
        }
        return places
    }
}

extension SecretScan.Kind {
    /// What stands in place of a secret of this kind.
    fileprivate var replacement: String {
        switch self {
        case .key: SecretScan.keyPrefix + SecretMask.dots
        case .value: SecretMask.dots
        }
    }
}

extension [SecretScan.Place] {
    /// The first place that reaches beyond an offset, where the places are in order and apart from each other.
    ///
    /// - Complexity: O(log n).
    fileprivate func firstIndex(endingAfter offset: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].bytes.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
