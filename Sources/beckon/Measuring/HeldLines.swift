import Events

/// Lines held in memory, so that they can be decided again and again without their input.
struct HeldLines {
    /// The lines.
    var batch = LineBatch()

    /// How many there are.
    private(set) var count = 0

    /// Whether the input holds more, which is left out.
    private(set) var isMoreThere = false

    /// More is not held: it would take memory and tell nothing new.
    static let limits = BatchLimits(linesMax: 200_000, bytesMax: 64 << 20)

    /// Reads the first lines of an input.
    ///
    /// - Throws: ``CannotStart`` when it cannot be read.
    init(_ input: InputSource) throws {
        var lines = (batch: LineBatch(), count: 0, isMoreThere: false)
        try Self.read(input) { line in
            lines.isMoreThere = !lines.batch.hasRoom(Self.limits)
            guard !lines.isMoreThere else { return false }
            lines.batch.append(line)
            lines.count += 1
            return true
        }
        (batch, count, isMoreThere) = lines
    }

    /// Forgets all lines but the first.
    mutating func keepFirst(_ count: Int) {
        guard count < self.count else { return }
        batch.keepFirst(count)
        (self.count, isMoreThere) = (count, true)
    }

    /// Reads the lines from their input once more as a run does, batch by batch, and holds none of them.
    func readAgain(_ input: InputSource) throws {
        var batch = LineBatch()
        var left = count
        try Self.read(input) { line in
            if !batch.hasRoom(BatchLimits()) { batch.removeAll() }
            batch.append(line)
            left -= 1
            return left > 0
        }
    }

    private static func read(_ input: InputSource, _ take: (SourceLine) -> Bool) throws {
        let interrupt: InputInterrupt
        do throws(InputProblem) {
            interrupt = try InputInterrupt()
        } catch {
            throw CannotStart(error.description)
        }
        let source = SequentialSource([input], lineBytesMax: LineReader.lineBytesMaxDefault, interrupt: interrupt)
        let reader = BatchReader(source)
        while true {
            switch reader.read(take) {
            case .idle, .notice: continue
            case .full, .end, .stopped: return
            case .failed(let problem): throw CannotStart(problem.description)
            }
        }
    }
}
