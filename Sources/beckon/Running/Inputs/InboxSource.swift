import Events
import Ledger

/// Lines from the ledger's inbox, where they are safe before they are decided.
final class InboxSource: LineSource {
    private let ledger: Ledger
    private let origin: String
    private let refill: any Refill
    private var lines: ArraySlice<InboxLine> = []
    /// Whether lines were returned of which nobody was told yet that there are no more of them now.
    private var isAhead = false
    private(set) var inboxEnd: Int64?

    /// What puts more into the inbox.
    protocol Refill: AnyObject {
        /// Waits until there may be more in the inbox, or the deadline has passed.
        func more(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> InboxSupply
    }

    /// So many lines are taken out at once.
    private static let pageLinesMax = 256

    /// Creates a source; begins with what an earlier run has left in the inbox.
    init(_ ledger: Ledger, refill: some Refill, origin: String) {
        self.ledger = ledger
        self.refill = refill
        self.origin = origin
    }

    /// The step that would wait says so first: a bell may ring for lines that were taken out just before.
    var isLineBuffered: Bool { isAhead }

    func marks() throws(SourceProblem) -> [InputMark] { [] }

    func next(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> SourceStep {
        while true {
            if let line = lines.popFirst() {
                inboxEnd = line.number
                isAhead = true
                return .line(named(line))
            }
            if try isFilled() { continue }
            if isAhead {
                isAhead = false
                return .idle
            }
            switch try refill.more(until: deadline) {
            case .inbox: continue
            case .line(let line):
                isAhead = true
                return .line(line)
            case .idle: return .idle
            case .end: return .end
            case .interrupted: return .interrupted
            }
        }
    }

    /// Whether there is something in the inbox that was not returned yet.
    func isFilled() throws(SourceProblem) -> Bool {
        guard lines.isEmpty else { return true }
        do throws(LedgerProblem) {
            lines = try ledger.inbox(behind: inboxEnd ?? 0, limit: Self.pageLinesMax)[...]
        } catch {
            throw .ledger(error)
        }
        return !lines.isEmpty
    }

    private func named(_ line: InboxLine) -> SourceLine {
        SourceLine(
            content: .kept(line.bytes),
            place: LinePlace(
                number: line.line,
                origin: LineOrigin(prefix: "\(origin):inbox", number: line.number)
            ),
            received: line.received
        )
    }
}

/// What came of waiting for more in the inbox.
enum InboxSupply {
    /// There may be more in it.
    case inbox
    /// A line that was not put into it, since it can only be rejected.
    case line(SourceLine)
    /// Nothing came in time.
    case idle
    /// There will be no more.
    case end
    /// The run is to stop.
    case interrupted
}

/// Puts the standard input into the inbox, for senders who do not repeat themselves.
final class InputSpool: InboxSource.Refill {
    private let reader: LineReader
    private let ledger: Ledger
    /// A line that was read with others and comes behind them.
    private var rejected: SourceLine?

    /// So many lines, or bytes, are taken over in one commit.
    private static let linesMax = 256
    private static let bytesMax = 4 << 20

    init(_ reader: LineReader, ledger: Ledger) {
        self.reader = reader
        self.ledger = ledger
    }

    func more(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> InboxSupply {
        if let line = rejected.take() { return .line(line) }
        var lines: [NewInboxLine] = []
        var bytes = 0
        do throws(InputProblem) {
            // The first one is waited for; those behind it are taken as far as they have come.
            while lines.count < Self.linesMax, bytes < Self.bytesMax, lines.isEmpty || reader.isLineBuffered {
                guard let line = try reader.next(until: deadline) else {
                    if lines.isEmpty { return reader.wasInterrupted ? .interrupted : reader.wasIdle ? .idle : .end }
                    break
                }
                let content = unsafe Array(line.bytes)
                if let rejection = line.rejection {
                    let origin = LineOrigin(prefix: reader.name, number: Int64(line.number))
                    let place = LinePlace(number: line.number, origin: origin)
                    rejected = SourceLine(content: .kept(content), place: place, rejection: rejection)
                    break
                }
                lines.append(NewInboxLine(line: line.number, bytes: content))
                bytes += content.count
            }
        } catch {
            throw .input(error)
        }
        guard !lines.isEmpty else { return rejected.take().map { .line($0) } ?? .inbox }
        do throws(LedgerProblem) { try ledger.spool(lines, now: .now) } catch { throw .ledger(error) }
        return .inbox
    }
}
