/// One line of an input.
@safe
public struct InputLine {
    /// The number of the line, from 1, counting every line.
    public let number: Int

    /// Whether the line is longer than the limit; then ``bytes`` are its first bytes up to the limit.
    public let isTooLong: Bool

    /// Whether the line has its line feed; only the last one of an input may have none.
    public let isEnded: Bool

    private let lineBytesMax: Int

    /// The bytes without the line end; they belong to the reader and stay until it is asked for the next line.
    ///
    /// Behind them lie ``JSONParser/paddingBytes`` more that can be read.
    @unsafe public let bytes: UnsafeRawBufferPointer

    init(number: Int, isTooLong: Bool, isEnded: Bool, lineBytesMax: Int, bytes: UnsafeRawBufferPointer) {
        self.number = number
        self.isTooLong = isTooLong
        self.isEnded = isEnded
        self.lineBytesMax = lineBytesMax
        unsafe self.bytes = bytes
    }

    /// Why the line cannot be decoded, if it is too long.
    public var rejection: Rejection? {
        guard isTooLong else { return nil }
        return Rejection(code: .tooLong, detail: "the line is longer than \(lineBytesMax) bytes")
    }
}

extension EventDecoder {
    /// Decodes one line as a reader hands it out, and hands out its events in order.
    public mutating func decode(_ line: InputLine, _ body: (Event) -> Void) -> LineOutcome {
        if let rejection = line.rejection { return .rejected(rejection) }
        return unsafe decode(line.bytes, isPadded: true, body)
    }
}

/// A place between two lines of an input.
public struct InputPosition: Hashable, Sendable {
    /// How many lines lie before it.
    public var line: Int

    /// How many bytes lie before it, unpacked ones where the input is gzip.
    public var offset: Int

    /// Creates a position.
    public init(line: Int, offset: Int) {
        self.line = line
        self.offset = offset
    }

    /// Before the first line.
    public static let start = InputPosition(line: 0, offset: 0)
}
