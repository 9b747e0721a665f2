/// JSON Lines in, events out.
///
/// A line is parsed whole, Beckon's envelope is opened, and the format fills in the names that rules use. Nothing a
/// line can hold stops the stream: it becomes events, is blank, or is rejected with a reason.
///
/// ```swift
/// var decoder = EventDecoder(format: .auto)
/// let outcome = decoder.decode(line) { event in … }
/// switch outcome {
/// case .events(let count): …
/// case .blank: …
/// case .rejected(let rejection): …
/// }
/// ```
///
/// A decoder reuses its parser's buffers: make one for each thread. It reuses the document of a line, too, as soon as
/// nobody holds an event of it: who looks at events while they are handed out and keeps none pays for no memory.
public struct EventDecoder {
    private let format: any EventFormat
    private var parser = JSONParser()

    /// Creates a decoder.
    public init(format: InputFormat) {
        self.format = format.format
    }

    /// Decodes one line, without its line end, and hands out its events in order.
    public mutating func decode(_ line: UnsafeRawBufferPointer, _ body: (Event) -> Void) -> LineOutcome {
        unsafe decode(line, isPadded: false, body)
    }

    /// Decodes one line, without its line end, and hands out its events in order.
    ///
    /// With `isPadded`, the caller vouches that 64 bytes behind the line may be read, whatever they hold.
    public mutating func decode(_ line: UnsafeRawBufferPointer, isPadded: Bool, _ body: (Event) -> Void) -> LineOutcome
    {
        let text = unsafe Self.trimmed(line)
        guard unsafe !text.isEmpty else { return .blank }
        do {
            let root = unsafe try parser.parse(text, isPadded: isPadded).root
            var count = 0
            let rejection = read(root) {
                count += 1
                body($0)
            }
            if let rejection { return .rejected(rejection) }
            return count == 0 ? .blank : .events(count: count)
        } catch {
            return .rejected(Rejection(error))
        }
    }

    /// Hands out the events of a line, or says why there are none.
    private func read(_ root: JSONValue, _ body: (Event) -> Void) -> Rejection? {
        if root.kind == .object { return LineObject.reading(root) { open($0, body) } }
        guard root.kind == .list, let batch = format.batch(in: root) else {
            return .notAnObject("the line holds \(root.kind.withArticle) instead of an object")
        }
        for element in batch {
            LineObject.reading(element) { format.events(from: $0, envelope: Envelope(), body) }
        }
        return nil
    }

    /// Reads an object, from its envelope if it is in one.
    ///
    /// A whole number under `beckon` makes an envelope; `customData`, which DoubleTick spreads over its payloads, holds
    /// only strings.
    private func open(_ object: LineObject, _ body: (Event) -> Void) -> Rejection? {
        guard let index = object.known[.beckon], let version = object.known.tape.integer(at: index) else {
            format.events(from: object, envelope: Envelope(), body)
            return nil
        }
        return open(object.root, ofVersion: version, body)
    }

    private func open(_ root: JSONValue, ofVersion version: Int64, _ body: (Event) -> Void) -> Rejection? {
        guard version == 1 else { return .badEnvelope("the envelope's version is \(version) instead of 1") }
        guard let original = root["event"], original.kind == .object else {
            return .badEnvelope("the envelope has no object under 'event'")
        }
        let envelope = Envelope(
            type: root["type"]?.filledString.map(EventType.normalized),
            business: root["business"].flatMap { $0.phoneDigits ?? $0.filledString },
            received: root["received"]?.instant
        )
        LineObject.reading(original) { format.events(from: $0, envelope: envelope, body) }
        return nil
    }

    /// The line without a byte order mark in front and white space around it.
    ///
    /// Files begin with such a mark, and files that were put together have them in the middle.
    private static func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = line.count
        if end >= 3, unsafe line[0] == 0xEF, unsafe line[1] == 0xBB, unsafe line[2] == 0xBF { start = 3 }
        while start < end, unsafe isSpace(line[start]) { start += 1 }
        while end > start, unsafe isSpace(line[end - 1]) { end -= 1 }
        return unsafe UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// What became of one line whose events were handed out.
public enum LineOutcome: Hashable, Sendable {
    /// There was nothing but white space, or an empty batch.
    case blank
    /// So many events were handed out, at least one.
    case events(count: Int)
    /// The line is no event.
    case rejected(Rejection)
}

extension JSONValue.Kind {
    fileprivate var withArticle: String { self == .object ? "an object" : self == .null ? "null" : "a \(rawValue)" }
}

extension Rejection {
    fileprivate static func notAnObject(_ detail: String) -> Rejection {
        Rejection(code: .notAnObject, detail: detail)
    }

    fileprivate static func badEnvelope(_ detail: String) -> Rejection {
        Rejection(code: .badEnvelope, detail: detail)
    }
}
