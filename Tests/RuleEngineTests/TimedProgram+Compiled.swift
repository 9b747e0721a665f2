import ActionKit
import Directory
import Events
import RuleEngine
import Templates

extension TimedProgram {
    /// The program as the engine knows it.
    func compiled() throws -> Program {
        Program(
            rules: try rules.map { try $0.compiled(facts: facts) },
            facts: try facts.map { try $0.compiled() },
            time: StreamTime(
                lateness: .milliseconds(lateness),
                grace: .milliseconds(Self.grace),
                liveLag: .milliseconds(Self.liveLag)
            )
        )
    }
}

extension TimedRule {
    fileprivate func compiled(facts: [TimedFact]) throws -> Rule {
        var rule = Make.rule(
            id,
            on: Make.types(on),
            when: try when?.compiled(),
            then: [Make.call("add-note", ("text", .template(try text(facts), as: .text)))],
            mode: isShadow ? .shadow : .active,
            priority: priority,
            stops: stops
        )
        rule.group = group
        rule.otherwise = otherwise.map { $0.isEmpty ? .anyRule : .tags(Set($0)) }
        rule.tags = tags
        rule.expiry = end.map { Expiry(lastDay: "the last day", end: Instant(milliseconds: Int64($0))) }
        rule.timing = Timing(
            sequence: try sequence?.compiled(),
            count: try count?.compiled(),
            absence: try absence?.compiled(),
            throttle: try throttle?.compiled()
        )
        return rule
    }

    private func text(_ facts: [TimedFact]) throws -> BoundTemplate {
        var references: [String: ValueReference] = [:]
        let number = try FieldPath(parsing: "n")
        let tags = told.map { value in
            switch value {
            case .number: references["fields.n"] = .field(number)
            case .time: references["time"] = .event(.time)
            case .first: references["first.fields.n"] = .earlier(.first, .field(number))
            case .step(let index): references["steps.\(index).fields.n"] = .earlier(.step(index), .field(number))
            case .fact(let name): references["facts.\(name)"] = .fact(name)
            }
            return value.name
        }
        let source = tags.map { "{{#\($0)}}{{\($0)}}{{/\($0)}}{{^\($0)}}-{{/\($0)}}" }.joined(separator: "|")
        return BoundTemplate(try Template(parsing: source), references: references)
    }
}

extension TimedValue {
    /// The name in templates.
    var name: String {
        switch self {
        case .number: "fields.n"
        case .time: "time"
        case .first: "first.fields.n"
        case .step(let index): "steps.\(index).fields.n"
        case .fact(let name): "facts.\(name)"
        }
    }
}

extension TimedSelector {
    fileprivate func compiled() throws -> EventSelector {
        EventSelector(on: Make.types(on), when: try when?.compiled(), span: Make.nowhere)
    }
}

extension TimedSequence {
    fileprivate func compiled() throws -> EventSequence {
        EventSequence(
            steps: try steps.map { try $0.compiled() },
            within: .milliseconds(within),
            per: try per.compiled(),
            meaning: "sequence"
        )
    }
}

extension TimedCount {
    fileprivate func compiled() throws -> EventCount {
        EventCount(
            atLeast: atLeast,
            within: .milliseconds(within),
            per: try per.compiled(),
            distinct: try distinct?.compiled(),
            meaning: "count"
        )
    }
}

extension TimedDistinct {
    fileprivate func compiled() throws -> EventCount.Distinct {
        switch self {
        case .customer: .name(.customer)
        case .tag: .name(.tag)
        case .order: .field(try FieldPath(parsing: "order"))
        }
    }
}

extension TimedAbsence {
    fileprivate func compiled() throws -> Absence {
        Absence(
            answer: try answer.compiled(),
            within: .milliseconds(within),
            counting: countsOpenHours ? try Make.nineToSix() : nil,
            per: try per.compiled(),
            meaning: "unless"
        )
    }
}

extension TimedThrottle {
    fileprivate func compiled() throws -> Throttle {
        Throttle(atMost: atMost, within: .milliseconds(within), per: try per.compiled(), meaning: "throttle")
    }
}

extension TimedFact {
    fileprivate func compiled() throws -> Fact {
        Fact(
            name: name,
            per: try per.compiled(),
            set: try set.compiled(),
            value: try value?.template(),
            clear: try clear?.compiled(),
            duration: duration.map { .milliseconds($0) },
            meaning: "fact"
        )
    }
}

extension TimedDistinct {
    fileprivate func template() throws -> BoundTemplate {
        switch self {
        case .customer:
            BoundTemplate(try Template(parsing: "{{customer}}"), references: ["customer": .event(.customer)])
        case .tag: BoundTemplate(try Template(parsing: "{{tag}}"), references: ["tag": .event(.tag)])
        case .order:
            BoundTemplate(
                try Template(parsing: "{{fields.order}}"),
                references: ["fields.order": .field(try FieldPath(parsing: "order"))]
            )
        }
    }
}

extension TimedKey {
    fileprivate func compiled() throws -> Grouping {
        switch self {
        case .conversation: .conversation
        case .customer: Grouping([.customer])
        case .business: Grouping([.business])
        case .everyone: .everyone
        case .order: Grouping([.field(try FieldPath(parsing: "order"))])
        case .customerAndOrder: Grouping([.customer, .field(try FieldPath(parsing: "order"))])
        }
    }
}

extension TimedCondition {
    fileprivate func compiled() throws -> Condition {
        switch self {
        case .tag(let tags):
            Make.name(.tag, .equals(LiteralSet(tags.map { .string($0) }), ignoringCase: false))
        case .not(let part): Make.condition(.not(try part.compiled()))
        case .both(let one, let other): Make.condition(.all([try one.compiled(), try other.compiled()]))
        case .isRemembered(let name): Make.condition(.fact(name, Make.matcher(.exists(true))))
        case .remembers(let name, let text):
            Make.condition(
                .fact(
                    name,
                    Make.matcher(.equals([text == "true" ? .boolean(true) : .string(text)], ignoringCase: false))
                )
            )
        case .isOpen: Make.condition(.during(try Make.nineToSix()))
        }
    }
}

extension TimedEvent {
    /// The event as the engine knows it.
    func compiled() throws -> StreamEvent {
        var event = try Make.event("{\"n\":\(number)\(order.map { ",\"order\":\($0)" } ?? "")}", type: type)
        event.time = time.map { Instant(milliseconds: Int64($0)) }
        event.tag = tag
        event.customer = customer
        event.business = business
        return StreamEvent(
            event,
            place: EventPlace(origin: "stdin:\(number)", line: number),
            arrival: arrival.map { .recorded(Instant(milliseconds: Int64($0))) }
        )
    }
}
