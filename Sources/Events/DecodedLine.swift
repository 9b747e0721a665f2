/// What became of one line, with its events.
public enum DecodedLine: Sendable {
    /// There was nothing but white space, or an empty batch.
    case blank
    /// The events of the line in order, at least one.
    case events([Event])
    /// The line is no event.
    case rejected(Rejection)
}

extension EventDecoder {
    /// Decodes one line, without its line end.
    public mutating func decode(_ line: UnsafeRawBufferPointer) -> DecodedLine {
        gathered { decoder, body in unsafe decoder.decode(line, body) }
    }

    /// Decodes one line of text.
    public mutating func decode(_ line: String) -> DecodedLine {
        var line = line
        return line.withUTF8 { unsafe decode(UnsafeRawBufferPointer($0)) }
    }

    /// Decodes one line as a reader hands it out.
    public mutating func decode(_ line: InputLine) -> DecodedLine {
        gathered { decoder, body in decoder.decode(line, body) }
    }

    private mutating func gathered(_ decode: (inout EventDecoder, (Event) -> Void) -> LineOutcome) -> DecodedLine {
        var events: [Event] = []
        return switch decode(&self, { events.append($0) }) {
        case .blank: .blank
        case .events: .events(events)
        case .rejected(let rejection): .rejected(rejection)
        }
    }
}
