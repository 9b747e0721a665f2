/// JSON Lines in, events out.
///
/// A line is parsed whole, Beckon's envelope is opened, and the format fills in the names that rules use. Nothing a
/// line can hold stops the stream: it becomes events, is blank, or is rejected with a reason.
///
/// ```swift
/// var decoder = EventDecoder(format: .auto)
/// switch decoder.decode(#"{"text":"I want a refund","customer":"+91 99999 00001"}"#) {
/// case .events(let events): …
/// case .blank: …
/// case .rejected(let rejection): …
/// }
/// ```
///
/// A decoder reuses its parser's buffers: make one for each thread.
public struct EventDecoder {
    private let format: any EventFormat
    private var parser = JSONParser()

    /// Creates a decoder.
    public init(format: InputFormat) {
        self.format = format.format
    }

    /// Decodes one line, without its line end.
    public mutating func decode(_ line: UnsafeRawBufferPointer) -> DecodedLine {
        let text = unsafe Self.trimmed(line)
        guard unsafe !text.isEmpty else { return .blank }
        do {
            let root = unsafe try parser.parse(text).root
            switch root.kind {
            case .object: return opened(root)
            case .list:
                guard let batch = format.batch(in: root) else { fallthrough }
                let events = batch.flatMap { format.events(from: $0, envelope: Envelope()) }
                return events.isEmpty ? .blank : .events(events)
            default: return .rejected(.notAnObject("the line holds \(root.kind.withArticle) instead of an object"))
            }
        } catch {
            return .rejected(Rejection(error))
        }
    }

    /// Decodes one line of text.
    public mutating func decode(_ line: String) -> DecodedLine {
        var line = line
        return line.withUTF8 { unsafe decode(UnsafeRawBufferPointer($0)) }
    }

    /// Reads an object, from its envelope if it is in one.
    ///
    /// A whole number under `beckon` makes an envelope; `customData`, which DoubleTick spreads over its payloads, holds
    /// only strings.
    private func opened(_ root: JSONValue) -> DecodedLine {
        guard let version = root["beckon"]?.integer else {
            return .events(format.events(from: root, envelope: Envelope()))
        }
        guard version == 1 else { return .rejected(.badEnvelope("the envelope's version is \(version) instead of 1")) }
        guard let original = root["event"], original.kind == .object else {
            return .rejected(.badEnvelope("the envelope has no object under 'event'"))
        }
        let envelope = Envelope(
            type: root["type"]?.filledString.map(EventType.normalized),
            business: root["business"].flatMap { $0.phoneDigits ?? $0.filledString },
            received: root["received"]?.instant
        )
        return .events(format.events(from: original, envelope: envelope))
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

/// What became of one line.
public enum DecodedLine: Sendable {
    /// There was nothing but white space, or an empty batch.
    case blank
    /// The events of the line in order, at least one.
    case events([Event])
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
