import Events
import Foundation

/// Inputs that are read one after the other, each to its end.
final class SequentialSource: LineSource {
    private let inputs: [InputSource]
    private let lineBytesMax: Int
    private let interrupt: InputInterrupt
    private let marksBefore: [InputMark]
    private let origin: String?
    private let isContinued: Bool

    private var index = 0
    private var reader: LineReader?
    /// What is left of a rotated file is read before what lies at its path now.
    private var nextReader: LineReader?
    private var notices: [String] = []
    private var finished: [InputMark] = []
    /// How many readers there were: lines of two files may have the same number.
    private var readerCount = 0
    /// Whether the last line of the file at hand came out and had no line feed; what is written behind it is for a later
    /// run.
    private var isLastLineOut = false

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - inputs: The inputs in order.
    ///   - lineBytesMax: How long a line may be.
    ///   - marks: What earlier runs have read, newest first; where one fits, reading goes on behind it.
    ///   - origin: What names lines without an id, with a number of their file and theirs; the input's name if left
    ///     out.
    ///   - isContinued: Whether a later run goes on at the marks.
    ///   - interrupt: What ends a blocked read.
    init(
        _ inputs: [InputSource],
        lineBytesMax: Int,
        marks: [InputMark] = [],
        origin: String? = nil,
        isContinued: Bool = false,
        interrupt: InputInterrupt
    ) {
        self.inputs = inputs
        self.lineBytesMax = lineBytesMax
        marksBefore = marks
        self.origin = origin
        self.isContinued = isContinued
        self.interrupt = interrupt
    }

    var isLineBuffered: Bool { reader?.isLineBuffered ?? false }

    var progress: (read: Int, size: Int)? {
        guard let reader, let size = reader.size else { return nil }
        return (reader.bytesRead, size)
    }

    func next(until deadline: ContinuousClock.Instant?) throws(SourceProblem) -> SourceStep {
        do throws(InputProblem) {
            while true {
                if !notices.isEmpty { return .notice(notices.removeFirst()) }
                guard let reader else {
                    guard index < inputs.count else { return .end }
                    try open(inputs[index])
                    continue
                }
                if !isLastLineOut, let line = try reader.next(until: deadline) {
                    isLastLineOut = !line.isEnded
                    return .line(named(line))
                }
                if reader.wasInterrupted { return .interrupted }
                if reader.wasIdle { return .idle }
                if let mark = try mark() { finished.append(mark) }
                self.reader = nextReader
                isLastLineOut = false
                readerCount += 1
                nextReader = nil
                if self.reader == nil { index += 1 }
            }
        } catch {
            throw .input(error)
        }
    }

    /// Not for the rest of a rotated file: no later run looks for more of it.
    func leaveUnendedLine() -> Bool {
        guard isContinued, isLastLineOut, nextReader == nil, let reader else { return false }
        return reader.takeBackUnendedLine()
    }

    func marks() throws(SourceProblem) -> [InputMark] {
        do throws(InputProblem) {
            let current = try mark()
            defer { finished = [] }
            return finished + [current].compactMap(\.self)
        } catch {
            throw .input(error)
        }
    }

    /// How far the file at hand was read.
    ///
    /// The mark belongs to the input as it was named, whatever the name of the file is: the rest of a rotated file is looked for
    /// from there.
    private func mark() throws(InputProblem) -> InputMark? {
        var mark = try reader?.mark()
        if index < inputs.count { mark?.path = inputs[index].name }
        return mark
    }

    private func open(_ input: InputSource) throws(InputProblem) {
        guard case .file(let path) = input, !marksBefore.isEmpty, !path.isStream else {
            reader = try LineReader(input, lineBytesMax: lineBytesMax, interrupt: interrupt)
            return
        }
        let resumption = try Resumption(
            of: path,
            marks: marksBefore,
            lineBytesMax: lineBytesMax,
            interrupt: interrupt
        )
        if let found = resumption.reader {
            reader = found
        } else {
            reader = try LineReader(input, lineBytesMax: lineBytesMax, interrupt: interrupt)
        }
        if let mark = resumption.mark { notices.append(mark.resumed(path)) }
        switch resumption.rest {
        case .none: break
        case .reader(let rest):
            notices.append("'\(path)' was rotated; its rest is read first, from '\(rest.name)'")
            nextReader = reader
            reader = rest
        case .notFound(let mark):
            notices.append(
                """
                '\(path)' holds other content than before; the old one had been read up to line \(mark.position.line), and \
                its rest is not to be found
                """
            )
        }
    }

    private func named(_ line: InputLine) -> SourceLine {
        let name = reader?.name ?? ""
        let recordName = inputs[index] == .standardInput ? "-" : name
        return SourceLine(
            content: .held(line),
            place: LinePlace(
                number: line.number,
                input: inputs.count > 1 ? recordName : nil,
                origin: LineOrigin(prefix: origin.map { "\($0):\(readerCount)" } ?? name, number: Int64(line.number))
            )
        )
    }
}

extension InputMark {
    /// What a person is told when reading goes on behind the mark.
    fileprivate func resumed(_ name: String) -> String {
        let before = path == name ? "" : " as '\(path)'"
        return "'\(name)' was read before\(before) up to line \(position.line) and is read on from there"
    }
}

extension String {
    /// Whether what lies at the path is no file, such as a named pipe: opening it only to look would already take from it.
    var isStream: Bool {
        guard let type = (try? FileManager.default.attributesOfItem(atPath: self))?[.type] as? FileAttributeType else {
            return false
        }
        return ![.typeRegular, .typeDirectory, .typeSymbolicLink].contains(type)
    }
}
