/// Writes compact JSON text, members in the order in which they are given.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object {
///     $0.member("line", 12)
///     $0.member("with") { $0.object { $0.member("agents", ["919999900101"]) } }
/// }
/// writer.text  // {"line":12,"with":{"agents":["919999900101"]}}
/// ```
///
/// Escapes only what JSON demands: quotation mark, backslash and control characters. A writer puts commas where they
/// belong; that a member stands in an object and that there is one value in all is up to the caller.
public struct JSONWriter: Sendable {
    /// The text so far, as UTF-8.
    public private(set) var bytes: [UInt8] = []

    private var needsComma = false

    /// Creates an empty writer.
    public init() {}

    /// The text so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets the text and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Writes an object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes a list whose elements `body` writes.
    public mutating func list(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes a key; the next value belongs to it.
    public mutating func key(_ key: String) {
        var key = key
        key.withUTF8 { unsafe self.key(UnsafeRawBufferPointer($0)) }
    }

    /// Writes a member.
    public mutating func member(_ key: String, _ value: some JSONWritable) {
        self.key(key)
        value.write(to: &self)
    }

    /// Writes a member whose one value `body` writes.
    public mutating func member(_ key: String, _ body: (inout JSONWriter) -> Void) {
        self.key(key)
        body(&self)
    }

    /// Writes a member, or nothing at all if there is no value.
    public mutating func member(_ key: String, ifPresent value: (some JSONWritable)?) {
        guard let value else { return }
        member(key, value)
    }

    /// Writes a value: the only one, an element of a list, or the one that belongs to the key just written.
    public mutating func value(_ value: some JSONWritable) {
        value.write(to: &self)
    }

    /// Writes `null`.
    public mutating func null() { raw("null") }

    /// Writes JSON text as it is, as one value.
    ///
    /// The caller vouches that it is one JSON value.
    public mutating func raw(_ json: String) {
        comma()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    /// Writes a string.
    public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { unsafe string(UnsafeRawBufferPointer($0)) }
    }

    /// Writes a whole number.
    public mutating func integer(_ number: some BinaryInteger) { raw(String(number)) }

    /// Writes a number in the shortest form that reads as the same double; `null` for infinities and NaN, which JSON
    /// lacks.
    public mutating func number(_ number: Double) { raw(number.isFinite ? number.description : "null") }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

    mutating func open(_ mark: UInt8) {
        comma()
        bytes.append(mark)
        needsComma = false
    }

    mutating func close(_ mark: UInt8) {
        bytes.append(mark)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    /// Writes UTF-8 bytes as a key.
    mutating func key(_ key: UnsafeRawBufferPointer) {
        comma()
        unsafe bytes.append(jsonString: key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes UTF-8 bytes as a string.
    mutating func string(_ text: UnsafeRawBufferPointer) {
        comma()
        unsafe bytes.append(jsonString: text)
        needsComma = true
    }
}
