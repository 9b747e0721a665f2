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
    private var kept: KeptTexts?

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
    @inlinable
    public func withUTF8<Result>(_ name: EventName, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        var result: Result?
        unsafe lend(name) { unsafe result = body($0) }
        return result
    }

    /// Lends the bytes of a name, if the event has it.
    ///
    /// Not generic: what lends must stay in this module, and there nobody knows the results of others.
    @usableFromInline
    func lend(_ name: EventName, to body: (UnsafeRawBufferPointer) -> Void) {
        switch name {
        case .type, .text, .choice, .customer, .business, .name, .agent, .tag, .id:
            if let text = texts[name] { unsafe lend(text, of: name, to: body) }
        case .kind: if let kind { unsafe kind.rawValue.lendingUTF8(body) }
        case .by: if let by { unsafe by.rawValue.lendingUTF8(body) }
        case .conversation: if let conversation { unsafe conversation.lendingUTF8(body) }
        case .time: if let time { unsafe time.iso8601.lendingUTF8(body) }
        case .fields: break
        }
    }

    private func lend(_ text: EventText, of name: EventName, to body: (UnsafeRawBufferPointer) -> Void) {
        switch text {
        case .place(let index):
            fields.document.reading { tape in
                if unsafe tape.withUTF8(at: Int(index), body) != nil { return }
                unsafe (tape.integer(at: Int(index)).map { String($0) } ?? "").lendingUTF8(body)
            }
        case .short(let text): unsafe text.withUTF8(body)
        case .kind(let kind): unsafe kind.rawValue.lendingUTF8(body)
        case .kept: unsafe (keptText(of: name) ?? "").lendingUTF8(body)
        }
    }

    private func keptText(of name: EventName) -> String? { kept?.texts.first { $0.name == name }?.text }

    /// The text of a name.
    subscript(name: EventName) -> String? {
        get {
            switch texts[name] {
            case nil: nil
            case .kept: keptText(of: name)
            case .kind(let kind): kind.rawValue
            default: unsafe withUTF8(name) { unsafe String(decoding: $0, as: UTF8.self) }
            }
        }
        set {
            if case .kept = texts[name] { kept = kept?.without(name) }
            texts[name] = newValue.map { value in
                unsafe value.lendingUTF8 { unsafe EventText($0, of: name) } ?? .kept
            }
            if case .kept = texts[name], let newValue { kept = KeptTexts(kept, name, newValue) }
        }
    }

    /// Takes the texts out of the document, before the event gets another.
    private mutating func keepTexts() {
        for name in EventTexts.names {
            if case .place = texts[name] { self[name] = self[name] }
        }
    }
}

/// Texts that are kept beside an event; an object, so that an event without any is copied and let go at no cost.
private final class KeptTexts: Sendable {
    let texts: [(name: EventName, text: String)]

    private init(_ texts: [(name: EventName, text: String)]) {
        self.texts = texts
    }

    /// Keeps one text more.
    convenience init(_ others: KeptTexts?, _ name: EventName, _ text: String) {
        self.init((others?.texts ?? []) + [(name, text)])
    }

    /// The texts of all other names; `nil` where there are none.
    func without(_ name: EventName) -> KeptTexts? {
        let others = texts.filter { $0.name != name }
        return others.isEmpty ? nil : KeptTexts(others)
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
