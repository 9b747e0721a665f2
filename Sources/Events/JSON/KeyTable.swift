/// A key that a format knows; the case is named exactly as the key.
protocol KnownKey: CaseIterable, RawRepresentable<Int>, Sendable {}

/// Finds the members that a format knows in one walk over an object: looking keys up one by one would walk the object
/// once for each.
struct KeyTable<Key: KnownKey>: Sendable {
    private let words = WordTable(Key.allCases.map { (String(describing: $0), $0) })

    /// Lends the known members of an object, of equal keys the first; none of anything else.
    func withMembers<Result>(of value: JSONValue, _ body: (KnownMembers<Key>) -> Result) -> Result {
        value.document.reading { withMembers(of: value.index, on: $0, body) }
    }

    /// Lends the known members of the object at an index of a tape.
    @inline(__always)
    func withMembers<Result>(of index: Int, on tape: JSONTape, _ body: (KnownMembers<Key>) -> Result) -> Result {
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: words.words.count) { places in
            unsafe places.initialize(repeating: 0)
            let count = unsafe find(at: index, on: tape, into: places)
            return unsafe body(KnownMembers(tape, UnsafeBufferPointer(places), memberCount: count))
        }
    }

    private func find(at index: Int, on tape: JSONTape, into places: UnsafeMutableBufferPointer<UInt32>) -> Int {
        guard tape.tag(at: index) == Tag.object else { return 0 }
        var count = 0
        var place = index + 1
        let end = tape.end(of: index)
        while place < end {
            let position = unsafe tape.withText(at: place) { unsafe words.position(of: $0) }
            if let position, unsafe places[position] == 0 {
                unsafe places[position] = UInt32(truncatingIfNeeded: place + 1)
            }
            place = tape.next(after: place + 1)
            count += 1
        }
        return count
    }
}

/// The members of one object that a format knows.
///
/// Used only while they are lent, within one call of ``KeyTable/withMembers(of:_:)``.
@safe
struct KnownMembers<Key: KnownKey> {
    /// The tape on which the object lies.
    let tape: JSONTape

    private let places: UnsafeBufferPointer<UInt32>

    /// How many members the object has, unknown ones and those with equal keys included.
    let memberCount: Int

    fileprivate init(_ tape: JSONTape, _ places: UnsafeBufferPointer<UInt32>, memberCount: Int) {
        self.tape = tape
        unsafe self.places = places
        self.memberCount = memberCount
    }

    /// The index of a member's value.
    subscript(key: Key) -> Int? {
        let index = unsafe Int(places[key.rawValue])
        return index == 0 ? nil : index
    }

    /// Whether the object has any of the known members.
    var hasAny: Bool { unsafe places.contains { $0 != 0 } }

    /// Whether there is such a member.
    func has(_ key: Key) -> Bool { self[key] != nil }

    /// What the member is; `nil` if there is none.
    @inline(__always)
    func kind(_ key: Key) -> JSONValue.Kind? { self[key].map { tape.kind(at: $0) } }

    /// Whether the member is a string of just these characters.
    func isText(_ key: Key, _ expected: StaticString) -> Bool {
        self[key].map { tape.isText(expected, at: $0) } ?? false
    }

    /// Whether the member is `true`.
    func isTrue(_ key: Key) -> Bool { self[key].map { tape.tag(at: $0) == Tag.yes } ?? false }

    /// The word that a member spells; `nil` if it is another one or no string.
    func word<Word>(_ key: Key, in table: WordTable<Word>) -> Word? {
        self[key].flatMap { unsafe tape.withUTF8(at: $0) { unsafe table[$0] } ?? nil }
    }

    /// The place of a member that is a string and not empty.
    func text(_ key: Key) -> EventText? { self[key].flatMap { tape.filledText(at: $0) } }

    /// The text of a member that is a string and not empty.
    func string(_ key: Key) -> String? {
        self[key].flatMap { tape.filledText(at: $0) == nil ? nil : tape.text(at: $0) }
    }
}
