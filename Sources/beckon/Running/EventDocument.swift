import Events
import Foundation

/// The one event that a person asks about: a line of a stream, or a JSON document over several lines.
enum EventDocument {
    /// What reading brought.
    enum Reading {
        /// The events of the line or document, the line on which it begins, and whether something follows.
        case events([Event], line: Int, isMoreThere: Bool)
        /// There is nothing but white space.
        case empty
        /// It is no event.
        case rejected(Rejection, line: Int)
    }

    /// A longer document is refused: no format takes an event of more than a megabyte or two.
    private static let bytesMax = 8 << 20

    /// How often a document is tried at a line that could end it, before only its end is waited for.
    private static let attemptsMax = 100

    /// Reads no further than the end of the first event.
    static func read(_ source: InputSource, format: InputFormat) throws -> Reading {
        do throws(InputProblem) {
            let reader = try LineReader(source)
            return try read(reader, EventDecoder(format: format))
        } catch {
            throw CannotStart(error.description)
        }
    }

    private static func read(_ reader: LineReader, _ decoder: EventDecoder) throws(InputProblem) -> Reading {
        var decoder = decoder
        var document: [UInt8] = []
        var first: (rejection: Rejection, line: Int)?
        var attempts = 0
        while let line = try reader.next() {
            let bytes = unsafe Array(line.bytes)
            guard let begun = first else {
                switch decoder.decode(line) {
                case .blank: continue
                case .events(let events):
                    return .events(events, line: line.number, isMoreThere: try isMoreThere(in: reader))
                case .rejected(let rejection):
                    first = (rejection, line.number)
                    document = bytes
                    // What is no beginning of a document is no event either.
                    if line.isTooLong || rejection.code == .notAnObject {
                        return .rejected(rejection, line: line.number)
                    }
                    continue
                }
            }
            document.append(UInt8(ascii: "\n"))
            document += bytes
            guard document.count <= bytesMax, !line.isTooLong else {
                let detail = "the document is longer than \(bytesMax) bytes"
                return .rejected(Rejection(code: .tooLong, detail: detail), line: begun.line)
            }
            guard bytes.first == UInt8(ascii: "}"), attempts < attemptsMax else { continue }
            attempts += 1
            if case .events(let events) = decode(document, &decoder) {
                return .events(events, line: begun.line, isMoreThere: try isMoreThere(in: reader))
            }
        }
        guard let first else { return .empty }
        switch decode(document, &decoder) {
        case .events(let events): return .events(events, line: first.line, isMoreThere: false)
        case .blank: return .empty
        case .rejected(let rejection):
            // Of several lines it is the document that somebody meant, unless its first line stands for itself.
            let isDocument = document.contains(UInt8(ascii: "\n")) && !isStream(document, &decoder)
            return .rejected(isDocument ? rejection : first.rejection, line: first.line)
        }
    }

    /// Whether a later line is an event by itself: then the first one is a bad line of a stream.
    private static func isStream(_ document: [UInt8], _ decoder: inout EventDecoder) -> Bool {
        for line in document.split(separator: UInt8(ascii: "\n")).dropFirst().prefix(attemptsMax) {
            if case .events = decode(Array(line), &decoder) { return true }
        }
        return false
    }

    /// Whether a line with something on it follows; of a pipe only what has come already, since the rest may never come.
    private static func isMoreThere(in reader: LineReader) throws(InputProblem) -> Bool {
        while reader.size != nil || reader.isLineBuffered {
            guard let line = try reader.next() else { return false }
            if unsafe line.bytes.contains(where: { $0 > 0x20 }) { return true }
        }
        return false
    }

    private static func decode(_ bytes: [UInt8], _ decoder: inout EventDecoder) -> DecodedLine {
        unsafe bytes.withUnsafeBytes { unsafe decoder.decode($0) }
    }
}
