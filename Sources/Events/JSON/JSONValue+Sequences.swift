extension JSONValue {
    /// The elements of a list in order; empty for everything else.
    public var elements: Elements { Elements(of: self) }

    /// The members of an object in order; empty for everything else.
    ///
    /// Of equal keys only the first is shown.
    public var members: Members { Members(of: self) }

    /// The elements of a list.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let document: JSONDocument
        private var place: Int
        private let end: Int

        init(of value: JSONValue) {
            document = value.document
            place = value.index + 1
            end = value.kind == .list ? document.reading { $0.end(of: value.index) } : place
        }

        /// The next element.
        public mutating func next() -> JSONValue? {
            guard place < end else { return nil }
            let element = place
            place = document.reading { $0.next(after: element) }
            return JSONValue(document: document, index: element)
        }
    }

    /// The members of an object.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        // Up to here comparing a key with all before it is quicker than remembering them; beyond, a hostile line would
        // make it cost the square of its length.
        private static let comparedMax = 16

        private let document: JSONDocument
        private let object: Int
        private var place: Int
        private let end: Int
        private var position = 0
        private var seen: Set<[UInt8]> = []

        init(of value: JSONValue) {
            document = value.document
            object = value.index
            place = value.index + 1
            end = value.kind == .object ? document.reading { $0.end(of: value.index) } : place
        }

        /// The next member whose key was not there before.
        public mutating func next() -> (key: String, value: JSONValue)? {
            guard let place = nextPlace() else { return nil }
            return (document.reading { $0.text(at: place) }, JSONValue(document: document, index: place + 1))
        }

        /// The place of the next key that was not there before.
        mutating func nextPlace() -> Int? {
            while place < end {
                let key = place
                place = document.reading { $0.next(after: key + 1) }
                position += 1
                if isFirst(key) { return key }
            }
            return nil
        }

        /// Whether no member before this one has its key.
        ///
        /// Compares bytes: Swift takes strings for equal that only look the same, as é in one or in two code points.
        private mutating func isFirst(_ key: Int) -> Bool {
            guard position > Self.comparedMax else {
                let first = document.reading { tape in
                    unsafe tape.withText(at: key) { unsafe tape.member(of: object, key: $0) }
                }
                return first == key + 1
            }
            if seen.isEmpty {
                var earlier = object + 1
                while earlier < key {
                    seen.insert(document.reading { $0.bytes(at: earlier) })
                    earlier = document.reading { $0.next(after: earlier + 1) }
                }
            }
            return seen.insert(document.reading { $0.bytes(at: key) }).inserted
        }
    }
}
