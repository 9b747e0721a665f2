internal import Foundation

/// What an answer that is no success says about itself.
///
/// DoubleTick answers with JSON whose `message` is a string or a list of strings; what stands before it (a proxy, a
/// firewall) answers with HTML, plain text or nothing. Every one of them can be read, and none makes reading fail.
public struct ErrorBody: Hashable, Sendable {
    /// The status code as the body repeats it.
    public var statusCode: Int?

    /// What went wrong.
    public var message: Message?

    /// The name of the status, such as `Bad Request`.
    public var error: String?

    /// A message as the service writes it.
    public enum Message: Hashable, Sendable {
        /// One sentence.
        case one(String)
        /// A list of them, as validation writes it.
        case several([String])
    }

    /// A longer body is not read as JSON, only its beginning as text.
    static let jsonBytesMax = 64 << 10

    /// How much of a body is read as text.
    static let textBytesMax = 16 << 10

    /// Creates a body.
    public init(statusCode: Int? = nil, message: Message?, error: String? = nil) {
        self.statusCode = statusCode
        self.message = message
        self.error = error
    }

    /// Reads whatever came.
    public init(reading bytes: [UInt8]) {
        if bytes.count <= Self.jsonBytesMax, let json = LooseJSON(reading: bytes) {
            self.init(json, written: bytes)
        } else {
            self.init(message: Self.text(of: bytes).map { .one($0) })
        }
    }

    /// The message in one readable line of at most 200 characters, without keys; `nil` when there is nothing to read.
    public var line: String? {
        let texts =
            switch message {
            case .one(let text): [text]
            case .several(let texts): texts
            case nil: [String]()
            }
        let lines = texts.map { ReadableLine($0).description }.filter { !$0.isEmpty }
        let line = ReadableLine(lines.isEmpty ? error ?? "" : lines.joined(separator: "; ")).description
        return line.isEmpty ? nil : line
    }

    /// The body as compact JSON in the order of the service: `statusCode`, `message`, `error`.
    public func json() -> String {
        var members: [(String, String)] = []
        if let statusCode { members.append(("statusCode", String(statusCode))) }
        switch message {
        case .one(let text): members.append(("message", JSONText.string(text)))
        case .several(let texts): members.append(("message", JSONText.array(texts.map(JSONText.string))))
        case nil: break
        }
        if let error { members.append(("error", JSONText.string(error))) }
        return JSONText.object(members)
    }
}

extension ErrorBody {
    private init(_ json: LooseJSON, written bytes: [UInt8]) {
        guard case .object(let members) = json else {
            let texts = json.texts
            self.init(message: texts.isEmpty ? nil : .several(texts))
            return
        }
        self.init(message: nil)
        if case .number(let number) = members["statusCode"] { statusCode = Int(exactly: number) }
        if case .string(let text) = members["error"] { error = text }
        if case .string(let text) = members["message"] {
            message = .one(text)
        } else {
            let texts = json.texts
            if !texts.isEmpty { message = .several(texts) }
        }
        // An object of a shape never seen: its text says more than silence.
        if line == nil, !members.isEmpty { message = Self.text(of: bytes).map { .one($0) } }
    }

    /// The visible text of a body that is no JSON; `nil` when it is no text at all.
    private static func text(of bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes.prefix(textBytesMax), as: UTF8.self)
        guard !isBinary(text) else { return nil }
        guard let page = HTMLText(text) else { return text }
        return page.title ?? page.visible
    }

    /// Whether one in eight of the first characters could not have been written by a person.
    private static func isBinary(_ text: String) -> Bool {
        let start = text.unicodeScalars.prefix(512)
        let strange = start.count { scalar in
            scalar == "\u{FFFD}" || (scalar.properties.generalCategory == .control && !scalar.properties.isWhitespace)
        }
        return strange * 8 > start.count
    }
}
