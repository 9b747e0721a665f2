/// A key that a format knows; the case is named exactly as the key.
protocol KnownKey: CaseIterable, RawRepresentable<Int>, Sendable {}

/// Finds the members that a format knows in one walk over an object.
///
/// A hash table over the keys' length, first and last byte: looking keys up one by one would walk the object once for
/// each.
struct KeyTable<Key: KnownKey>: Sendable {
    private let count = Key.allCases.count
    // The keys one behind the other, so that comparing with one touches no other object.
    private let bytes: [UInt8]
    private let slots: [Slot]
    private let mask: Int

    private struct Slot: Sendable {
        var ordinal = -1
        var start = 0
        var end = 0
    }

    /// Creates the table of all keys of the type.
    init() {
        var size = 16
        while size < count * 4 { size *= 2 }
        mask = size - 1
        var bytes: [UInt8] = []
        var slots = [Slot](repeating: Slot(), count: size)
        for key in Key.allCases {
            let name = Array(String(describing: key).utf8)
            var place = unsafe name.withUnsafeBytes { unsafe Self.hash($0) } & mask
            while slots[place].ordinal >= 0 { place = (place + 1) & mask }
            slots[place] = Slot(ordinal: key.rawValue, start: bytes.count, end: bytes.count + name.count)
            bytes += name
        }
        self.bytes = bytes
        self.slots = slots
    }

    /// The known members of an object, of equal keys the first; none of anything else.
    func members(of value: JSONValue) -> KnownMembers<Key> {
        var places = [UInt32](repeating: 0, count: count)
        var memberCount = 0
        let document = value.document
        if document.tag(at: value.index) == Tag.object {
            var place = value.index + 1
            let end = document.end(of: value.index)
            while place < end {
                let ordinal = unsafe document.withText(at: place) { unsafe self.ordinal(of: $0) }
                if let ordinal, places[ordinal] == 0 { places[ordinal] = UInt32(truncatingIfNeeded: place + 1) }
                place = document.next(after: place + 1)
                memberCount += 1
            }
        }
        return KnownMembers(document: document, places: places, memberCount: memberCount)
    }

    @inline(__always)
    private func ordinal(of key: UnsafeRawBufferPointer) -> Int? {
        var place = unsafe Self.hash(key) & mask
        while true {
            let slot = slots[place]
            guard slot.ordinal >= 0 else { return nil }
            let isSame = unsafe bytes.withUnsafeBytes {
                unsafe UnsafeRawBufferPointer(rebasing: $0[slot.start..<slot.end]).isSame(as: key)
            }
            if isSame { return slot.ordinal }
            place = (place + 1) & mask
        }
    }

    @inline(__always)
    private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
        guard unsafe !key.isEmpty else { return 0 }
        return unsafe key.count &* 37 &+ Int(key[0]) &* 11 &+ Int(key[key.count - 1])
    }
}

/// The members of one object that a format knows.
struct KnownMembers<Key: KnownKey> {
    private let document: JSONDocument
    private let places: [UInt32]

    /// How many members the object has, unknown ones and those with equal keys included.
    let memberCount: Int

    fileprivate init(document: JSONDocument, places: [UInt32], memberCount: Int) {
        self.document = document
        self.places = places
        self.memberCount = memberCount
    }

    /// The value of a member.
    subscript(key: Key) -> JSONValue? {
        has(key) ? JSONValue(document: document, index: Int(places[key.rawValue])) : nil
    }

    /// Whether there is such a member.
    func has(_ key: Key) -> Bool { places[key.rawValue] != 0 }

    /// What the member is; `nil` if there is none.
    func kind(_ key: Key) -> JSONValue.Kind? { self[key]?.kind }

    /// Whether the member is a string of just these characters.
    func isText(_ key: Key, _ expected: StaticString) -> Bool {
        let index = Int(places[key.rawValue])
        guard index != 0, document.tag(at: index) == Tag.string else { return false }
        let expected = unsafe UnsafeRawBufferPointer(start: expected.utf8Start, count: expected.utf8CodeUnitCount)
        return unsafe document.text(at: index, equals: expected)
    }

    /// Whether the member is `true`.
    func isTrue(_ key: Key) -> Bool { has(key) && document.tag(at: Int(places[key.rawValue])) == Tag.yes }

    /// The text of a member that is a string and not empty.
    func text(_ key: Key) -> String? {
        let index = Int(places[key.rawValue])
        guard index != 0, document.tag(at: index) == Tag.string else { return nil }
        return unsafe document.withText(at: index) { unsafe $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }

    /// The digits of a member that is a phone number.
    func phone(_ key: Key) -> String? { self[key]?.phoneDigits }
}

extension JSONValue {
    /// The text of a string that is not empty: the originals write an empty one for what they do not know.
    var filledString: String? {
        guard let string, !string.isEmpty else { return nil }
        return string
    }

    /// The text of a string that is not empty, or the digits of a whole number.
    var textOrInteger: String? { filledString ?? integer.map { String($0) } }
}
