internal import CSimdjson

/// A parsed JSON text: simdjson's tape and string buffer, as simdjson wrote them.
///
/// Nothing is turned into Swift values until somebody asks for it (``JSONValue``), so that an event on which no rule
/// fires costs no strings; and the document is parsed into again as long as nobody else holds it
/// (``JSONParser``), so that it costs no allocation either.
@safe
public final class JSONDocument: @unchecked Sendable {
    // Unchecked: it is written to by `parse` alone, whose caller is the only one to hold the document, as with the buffer
    // of an array that is changed in place. For everybody to whom it was handed out it does not change.
    private let handle: OpaquePointer

    private let tape: UnsafePointer<csimdjson_tape>

    /// Creates a document that holds nothing yet; `nil` if there is no memory.
    init?() {
        guard let handle = unsafe csimdjson_document_create() else { return nil }
        unsafe self.handle = handle
        unsafe tape = csimdjson_document_tape(handle)
    }

    deinit {
        unsafe csimdjson_document_destroy(handle)
    }

    /// The longest text in bytes for which there is room.
    var capacity: Int { unsafe csimdjson_document_capacity(handle) }

    /// Parses a text into the document, which nobody but the caller may hold.
    func parse(_ bytes: UnsafeRawBufferPointer, isPadded: Bool, with parser: OpaquePointer) -> csimdjson_status {
        unsafe csimdjson_parse(parser, handle, bytes.baseAddress, bytes.count, isPadded)
    }

    /// Lends the tape: the document is held until the call is over, and so not parsed into.
    @inline(__always)
    func reading<Result>(_ body: (JSONTape) -> Result) -> Result {
        defer { withExtendedLifetime(self) {} }
        return unsafe body(JSONTape(tape.pointee))
    }

    /// The value that the text consists of.
    public var root: JSONValue { JSONValue(document: self, index: 1) }
}
