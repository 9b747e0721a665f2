import Events
import Ledger

extension SampleState {
    private static let noon: Int64 = 1_767_767_400_000
    private static let one = "919999900000:919999900001"
    private static let other = "919999900000:919999900002"

    /// Windows, timers and facts, the oldest first, each written a minute after the one before.
    static var memory: [KeptState] {
        [
            rule("shop", "count", "[]", nil, until: 60, #"{"times":[\#(noon - 240_000)],"values":["919999900002"]}"#),
            rule("shop", "count", #"["ORD-7"]"#, nil, until: 60, #"{"times":[\#(noon - 200_000)]}"#),
            row(.fact("vip"), "fact", "919999900001", .customer("919999900001"), #"{"value":true,"since":\#(noon)}"#),
            row(.fact("owner"), "fact", other, .conversation(other), #"{"value":"Asha\nRao","since":\#(noon)}"#),
            rule("old", "count", other, .conversation(other), until: 60, "written by another version"),
            rule("once-a-day", "throttle", one, .conversation(one), until: 1440, #"{"times":[\#(noon - 60_000)]}"#),
            rule(
                "price-then-buy",
                "sequence",
                other,
                .conversation(other),
                until: 50,
                """
                {"runs":[{"times":[\(noon - 5000)],"kept":[{"text":"price?"}]},\
                {"times":[\(noon - 600_000),\(noon)],"kept":[{},{}]},null]}
                """
            ),
            rule(
                "third-complaint",
                "count",
                "919999900001",
                .customer("919999900001"),
                until: 33,
                #"{"times":[\#(noon - 1_620_000),\#(noon)],"kept":[{"text":"late!"},null]}"#
            ),
            row(
                .rule("nobody-answered"),
                "unless",
                one,
                .conversation(one),
                due: 15,
                """
                {"begun":\(noon),"number":1,"place":{"origin":"","line":12},\
                "event":{"type":"message-received","text":"Is anyone there?","fields":{}}}
                """
            ),
            row(.stream, "held", "1", .conversation(one), #"{"moment":\#(noon),"number":1,"event":{}}"#),
        ]
    }

    /// Writes them.
    func remember() throws {
        for (minute, state) in Self.memory.enumerated() {
            var batch = IntakeBatch()
            batch.stateChanges = [.put(state)]
            batch.clock = Instant(milliseconds: Self.noon)
            try take(batch, minute: minute)
        }
    }

    private static func rule(
        _ id: String,
        _ part: String,
        _ key: String,
        _ subject: KeptState.Subject?,
        until minutes: Int64,
        _ value: String
    ) -> KeptState {
        var state = row(.rule(id), part, key, subject, value)
        state.endsAt = Instant(milliseconds: noon + minutes * 60_000)
        return state
    }

    private static func row(
        _ owner: KeptSlot.Owner,
        _ part: String,
        _ key: String,
        _ subject: KeptState.Subject?,
        due minutes: Int64? = nil,
        _ value: String
    ) -> KeptState {
        KeptState(
            slot: KeptSlot(owner: owner, part: part, meaning: "5f3a"),
            key: key,
            subject: subject,
            dueAt: minutes.map { Instant(milliseconds: noon + $0 * 60_000) },
            value: value
        )
    }
}
