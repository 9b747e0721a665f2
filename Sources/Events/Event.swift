/// One input record, seen through the names that rules use.
///
/// A format fills in the names (``EventFormat``); `fields` is the original, opened from its envelope.
///
/// An event that was decoded holds places in its document and becomes text only where somebody asks for it: a name costs
/// a `String` each time it is read, and nothing when its bytes are lent (``withUTF8(_:_:)``). A copy shares the
/// document; who keeps one keeps the whole line.
public struct Event: Sendable {
    /// Of a message: what it holds.
    public var kind: MessageKind?

    /// Who caused the event.
    public var by: Origin?

    /// When it happened.
    public var time: Instant?

    /// Whether it happened in a group, where there is no conversation of one business number with one customer.
    public var isInGroup = false

    /// The original, relative to the single event.
    public var fields: JSONValue {
        willSet { if newValue.document !== fields.document { keepTexts() } }
    }

    /// Where the texts lie.
    var texts: EventTexts

    // The texts that are neither in the document nor short, at most one for each name.
    private var kept: [(name: EventName, text: String)] = []

    /// Creates an event of which only the type is known.
    public init(type: String, fields: JSONValue) {
        self.init(kind: .messageReceived, fields: fields)
        self.type = type
    }

    /// Creates an event of one of DoubleTick's kinds.
    init(kind: DoubleTickWebhook, fields: JSONValue) {
        texts = EventTexts(type: .kind(kind))
        self.fields = fields
    }

    /// Lends the UTF-8 bytes of a name without making a `String` of them; `nil` if the event does not have it.
    ///
    /// Costs next to nothing but for `conversation` and `time`, which are put together first. `fields` is no text.
    public func withUTF8<Result>(_ name: EventName, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        switch name {
        case .type, .text, .choice, .customer, .business, .name, .agent, .tag, .id:
            texts[name].map { unsafe withUTF8(of: $0, name, body) }
        case .kind: kind.map { unsafe $0.rawValue.lendingUTF8(body) }
        case .by: by.map { unsafe $0.rawValue.lendingUTF8(body) }
        case .conversation: conversation.map { unsafe $0.lendingUTF8(body) }
        case .time: time.map { unsafe $0.iso8601.lendingUTF8(body) }
        case .fields: nil
        }
    }

    private func withUTF8<Result>(
        of text: EventText,
        _ name: EventName,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        switch text {
        case .place(let index):
            let value = JSONValue(document: fields.document, index: Int(index))
            return unsafe value.withUTF8(body) ?? (value.integer.map { String($0) } ?? "").lendingUTF8(body)
        case .short(let text): return unsafe text.withUTF8(body)
        case .kind(let kind): return unsafe kind.rawValue.lendingUTF8(body)
        case .kept: return unsafe (kept.first { $0.name == name }?.text ?? "").lendingUTF8(body)
        }
    }

    /// The text of a name.
    subscript(name: EventName) -> String? {
        get {
            switch texts[name] {
            case nil: nil
            case .kept: kept.first { $0.name == name }?.text
            case .kind(let kind): kind.rawValue
            case let text?: unsafe withUTF8(of: text, name) { unsafe String(decoding: $0, as: UTF8.self) }
            }
        }
        set {
            if case .kept = texts[name] { kept.removeAll { $0.name == name } }
            texts[name] = newValue.map { value in
                unsafe value.lendingUTF8 { unsafe EventText($0, of: name) } ?? .kept
            }
            if case .kept = texts[name], let newValue { kept.append((name, newValue)) }
        }
    }

    /// Takes the texts out of the document, before the event gets another.
    private mutating func keepTexts() {
        for name in EventTexts.names {
            if case .place = texts[name] { self[name] = self[name] }
        }
    }
}

extension EventText {
    /// Text from outside the document, if it need not be kept beside the event.
    fileprivate init?(_ bytes: UnsafeRawBufferPointer, of name: EventName) {
        if name == .type, let kind = unsafe DoubleTickWebhook.named[bytes] {
            self = .kind(kind)
        } else if let text = unsafe ShortText(bytes) {
            self = .short(text)
        } else {
            return nil
        }
    }
}

extension String {
    /// Lends the UTF-8 bytes.
    fileprivate func lendingUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var text = self
        return text.withUTF8 { unsafe body(UnsafeRawBufferPointer($0)) }
    }
}
