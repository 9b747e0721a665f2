/// A path to values inside an event, such as `contact.name`, `items.0.sku` or `items.*.sku`.
///
/// A dot separates segments. A segment names a member of an object; one that is a number without leading zeros counts
/// the elements of a list from 0; `*` stands for every element of a list and every member of an object. A backslash
/// takes the meaning from a dot, a star or a backslash: `order\.id` is one segment.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    /// How many segments a path may have.
    public static let segmentsMax = 64

    private let segments: [Segment]

    // The keys of all segments one behind the other, so that a walk counts no references.
    private let keys: [UInt8]

    /// The path as it was written.
    public let description: String

    private enum Segment: Hashable, Sendable {
        case member(start: Int, end: Int, position: Int?)
        case every
    }

    /// Reads a path.
    public init(parsing text: String) throws(FieldPathProblem) {
        description = text
        var keys: [UInt8] = []
        segments = try Self.split(text).map { segment in
            if segment.isStar { return .every }
            let start = keys.count
            keys += segment.text.utf8
            let position = Int(segment.text).flatMap { String($0) == segment.text && $0 >= 0 ? $0 : nil }
            return .member(start: start, end: keys.count, position: position)
        }
        self.keys = keys
        guard segments.count <= Self.segmentsMax else {
            throw FieldPathProblem(reason: "has more than \(Self.segmentsMax) segments")
        }
    }

    /// Whether a segment is `*`.
    public var hasWildcard: Bool { segments.contains(.every) }

    /// The value at the path; with a star, the first that there is.
    public func first(in root: JSONValue) -> JSONValue? {
        let document = root.document
        return firstIndex(in: document, at: root.index, from: 0) { _ in true }
            .map { JSONValue(document: document, index: $0) }
    }

    /// Whether the value at the path, with stars at least one of the values, satisfies the predicate.
    public func contains(in root: JSONValue, where predicate: (JSONValue) -> Bool) -> Bool {
        let document = root.document
        return firstIndex(in: document, at: root.index, from: 0) {
            predicate(JSONValue(document: document, index: $0))
        } != nil
    }

    /// The values at the path in the order of the text, at most `limit` of them.
    public func values(in root: JSONValue, limit: Int) -> [JSONValue] {
        guard limit > 0 else { return [] }
        let document = root.document
        var values: [JSONValue] = []
        _ = firstIndex(in: document, at: root.index, from: 0) {
            values.append(JSONValue(document: document, index: $0))
            return values.count == limit
        }
        return values
    }

    /// The first place at the path which the predicate takes; asks for them in the order of the text.
    private func firstIndex(
        in document: JSONDocument,
        at index: Int,
        from depth: Int,
        where isTaken: (Int) -> Bool
    ) -> Int? {
        guard depth < segments.count else { return isTaken(index) ? index : nil }
        switch (segments[depth], document.reading { $0.tag(at: index) }) {
        case (.member(let start, let end, _), Tag.object):
            let found = unsafe keys.withUnsafeBytes { keys in
                let key = unsafe UnsafeRawBufferPointer(rebasing: keys[start..<end])
                return document.reading { unsafe $0.member(of: index, key: key) }
            }
            return found.flatMap { firstIndex(in: document, at: $0, from: depth + 1, where: isTaken) }
        case (.member(_, _, let position?), Tag.list):
            let found = document.reading { $0.element(of: index, at: position) }
            return found.flatMap { firstIndex(in: document, at: $0, from: depth + 1, where: isTaken) }
        case (.every, Tag.list):
            for element in JSONValue(document: document, index: index).elements {
                if let found = firstIndex(in: document, at: element.index, from: depth + 1, where: isTaken) {
                    return found
                }
            }
            return nil
        case (.every, Tag.object):
            var members = JSONValue(document: document, index: index).members
            while let key = members.nextPlace() {
                if let found = firstIndex(in: document, at: key + 1, from: depth + 1, where: isTaken) { return found }
            }
            return nil
        default:
            return nil
        }
    }

    /// Takes a path apart at the dots that no backslash protects.
    private static func split(_ text: String) throws(FieldPathProblem) -> [(text: String, isStar: Bool)] {
        var segments: [(text: String, isStar: Bool)] = []
        var segment = ""
        var isProtected = false
        var scalars = text.unicodeScalars.makeIterator()
        while true {
            let scalar = scalars.next()
            switch scalar {
            case "\\":
                guard let next = scalars.next(), next == "." || next == "\\" || next == "*" else {
                    throw FieldPathProblem(reason: "has a backslash that stands before neither '.' nor '*' nor '\\'")
                }
                segment.unicodeScalars.append(next)
                isProtected = true
            case ".", nil:
                guard !segment.isEmpty else {
                    throw FieldPathProblem(reason: text.isEmpty ? "is empty" : "has an empty segment")
                }
                segments.append((segment, segment == "*" && !isProtected))
                segment = ""
                isProtected = false
                if scalar == nil { return segments }
            case let scalar?:
                segment.unicodeScalars.append(scalar)
            }
        }
    }
}

/// Why a text is no field path.
public struct FieldPathProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rest of a sentence that begins with the path: `has an empty segment`.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}
