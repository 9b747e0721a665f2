/// Finds byte strings in a table that never changes, without making a `String`.
///
/// Open addressing over one block of bytes: a look-up touches the slot and the bytes that it points to.
struct ByteTable: Sendable {
    private struct Slot: Sendable {
        var start: UInt32 = 0
        var count: UInt32 = 0
        /// The position of the key, counted from 1; 0 for an empty slot.
        var position: UInt32 = 0
        var hash: UInt32 = 0
    }

    private var bytes: [UInt8] = []
    private var slots: [Slot] = []

    /// How many different keys there are.
    private(set) var count = 0

    /// Creates an empty table.
    init() {}

    /// Creates a table of keys; of equal ones the first counts.
    ///
    /// - Complexity: O(n) in the size of the keys; asking is O(1) and reads the text once.
    init(_ keys: some Collection<String>) {
        for key in keys { insert(key) }
    }

    /// Adds a key and returns its position, counted from 0 in the order of the first of each.
    @discardableResult
    mutating func insert(_ key: String) -> Int {
        var key = key
        return key.withUTF8 { unsafe insert(UnsafeRawBufferPointer($0)) }
    }

    /// The position of a key; `nil` where there is none of these bytes.
    func position(of key: UnsafeRawBufferPointer) -> Int? {
        guard count > 0 else { return nil }
        let slot = unsafe slots[place(of: key, Self.hash(key))]
        return slot.position == 0 ? nil : Int(slot.position) - 1
    }

    /// The position of a key; `nil` where there is none of these bytes.
    func position(of key: String) -> Int? {
        var key = key
        return key.withUTF8 { unsafe position(of: UnsafeRawBufferPointer($0)) }
    }

    private mutating func insert(_ key: UnsafeRawBufferPointer) -> Int {
        if (count + 1) * 2 > slots.count { grow() }
        let hash = unsafe Self.hash(key)
        let place = unsafe place(of: key, hash)
        if slots[place].position > 0 { return Int(slots[place].position) - 1 }
        slots[place] = Slot(
            start: UInt32(bytes.count),
            count: UInt32(key.count),
            position: UInt32(count + 1),
            hash: hash
        )
        unsafe bytes.append(contentsOf: key)
        count += 1
        return count - 1
    }

    /// The slot that holds a key, or the empty one in which it would stand.
    private func place(of key: UnsafeRawBufferPointer, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while true {
            let slot = slots[place]
            guard slot.position > 0 else { return place }
            if slot.hash == hash, Int(slot.count) == key.count {
                let start = Int(slot.start)
                let isSame = unsafe bytes.withUnsafeBytes { held in
                    unsafe held[start..<(start + key.count)].elementsEqual(key)
                }
                if isSame { return place }
            }
            place = (place + 1) & mask
        }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: max(8, old.count * 2))
        let mask = slots.count - 1
        for slot in old where slot.position > 0 {
            var place = Int(slot.hash) & mask
            while slots[place].position > 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
    }

    /// FNV-1a.
    ///
    /// The keys stand in rule files, so nobody who only sends events can choose them to collide.
    private static func hash(_ key: UnsafeRawBufferPointer) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for place in 0..<key.count { hash = unsafe (hash ^ UInt32(key[place])) &* 16_777_619 }
        return hash ^ (hash >> 15)
    }
}
