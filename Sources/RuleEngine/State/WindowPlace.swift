/// Where a window is kept: the slot's number in the program, and the key.
struct WindowPlace: Hashable, Sendable {
    var slot: Int
    var key: WindowKey
}

/// A key that is compared byte for byte.
///
/// Swift takes strings for equal that only look the same, as é in one or in two code points; written down they are two.
struct WindowKey: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (one: WindowKey, other: WindowKey) -> Bool {
        one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
