/// What a ``JSONWriter`` can write as one value.
public protocol JSONWritable {
    /// Writes this as exactly one value.
    func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
    /// Writes a string.
    public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Int: JSONWritable {
    /// Writes a whole number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Int64: JSONWritable {
    /// Writes a whole number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Double: JSONWritable {
    /// Writes a number.
    public func write(to writer: inout JSONWriter) { writer.number(self) }
}

extension Bool: JSONWritable {
    /// Writes `true` or `false`.
    public func write(to writer: inout JSONWriter) { writer.boolean(self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    /// Writes the value, or `null` for none.
    public func write(to writer: inout JSONWriter) {
        guard let self else { return writer.null() }
        self.write(to: &writer)
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Writes a list.
    public func write(to writer: inout JSONWriter) {
        writer.list { for element in self { element.write(to: &$0) } }
    }
}

extension Instant: JSONWritable {
    /// Writes the time as ISO 8601 text.
    public func write(to writer: inout JSONWriter) { writer.string(iso8601) }
}

extension JSONValue: JSONWritable {
    /// Writes the value with everything in it.
    ///
    /// Keeps its own stack: a document may be deeper than the stack of a small thread allows for calls.
    public func write(to writer: inout JSONWriter) {
        var open: [Container] = []
        write(index, to: &writer, opening: &open)
        while var container = open.popLast() {
            switch container {
            case .list(let place, let end):
                guard place < end else {
                    writer.close(UInt8(ascii: "]"))
                    continue
                }
                open.append(.list(place: document.reading { $0.next(after: place) }, end: end))
                write(place, to: &writer, opening: &open)
            case .object(var members):
                guard let key = members.nextPlace() else {
                    writer.close(UInt8(ascii: "}"))
                    continue
                }
                container = .object(members)
                open.append(container)
                document.reading { unsafe $0.withText(at: key) { unsafe writer.key($0) } }
                write(key + 1, to: &writer, opening: &open)
            }
        }
    }

    /// A list or an object of which the rest is still to be written.
    private enum Container {
        case list(place: Int, end: Int)
        case object(Members)
    }

    private func write(_ index: Int, to writer: inout JSONWriter, opening open: inout [Container]) {
        let value = JSONValue(document: document, index: index)
        switch document.reading({ $0.tag(at: index) }) {
        case Tag.object:
            writer.open(UInt8(ascii: "{"))
            open.append(.object(value.members))
        case Tag.list:
            writer.open(UInt8(ascii: "["))
            open.append(.list(place: index + 1, end: document.reading { $0.end(of: index) }))
        case Tag.string: document.reading { unsafe $0.withText(at: index) { unsafe writer.string($0) } }
        case Tag.signed: writer.integer(Int64(bitPattern: document.reading { $0.word(at: index + 1) }))
        case Tag.unsigned: writer.integer(document.reading { $0.word(at: index + 1) })
        case Tag.double: writer.number(Double(bitPattern: document.reading { $0.word(at: index + 1) }))
        case Tag.yes: writer.boolean(true)
        case Tag.no: writer.boolean(false)
        default: writer.null()
        }
    }
}
