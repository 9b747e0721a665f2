/// Eight bytes of text that are looked at together: whether they are digits, all or those at some places.
///
/// Byte by byte, the time and the two phone numbers of a message took a tenth of its decoding.
struct DigitWord {
    private let word: UInt64

    /// Takes the eight bytes at a place, which must be there.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// Whether all are digits.
    @inline(__always)
    var isDigits: Bool { DigitForm.eightDigits.values(in: word) != nil }

    /// The values of the digits, if all bytes are as a form has them.
    @inline(__always)
    func values(in form: DigitForm) -> DigitValues? { form.values(in: word) }
}

/// Eight characters of which some are digits and the others given.
struct DigitForm {
    /// As in `00000000`.
    static let eightDigits = DigitForm(pattern: 0x3030_3030_3030_3030, room: 0x7676_7676_7676_7676)
    /// As in `0000-00-`.
    static let yearAndMonth = DigitForm(pattern: 0x2D30_302D_3030_3030, room: 0x7F76_767F_7676_7676)
    /// As in `00T00:00`.
    static let dayAndMinute = DigitForm(pattern: 0x3030_3A30_3054_3030, room: 0x7676_7F76_767F_7676)
    /// As in `:00.000Z`.
    static let secondAndFraction = DigitForm(pattern: 0x5A30_3030_2E30_303A, room: 0x7F76_7676_7F76_767F)

    // What a text of this form has where all digits are zero, first byte lowest.
    private let pattern: UInt64
    // What can be added to a byte, the pattern taken out, before its high bit is set: for digits up to nine, else zero.
    private let room: UInt64

    @inline(__always)
    fileprivate func values(in word: UInt64) -> DigitValues? {
        let difference = word ^ pattern
        guard ((difference &+ room) | difference) & 0x8080_8080_8080_8080 == 0 else { return nil }
        return DigitValues(bytes: difference)
    }
}

/// The values of the digits in eight characters.
struct DigitValues {
    fileprivate let bytes: UInt64

    /// The value of one digit.
    @inline(__always)
    private subscript(place: Int) -> Int64 { Int64(truncatingIfNeeded: bytes >> (UInt64(place) * 8) & 0xFF) }

    /// The number that the digits at some places make.
    @inline(__always)
    func number(_ places: Range<Int>) -> Int64 {
        var number: Int64 = 0
        for place in places { number = number * 10 + self[place] }
        return number
    }
}
