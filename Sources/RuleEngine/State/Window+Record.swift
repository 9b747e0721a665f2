import DequeModule
import Events

/// Windows as JSON text, and back.
///
/// Times are milliseconds since 1970. What another version has written and this one cannot read is no window.
extension Window {
    /// The window as JSON text.
    var record: String {
        var writer = JSONWriter()
        switch self {
        case .count(let window): window.write(to: &writer)
        case .sequence(let window): window.write(to: &writer)
        case .timer(let timer): timer.write(to: &writer)
        case .throttle(let window): writer.object { $0.member("times", window.times.map(\.milliseconds)) }
        case .fact(let fact):
            writer.object {
                switch fact.value {
                case .yes: $0.member("value", true)
                case .text(let text): $0.member("value", text)
                }
                $0.member("since", fact.since.milliseconds)
                $0.member("customer", ifPresent: fact.customer)
            }
        case .held(let held):
            writer.object {
                $0.member("moment", held.moment.milliseconds)
                $0.member("number", Int64(clamping: held.number))
                $0.member("place", held.place)
                $0.member("event") { $0.raw(held.event) }
            }
        }
        return writer.text
    }

    /// Reads a window of a part from JSON text; `nil` for anything else.
    init?(record text: String, part: StateSlot.Part, due: Instant?) {
        var parser = JSONParser()
        guard let record = try? parser.parse(text).root else { return nil }
        let window: Window? =
            switch part {
            case .count: CountWindow(record).map { .count($0) }
            case .sequence: SequenceWindow(record).map { .sequence($0) }
            case .throttle:
                record["times"]?.instants.map { .throttle(ThrottleWindow(times: Deque($0))) }
            case .fact: RememberedFact(record).map { .fact($0) }
            case .unless: due.flatMap { WaitingTimer(record, due: $0) }.map { .timer($0) }
            case .held: HeldEvent(record).map { .held($0) }
            }
        guard let window else { return nil }
        self = window
    }
}

extension CountWindow {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("times", entries.map(\.time.milliseconds))
            if entries.contains(where: { $0.value != nil }) { $0.member("values", entries.map(\.value)) }
            if entries.contains(where: { $0.kept != nil }) {
                $0.member("kept") { $0.list { for entry in entries { $0.kept(entry.kept) } } }
            }
        }
    }

    fileprivate init?(_ record: JSONValue) {
        guard let times = record["times"]?.instants else { return nil }
        let values = record["values"].map { $0.elements.map(\.string) }
        let kept = record["kept"].map { $0.elements.map(\.keptValues) }
        guard values?.count ?? times.count == times.count, kept?.count ?? times.count == times.count else { return nil }
        for (index, time) in times.enumerated() {
            entries.append(Entry(time: time, value: values?[index], kept: kept?[index]))
        }
    }
}

extension SequenceWindow {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("runs") { writer in
                writer.list { writer in
                    for run in runs {
                        guard let run else {
                            writer.null()
                            continue
                        }
                        writer.object {
                            $0.member("times", run.times.map(\.milliseconds))
                            $0.member("kept") { $0.list { for kept in run.kept { $0.kept(kept) } } }
                        }
                    }
                }
            }
        }
    }

    fileprivate init?(_ record: JSONValue) {
        guard let list = record["runs"], list.kind == .list else { return nil }
        runs = []
        for element in list.elements {
            guard !element.isNull else {
                runs.append(nil)
                continue
            }
            guard let times = element["times"]?.instants,
                let kept = element["kept"]?.elements.map({ $0.keptValues ?? [:] }),
                times.count == runs.count + 1, kept.count == times.count
            else { return nil }
            runs.append(Run(times: times, kept: kept))
        }
    }
}

extension WaitingTimer {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("begun", begun.milliseconds)
            $0.member("number", Int64(clamping: number))
            $0.member("place", place)
            if let first = earlier.first { $0.member("first") { $0.kept(first) } }
            if !earlier.steps.isEmpty {
                $0.member("steps") { $0.list { for step in earlier.steps { $0.kept(step) } } }
            }
            $0.member("event") { $0.raw(event) }
        }
    }

    fileprivate init?(_ record: JSONValue, due: Instant) {
        guard let begun = record["begun"]?.integer,
            let number = record["number"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let place = record["place"].flatMap({ EventPlace(record: $0) }),
            let event = record["event"], Event(record: event) != nil
        else { return nil }
        let steps = record["steps"]?.elements.map { $0.keptValues ?? [:] } ?? []
        self.init(
            due: due,
            begun: Instant(milliseconds: begun),
            number: number,
            event: event.serialized(),
            place: place,
            earlier: EarlierValues(first: record["first"]?.keptValues, steps: steps)
        )
    }
}

extension RememberedFact {
    fileprivate init?(_ record: JSONValue) {
        guard let since = record["since"]?.integer, let value = record["value"] else { return nil }
        if value.boolean == true {
            self.init(value: .yes, since: Instant(milliseconds: since))
        } else if let text = value.string {
            self.init(value: .text(text), since: Instant(milliseconds: since), customer: record["customer"]?.string)
        } else {
            return nil
        }
    }
}

extension HeldEvent {
    fileprivate init?(_ record: JSONValue) {
        guard let moment = record["moment"]?.integer,
            let number = record["number"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let place = record["place"].flatMap({ EventPlace(record: $0) }),
            let event = record["event"], Event(record: event) != nil
        else { return nil }
        self.init(moment: Instant(milliseconds: moment), number: number, event: event.serialized(), place: place)
    }
}

extension JSONWriter {
    /// Writes values by their names, in alphabetical order; `null` for none.
    fileprivate mutating func kept(_ values: EarlierValues.Kept?) {
        guard let values else { return null() }
        object { for (name, value) in values.sorted(by: { $0.key < $1.key }) { $0.member(name, value) } }
    }
}

extension JSONValue {
    fileprivate var instants: [Instant]? {
        guard kind == .list else { return nil }
        var instants: [Instant] = []
        for element in elements {
            guard let milliseconds = element.integer else { return nil }
            instants.append(Instant(milliseconds: milliseconds))
        }
        return instants
    }

    fileprivate var keptValues: EarlierValues.Kept? {
        guard kind == .object else { return nil }
        var values: EarlierValues.Kept = [:]
        for (name, value) in members { values[name] = value.string }
        return values
    }
}
