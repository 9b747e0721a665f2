extension Event: JSONWritable {
    /// Writes the event with all its names, so that ``init(record:)`` reads the same one.
    public func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("type", type)
            $0.member("text", ifPresent: text)
            $0.member("kind", ifPresent: kind?.rawValue)
            $0.member("choice", ifPresent: choice)
            $0.member("customer", ifPresent: customer)
            $0.member("business", ifPresent: business)
            $0.member("name", ifPresent: name)
            $0.member("by", ifPresent: by?.rawValue)
            $0.member("agent", ifPresent: agent)
            $0.member("tag", ifPresent: tag)
            $0.member("id", ifPresent: id)
            $0.member("time", ifPresent: time?.milliseconds)
            if isInGroup { $0.member("group", true) }
            // As text: a record of an event that is nested as deeply as can be read would be nested more deeply.
            $0.member("fields", fields.serialized())
        }
    }

    /// Reads an event that was written down; `nil` for anything else.
    public init?(record: JSONValue) {
        var parser = JSONParser()
        guard let type = record["type"]?.string, let original = record["fields"]?.string,
            let fields = try? parser.parse(original).root
        else { return nil }
        self.init(type: type, fields: fields)
        text = record["text"]?.string
        kind = record["kind"]?.string.flatMap { MessageKind(rawValue: $0) }
        choice = record["choice"]?.string
        customer = record["customer"]?.string
        business = record["business"]?.string
        name = record["name"]?.string
        by = record["by"]?.string.flatMap { Origin(rawValue: $0) }
        agent = record["agent"]?.string
        tag = record["tag"]?.string
        id = record["id"]?.string
        time = record["time"]?.integer.map { Instant(milliseconds: $0) }
        isInGroup = record["group"]?.boolean ?? false
    }
}

extension EventPlace: JSONWritable {
    /// Writes the place, so that ``init(record:)`` reads the same one.
    public func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("origin", origin)
            $0.member("line", ifPresent: line)
            $0.member("input", ifPresent: input)
        }
    }

    /// Reads a place that was written down; `nil` for anything else.
    public init?(record: JSONValue) {
        guard let origin = record["origin"]?.string else { return nil }
        self.init(
            origin: origin,
            line: record["line"]?.integer.flatMap { Int(exactly: $0) },
            input: record["input"]?.string
        )
    }
}
