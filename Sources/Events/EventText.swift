/// Where the text lies that an event has under one of its names.
///
/// Holds no reference, so that an event is copied like plain memory however much it says.
enum EventText: Sendable {
    /// In the event's document: a string, or a whole number, which stands for its digits.
    case place(Int32)
    /// Here.
    case short(ShortText)
    /// In the name of a kind of events.
    case kind(DoubleTickWebhook)
    /// In the event itself, with what it was given from elsewhere than its document.
    case kept

    /// The string or whole number at an index of a document's tape.
    init(at index: Int) {
        // simdjson's texts are shorter than 4 GiB, and those of the reader than one.
        self = .place(Int32(truncatingIfNeeded: index))
    }
}

/// The texts of an event by their names; `nil` where there is none.
struct EventTexts: Sendable {
    var type: EventText
    var text: EventText?
    var choice: EventText?
    var customer: EventText?
    var business: EventText?
    var name: EventText?
    var agent: EventText?
    var tag: EventText?
    var id: EventText?

    /// The names that have texts.
    static let names: [EventName] = [.type, .text, .choice, .customer, .business, .name, .agent, .tag, .id]

    /// The text of a name; a type stays as it is when it is set to `nil`.
    subscript(name: EventName) -> EventText? {
        @inline(__always)
        get {
            switch name {
            case .type: type
            case .text: text
            case .choice: choice
            case .customer: customer
            case .business: business
            case .name: self.name
            case .agent: agent
            case .tag: tag
            case .id: id
            case .kind, .conversation, .by, .time, .fields: nil
            }
        }
        @inline(__always)
        set {
            switch name {
            case .type: type = newValue ?? type
            case .text: text = newValue
            case .choice: choice = newValue
            case .customer: customer = newValue
            case .business: business = newValue
            case .name: self.name = newValue
            case .agent: agent = newValue
            case .tag: tag = newValue
            case .id: id = newValue
            case .kind, .conversation, .by, .time, .fields: break
            }
        }
    }
}

extension JSONTape {
    /// The place of a string that is not empty: the originals write an empty one for what they do not know.
    func filledText(at index: Int) -> EventText? {
        unsafe withUTF8(at: index) { unsafe !$0.isEmpty } == true ? EventText(at: index) : nil
    }

    /// The place of a string that is not empty, or of a whole number.
    func textOrInteger(at index: Int) -> EventText? {
        filledText(at: index) ?? (integer(at: index) == nil ? nil : EventText(at: index))
    }

    /// The digits of a phone number that is written as text or as a whole number.
    func phoneText(at index: Int) -> EventText? {
        guard tag(at: index) == Tag.string else {
            return integer(at: index).flatMap { PhoneDigits.short(String($0)) }.map { .short($0) }
        }
        if unsafe withText(at: index, PhoneDigits.isWritten) { return EventText(at: index) }
        return unsafe withText(at: index, PhoneDigits.short).map { .short($0) }
    }

    /// Whether there is a string of just these characters.
    @inline(__always)
    func isText(_ expected: StaticString, at index: Int) -> Bool {
        let expected = unsafe UnsafeRawBufferPointer(start: expected.utf8Start, count: expected.utf8CodeUnitCount)
        return unsafe withUTF8(at: index) { unsafe $0.isSame(as: expected) } ?? false
    }

    /// The index of the first member's value under a key of the object at an index.
    @inline(__always)
    func member(of index: Int, _ key: StaticString) -> Int? {
        unsafe member(of: index, key: UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }
}

extension JSONValue {
    /// The place of a string that is not empty.
    var filledText: EventText? { document.reading { $0.filledText(at: index) } }

    /// The place of a string that is not empty, or of a whole number.
    var textOrInteger: EventText? { document.reading { $0.textOrInteger(at: index) } }

    /// The digits of a phone number that is written as text or as a whole number.
    var phoneText: EventText? { document.reading { $0.phoneText(at: index) } }

    /// The string that ``filledText`` stands for.
    var filledString: String? { filledText == nil ? nil : string }

    /// The digits that ``phoneText`` stands for.
    var phoneDigits: String? {
        switch phoneText {
        case .short(let digits): unsafe digits.withUTF8 { unsafe String(decoding: $0, as: UTF8.self) }
        case .place: string
        default: nil
        }
    }

    /// Whether the value is a string of just these characters.
    func isText(_ expected: StaticString) -> Bool { document.reading { $0.isText(expected, at: index) } }

    /// Whether the value is an object with a member under a key.
    func has(_ key: StaticString) -> Bool { document.reading { $0.member(of: index, key) != nil } }
}
