/// Reads one ISO 8601 date or date-time, strictly.
///
/// Used only while its bytes are lent, within one call of ``Instant``.
@safe
struct ISO8601Reader {
    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    private var place = 0

    /// Prepares for UTF-8 bytes, which must stay where they are.
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
        count = bytes.count
    }

    /// The milliseconds since 1970; `nil` if the bytes are anything else than one date or date-time.
    mutating func read() -> Int64? {
        if let milliseconds = readCommon() { return milliseconds }
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
            let midnight = Self.midnight(year: year, month: month, day: day)
        else { return nil }
        if place == count { return midnight }
        guard skip("T") || skip("t"), let ofDay = timeOfDay(), let offset = offset(), place == count else {
            return nil
        }
        return midnight + ofDay - offset
    }

    /// Reads the form that programs write, `2026-07-21T06:14:09.412Z`; `nil` for any other, and for what is no time.
    private func readCommon() -> Int64? {
        guard count == 24, let date = unsafe DigitWord(bytes, at: 0).values(in: .yearAndMonth),
            let day = unsafe DigitWord(bytes, at: 8).values(in: .dayAndMinute),
            let second = unsafe DigitWord(bytes, at: 16).values(in: .secondAndFraction),
            let midnight = Self.midnight(year: date.number(0..<4), month: date.number(5..<7), day: day.number(0..<2))
        else { return nil }
        let time = (hour: day.number(3..<5), minute: day.number(6..<8), second: second.number(1..<3))
        guard time.hour < 24, time.minute < 60, time.second < 60 else { return nil }
        return midnight + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + second.number(4..<7)
    }

    private static func midnight(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard month >= 1, month <= 12, day >= 1, day <= CivilDate.daysIn(month: month, year: year) else { return nil }
        return CivilDate.daysSince1970(year: year, month: month, day: day) * 86_400_000
    }

    private mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60 else { return nil }
        let minutes = (hour * 60 + minute) * 60_000
        guard skip(":") else { return minutes }
        guard let second = digits(2), second < 60 else { return nil }
        guard skip(".") || skip(",") else { return minutes + second * 1000 }
        var fraction: Int64 = 0
        var width = 0
        while let digit = digits(1) {
            if width < 3 { fraction = fraction * 10 + digit }
            width += 1
        }
        guard width > 0 else { return nil }
        while width < 3 {
            fraction *= 10
            width += 1
        }
        return minutes + second * 1000 + fraction
    }

    /// The offset from UTC in milliseconds: `Z`, `+05:30` or `+0530`.
    private mutating func offset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let isEast = skip("+")
        guard isEast || skip("-"), let hour = digits(2), hour < 24 else { return nil }
        _ = skip(":")
        guard let minute = digits(2), minute < 60 else { return nil }
        return (hour * 60 + minute) * (isEast ? 60_000 : -60_000)
    }

    private mutating func digits(_ width: Int) -> Int64? {
        guard place + width <= count else { return nil }
        var number: Int64 = 0
        for offset in 0..<width {
            let digit = unsafe bytes[place + offset] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
        }
        place += width
        return number
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard place < count, unsafe bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }
}
