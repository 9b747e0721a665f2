import Events

/// The events that the body of a request holds.
///
/// A list holds one event an element; any other JSON value is one event. Originals keep their bytes: nothing is read and
/// written again, so that long numbers and equal keys stay as they were sent. Only line ends between their parts become
/// spaces, since an event is one line.
enum HookBody: Equatable {
    /// The originals in order; none where the body is an empty list.
    case originals([ArraySlice<UInt8>])
    /// There is nothing but white space.
    case empty
    /// The body is not JSON, or more than the parser takes.
    case notJSON(JSONProblem)

    /// Reads a body.
    init(_ bytes: [UInt8]) {
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        text = text.withoutSpaceAround
        guard !text.isEmpty else {
            self = .empty
            return
        }
        do throws(JSONProblem) {
            try Self.check(text)
        } catch {
            self = .notJSON(error)
            return
        }
        let line = Self.line(text)
        self = .originals(line.first == UInt8(ascii: "[") ? Self.elements(of: line) : [line])
    }

    private static func check(_ text: ArraySlice<UInt8>) throws(JSONProblem) {
        var parser = JSONParser()
        let result = unsafe text.withUnsafeBytes { bytes in
            Result { () throws(JSONProblem) in _ = unsafe try parser.parse(bytes) }
        }
        try result.get()
    }

    /// The text on one line: a string of valid JSON holds no line end, so every one stands between parts.
    private static func line(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }[...]
    }

    /// The elements of a list that is known to be valid JSON: what stands between the commas of its own.
    private static func elements(of list: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        var start = list.startIndex + 1
        for (place, byte) in zip(list.indices, list) {
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 1:
                elements.append(list[start..<place].withoutSpaceAround)
                start = place + 1
            default: break
            }
        }
        // Only the list that has no element at all has nothing in front of its end.
        let last = list[start..<(list.endIndex - 1)].withoutSpaceAround
        return last.isEmpty ? elements : elements + [last]
    }
}

extension ArraySlice<UInt8> {
    fileprivate var withoutSpaceAround: Self {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return []
        }
        return self[first...last]
    }
}
