import Diagnostics
import Directory
import Events
import Foundation
import RuleCompiler
import RuleEngine
import RuleSyntax

/// Makes the events of one test, in order.
///
/// An event is shorthand over a realistic DoubleTick message, or `{ raw: {…} }`, or `{ file: … }`; the last two go through
/// the same formats as a stream.
struct TestEventReader {
    let compilation: Compilation
    /// The number of the test, which makes its events' ids.
    let number: Int

    private var parser = JSONParser()
    /// What the clock shows after the events so far.
    private(set) var clock: TestClock

    /// How many events there were before.
    private var count = 0

    init(compilation: Compilation, number: Int, clock: TestClock) {
        self.compilation = compilation
        self.number = number
        self.clock = clock
    }

    private static let names = EventName.inConditions.map(\.spelling) + ["id"]

    /// The customer of events that name none.
    private static let customer = "919999900001"

    /// The events that an item stands for: none for `{ wait: 15m }`, and as many as are in it for `raw` and `file`.
    mutating func events(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [TestEvent] {
        guard let fields = MappingReader(node, as: Language.testEvent, reporting: &diagnostics) else { return [] }
        for key in ["wait", "raw", "file"] {
            guard let entry = fields[key] else { continue }
            if let other = node.mapping?.first(where: { $0.key != key }) {
                diagnostics.append(.beside(other, whole: entry))
            }
            switch key {
            case "wait":
                clock.wait(entry.value, &diagnostics)
                return []
            case "raw": return raw(entry.value, &diagnostics).map { arrived($0) }
            default: return file(entry.value, &diagnostics).map { arrived($0) }
            }
        }
        if let entry = fields["at"] { clock.move(to: entry.value, &diagnostics) }
        count += 1
        return shorthand(node, fields, &diagnostics).map { [arrived($0)] } ?? []
    }

    /// The event at its own time, to which the clock moves on, or at that of the clock if it has none.
    private mutating func arrived(_ event: Event) -> TestEvent {
        var event = event
        if let time = event.time { clock.reach(time) } else { event.time = clock.now }
        return TestEvent(event: event, arrival: clock.now)
    }

    private mutating func raw(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Event] {
        var writer = JSONWriter()
        writer.write(node)
        return decode(writer.text, at: node.firstLine, &diagnostics)
    }

    /// A larger file is refused before it is read: no format takes an event of more than a megabyte or two.
    private static let fileBytesMax = 8 << 20

    private mutating func file(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Event] {
        guard let path = node.text(for: "'file'", reporting: &diagnostics) else { return [] }
        let folder = (node.span.file.path as NSString).deletingLastPathComponent
        let full = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
        guard case .file(let size) = FileKind(atPath: full), size <= Self.fileBytesMax,
            let data = FileManager.default.contents(atPath: full)
        else {
            diagnostics.append(.unreadableFixture(full, at: node.span))
            return []
        }
        return decode(String(decoding: data, as: UTF8.self), at: node.span, &diagnostics)
    }

    private func decode(_ text: String, at span: Span, _ diagnostics: inout [Diagnostic]) -> [Event] {
        var decoder = EventDecoder(format: compilation.settings.format)
        var bytes = Array(text.utf8)
        let decoded = unsafe bytes.withUnsafeMutableBytes { unsafe decoder.decode(UnsafeRawBufferPointer($0)) }
        switch decoded {
        case .events(let events): return events
        case .blank:
            diagnostics.append(.rejectedFixture("it is empty", at: span))
        case .rejected(let rejection):
            diagnostics.append(.rejectedFixture(rejection.detail, at: span))
        }
        return []
    }

    private mutating func shorthand(
        _ node: YAMLNode,
        _ fields: MappingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Event? {
        var values: [String: String] = [:]
        // Kinds and origins are words, which are read as such below.
        for name in Self.names where name != "kind" && name != "by" {
            guard let value = fields.value(name) else { continue }
            // An empty text is what a customer can send; elsewhere it is a mistake.
            values[name] =
                name == "text" && value.scalar?.text.isEmpty == true
                ? "" : value.text(for: "'\(name)'", reporting: &diagnostics)
        }
        let type = values["type"] ?? EventType.messageReceived
        if let node = fields.value("type"),
            let unknown = Diagnostic.unknownEventType(type, at: node.span, in: compilation.settings.format)
        {
            diagnostics.append(unknown)
        }
        let customer = phone("customer", fields, values, &diagnostics) ?? Self.customer
        let business =
            phone("business", fields, values, &diagnostics)
            ?? compilation.program.directory.businessNumbers.first?.phone.digits
        if let node = fields.value("fields"), node.mapping == nil {
            diagnostics.refuse(node, wanted: "a mapping", of: "'fields'", help: "fields: { contact: { name: Asha } }")
        }
        let kind = word(MessageKind.self, "kind", fields, &diagnostics)
        let origin = word(Origin.self, "by", fields, &diagnostics)
        if let node = fields.value("text"), !carriesText(type: type, by: fields.value("by")?.scalar?.text) {
            diagnostics.append(.textOfNoCustomer(type: type, by: fields.value("by")?.scalar?.text, at: node.firstLine))
        }
        guard !diagnostics.hasErrors else { return nil }
        let isMessage = type == EventType.messageReceived
        let message = TestMessage(
            id: count == 1 ? "test-\(number)" : "test-\(number)-\(count)",
            customer: customer,
            business: business,
            name: values["name"],
            kind: kind ?? .text,
            text: values["text"],
            choice: values["choice"],
            received: clock.now
        )
        let original = message.json(asMessage: isMessage, overriddenBy: fields.value("fields"))
        guard let document = try? parser.parse(original) else {
            diagnostics.append(.rejectedFixture("its fields make no JSON", at: node.firstLine))
            return nil
        }
        var event = Event(type: type, fields: document.root)
        // What a stream would make of such an event decides who caused it, and whether an empty text is one.
        let streamed = streamed(type: type, text: values["text"])
        event.text = streamed?.text
        event.kind = kind ?? streamed?.kind ?? (isMessage ? .text : nil)
        event.isInGroup = streamed?.isInGroup ?? false
        event.choice = values["choice"]
        event.customer = customer
        event.business = business
        event.name = values["name"] ?? (isMessage ? TestMessage.defaultName : nil)
        event.by = origin ?? streamed?.by ?? .unknown
        event.agent = values["agent"].map { agent($0) }
        event.tag = values["tag"]
        event.id = values["id"] ?? message.id
        event.time = time(fields, &diagnostics) ?? clock.now
        return event
    }

    /// When the original says that it happened; times that count from the clock are for `at`.
    private func time(_ fields: MappingReader, _ diagnostics: inout [Diagnostic]) -> Instant? {
        guard let node = fields.value("time"), let text = node.text(for: "'time'", reporting: &diagnostics) else {
            return nil
        }
        if let time = Instant(iso8601: text) { return time }
        diagnostics.append(
            .malformed(text, at: node.span, what: "a time", example: "2026-01-07T12:00:00+05:30; '+15m' is for 'at'")
        )
        return nil
    }

    private func phone(
        _ name: String,
        _ fields: MappingReader,
        _ values: [String: String],
        _ diagnostics: inout [Diagnostic]
    ) -> String? {
        guard let text = values[name], let node = fields.value(name) else { return nil }
        let directory = compilation.program.directory
        if name == "business" {
            if let phone = directory.businessNumber(named: text) { return phone.digits }
            guard !directory.brokenNames.contains(text) else { return nil }
            guard text.looksLikePhoneNumber else {
                let known = directory.businessNumbers.map(\.name)
                diagnostics.append(.unknownName(text, at: node.span, what: "business number", known: known))
                return nil
            }
        }
        return PhoneNumber(text, at: node.span, countryCode: directory.countryCode, reporting: &diagnostics)?.digits
    }

    /// An event of that type and text as a stream of plain objects would bring it.
    private func streamed(type: String, text: String?) -> Event? {
        var writer = JSONWriter()
        writer.object {
            $0.member("type", type)
            $0.member("text", ifPresent: text)
        }
        var decoder = EventDecoder(format: .plain)
        guard case .events(let events) = decoder.decode(writer.text) else { return nil }
        return events.first
    }

    /// Whether the `text` of such an event reaches rules; the format of streams decides.
    private func carriesText(type: String, by origin: String?) -> Bool {
        var writer = JSONWriter()
        writer.object {
            $0.member("type", type)
            $0.member("by", ifPresent: origin)
            $0.member("text", "-")
        }
        var decoder = EventDecoder(format: .plain)
        guard case .events(let events) = decoder.decode(writer.text) else { return true }
        return events.first?.text != nil
    }

    private func agent(_ text: String) -> String {
        compilation.program.directory.agents[text]?.phone.digits ?? PhoneNumber.comparableDigits(of: text) ?? text
    }

    private func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type,
        _ name: String,
        _ fields: MappingReader,
        _ diagnostics: inout [Diagnostic]
    ) -> Word? where Word.RawValue == String {
        fields.value(name)?.word(type, for: "'\(name)'", reporting: &diagnostics)
    }
}

extension Diagnostic {
    fileprivate static func textOfNoCustomer(type: String, by origin: String?, at span: Span) -> Diagnostic {
        let event = origin.map { "an event by '\($0)'" } ?? "an event of type '\(type)'"
        return Diagnostic(
            .unknownField,
            message: "\(event) has no 'text'",
            primary: Label("only what a customer wrote is 'text'", at: span),
            help: "write it under 'fields', where the original has it"
        )
    }

    fileprivate static func beside(_ other: YAMLEntry, whole: YAMLEntry) -> Diagnostic {
        Diagnostic(
            .unknownField,
            message: "'\(other.key)' beside '\(whole.key)'",
            primary: Label("'\(whole.key)' is the whole event", at: other.keySpan)
        )
    }

    fileprivate static func unreadableFixture(_ path: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unreadable,
            message: "'\(path)' cannot be read",
            primary: Label("named here, relative to this rule file", at: span)
        )
    }

    fileprivate static func rejectedFixture(_ detail: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownValue,
            message: "this event would be rejected: \(detail)",
            primary: Label("as a line of a stream it would go to the rejects file", at: span)
        )
    }
}
