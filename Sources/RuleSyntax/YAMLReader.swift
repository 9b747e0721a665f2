import CYaml
public import Diagnostics

/// Reads one rule file into a tree, on libyaml's event level.
///
/// The event level gives what the node level has lost: both places of a duplicate key, the marks of every value, scalars as
/// written. Everything a file could use to exhaust memory or the stack is bounded by ``Limits``.
///
/// ```swift
/// let file = SourceFile(path: "rules/disk.yml", text: "rules: []")
/// let (root, diagnostics) = YAMLReader.read(file)
/// ```
@safe
public struct YAMLReader: ~Copyable {
    /// How far a rule file may go.
    public enum Limits {
        /// A larger file is refused before it is read: 10,000 rules take about 2 MiB.
        public static let fileBytesMax = 8 << 20

        /// Deeper nesting is refused; the language itself needs about twenty levels.
        public static let depthMax = 100

        /// With all aliases spelt out a file may hold this many values; 10,000 rules hold about 150,000.
        public static let nodesMax = 2_000_000
    }

    /// Reads a file.
    ///
    /// - Returns: The root, or `nil` when the file is empty or not YAML; and everything found wrong, of which a syntax error is
    ///   always the last since nothing behind it can be read.
    /// - Complexity: O(n) in the size of the file.
    public static func read(_ file: SourceFile) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
        if let offset = file.bytes.firstInvalidUTF8Offset { return (nil, [.notUTF8(file, offset: offset)]) }
        var reader = YAMLReader(file: file)
        do {
            let root = try reader.document()
            return (root, reader.diagnostics)
        } catch {
            return (nil, reader.diagnostics + [error.diagnostic])
        }
    }

    private let file: SourceFile
    private let offsets: CharacterOffsets
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var diagnostics: [Diagnostic] = []
    private var anchors: [String: YAMLNode] = [:]
    private var nodeCount = 0

    /// A problem behind which nothing can be read.
    private struct Stop: Error {
        var diagnostic: Diagnostic
    }

    private init(file: SourceFile) {
        self.file = file
        offsets = CharacterOffsets(file.bytes, from: file.textStart)
        unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    private mutating func document() throws(Stop) -> YAMLNode? {
        // With its encoding set, libyaml would count a byte order mark as a column, and indentation would not fit.
        let bytes = file.bytes[file.textStart...]
        var result: Result<YAMLNode?, Stop> = .success(nil)
        // The parser keeps the pointer until `yaml_parser_delete`; it reads it only inside this closure.
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            result = Result { () throws(Stop) -> YAMLNode? in try readStream() }
        }
        return try result.get()
    }

    private mutating func readStream() throws(Stop) -> YAMLNode? {
        var root: YAMLNode?
        var documents = 0
        while true {
            let event = try next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart:
                documents += 1
                guard documents == 1 else {
                    throw Stop(diagnostic: .severalDocuments(Span(file, event.bytes)))
                }
            case .alias, .scalar, .sequenceStart, .mappingStart: root = try node(from: event, depth: 1)
            case .other, .sequenceEnd, .mappingEnd: continue
            }
        }
    }

    private mutating func node(from event: Event, depth: Int) throws(Stop) -> YAMLNode {
        guard depth <= Limits.depthMax else { throw Stop(diagnostic: .nestedTooDeep(Span(file, event.bytes))) }
        let diagnosticCount = diagnostics.count
        if let tag = event.tag { diagnostics.append(.unsupportedTag(tag, at: Span(file, event.bytes))) }
        var node: YAMLNode
        switch event.kind {
        case .alias(let name):
            guard let anchored = anchors[name] else {
                throw Stop(diagnostic: .unknownAnchor(name, at: Span(file, event.bytes)))
            }
            node = anchored
            node.span = Span(file, event.bytes)
            guard depth + anchored.expanded.depth - 1 <= Limits.depthMax else {
                throw Stop(diagnostic: .nestedTooDeep(node.span))
            }
        case .scalar(let scalar):
            node = YAMLNode(content: .scalar(scalar), span: Span(file, event.bytes), expanded: ExpandedSize())
        case .sequenceStart: node = try sequence(from: event, depth: depth)
        case .mappingStart: node = try mapping(from: event, depth: depth)
        case .sequenceEnd, .mappingEnd, .documentStart, .streamEnd, .other:
            throw Stop(diagnostic: .unreadableYAML("unexpected end", at: Span(file, event.bytes)))
        }
        if diagnostics.count > diagnosticCount { node.holdsProblem = true }
        nodeCount += event.kind.isAlias ? node.expanded.count : 1
        guard nodeCount <= Limits.nodesMax else { throw Stop(diagnostic: .aliasesTooLarge(node.span)) }
        if let anchor = event.anchor { anchors[anchor] = node }
        return node
    }

    private mutating func sequence(from start: Event, depth: Int) throws(Stop) -> YAMLNode {
        var nodes: [YAMLNode] = []
        var expanded = ExpandedSize()
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind {
                let span = span(from: start, to: event, behind: nodes.last)
                return YAMLNode(content: .sequence(nodes), span: span, expanded: expanded)
            }
            let element = try node(from: event, depth: depth + 1)
            expanded.hold(element.expanded)
            nodes.append(element)
        }
    }

    private mutating func mapping(from start: Event, depth: Int) throws(Stop) -> YAMLNode {
        var entries: [YAMLEntry] = []
        var places = KeyPlaces()
        var expanded = ExpandedSize()
        var last: YAMLNode?
        var isIncomplete = false
        while true {
            let event = try next()
            if case .mappingEnd = event.kind {
                let span = span(from: start, to: event, behind: last)
                var node = YAMLNode(content: .mapping(entries), span: span, expanded: expanded)
                node.isIncomplete = isIncomplete
                return node
            }
            let key = try node(from: event, depth: depth + 1)
            let value = try node(from: next(), depth: depth + 1)
            expanded.hold(key.expanded)
            expanded.hold(value.expanded)
            last = value
            guard let name = key.scalar?.text else {
                diagnostics.append(.complexKey(key))
                isIncomplete = true
                continue
            }
            guard name != "<<" else {
                diagnostics.append(.mergeKey(key.span))
                isIncomplete = true
                continue
            }
            if let first = places.note(name, in: entries) {
                diagnostics.append(.duplicateKey(name, first: entries[first].keySpan, second: key.span))
                continue
            }
            entries.append(YAMLEntry(key: name, keySpan: key.span, value: value))
        }
    }

    /// From the first event of a list or mapping to its end.
    ///
    /// Flow style ends with its bracket. Of a block libyaml says only where the next thing begins, behind comments that may
    /// speak of that next thing; the block itself ends with its last value.
    private func span(from start: Event, to end: Event, behind last: YAMLNode?) -> Span {
        let lower = start.bytes.lowerBound
        guard end.bytes.isEmpty else { return Span(file, lower..<max(end.bytes.upperBound, lower)) }
        var upper = max(last?.span.bytes.upperBound ?? lower, lower)
        while upper > lower, file.bytes[upper - 1].isYAMLSpace { upper -= 1 }
        return Span(file, lower..<upper)
    }
}

/// Finds keys that a mapping has already.
///
/// Most mappings have a handful of keys, which are found faster by comparing each than by hashing.
private struct KeyPlaces {
    /// Where each key stands; empty while there are few.
    private var places: [String: Int] = [:]

    /// From so many keys on they are hashed.
    private static let comparedMax = 16

    /// The position of the entry that has this key; a key that is new is noted as that of the next entry.
    mutating func note(_ key: String, in entries: [YAMLEntry]) -> Int? {
        guard entries.count >= Self.comparedMax else { return entries.firstIndex(of: key) }
        if places.isEmpty {
            places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
        }
        if let first = places[key] { return first }
        places[key] = entries.count
        return nil
    }
}

extension YAMLReader {
    /// One event of libyaml, copied out of it.
    private struct Event {
        enum Kind {
            case documentStart
            case streamEnd
            case alias(String)
            case scalar(YAMLScalar)
            case sequenceStart
            case sequenceEnd
            case mappingStart
            case mappingEnd
            case other

            var isAlias: Bool {
                guard case .alias = self else { return false }
                return true
            }
        }

        var kind: Kind
        var bytes: Range<Int>
        var anchor: String?
        var tag: String?
    }

    private mutating func next() throws(Stop) -> Event {
        var raw = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw Stop(diagnostic: syntaxError()) }
        defer { unsafe yaml_event_delete(&raw) }
        let lower = unsafe offsets.byteOffset(ofCharacter: raw.start_mark.index)
        let upper = unsafe offsets.byteOffset(ofCharacter: raw.end_mark.index)
        var event = Event(kind: .other, bytes: lower..<max(lower, upper))
        switch unsafe raw.type {
        case YAML_DOCUMENT_START_EVENT: event.kind = .documentStart
        case YAML_STREAM_END_EVENT: event.kind = .streamEnd
        case YAML_SEQUENCE_END_EVENT: event.kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: event.kind = .mappingEnd
        case YAML_ALIAS_EVENT: event.kind = .alias(unsafe text(raw.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            event.kind = .sequenceStart
            event.anchor = unsafe text(raw.data.sequence_start.anchor)
            event.tag = unsafe text(raw.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            event.kind = .mappingStart
            event.anchor = unsafe text(raw.data.mapping_start.anchor)
            event.tag = unsafe text(raw.data.mapping_start.tag)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe raw.data.scalar
            let buffer = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = unsafe String(decoding: buffer, as: UTF8.self)
            event.kind = .scalar(YAMLScalar(text: value, style: unsafe style(scalar.style)))
            event.anchor = unsafe text(scalar.anchor)
            event.tag = unsafe text(scalar.tag)
        default: break
        }
        return event
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }

    private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private func syntaxError() -> Diagnostic {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "not YAML"
        let isReaderError = unsafe parser.pointee.error == YAML_READER_ERROR
        let offset =
            unsafe isReaderError
            ? file.textStart + parser.pointee.problem_offset
            : offsets.byteOffset(ofCharacter: parser.pointee.problem_mark.index)
        var context: [Label] = []
        if !isReaderError, let note = unsafe parser.pointee.context {
            let start = unsafe offsets.byteOffset(ofCharacter: parser.pointee.context_mark.index)
            let text = unsafe Self.plainWords(for: String(cString: note))
            if start < offset { context.append(Label(text, at: Span(file, start..<start + 1))) }
        }
        return .unreadableYAML(problem, at: Span(file, file.characterRange(at: offset)), context: context)
    }
}

extension SourceFile {
    /// The character at a byte offset, or nothing at the end of the file.
    fileprivate func characterRange(at offset: Int) -> Range<Int> {
        let start = min(max(offset, 0), bytes.count)
        guard start < bytes.count, bytes[start] != UInt8(ascii: "\n") else { return start..<start }
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return start..<end
    }
}

extension UInt8 {
    fileprivate var isYAMLSpace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r")
            || self == UInt8(ascii: "\t")
    }
}
