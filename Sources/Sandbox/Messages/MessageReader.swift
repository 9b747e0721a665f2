import Events

/// Reads lines of a recorded stream as the engine reads them, and looks for customers' messages.
struct MessageReader {
    private var decoder = EventDecoder(format: .auto)

    /// What the line holds, in order: nothing if it is blank, several if it is an envelope of several events.
    mutating func read(_ line: some Collection<UInt8>) -> [IncomingMessage.Reading] {
        let decoded = unsafe Array(line).withUnsafeBytes { unsafe decoder.decode($0) }
        switch decoded {
        case .blank: return []
        case .rejected(let rejection): return [IncomingMessage.Reading(rejection)]
        case .events(let events): return events.map { IncomingMessage.Reading($0) }
        }
    }
}
