import ActionKit
import Synchronization

/// An action that keeps the contract: it posts letters.
struct SoundAction: Action {
    static let spec = ActionSpec(
        id: "post-letter",
        summary: "Posts a letter.",
        destination: "post-office",
        effect: .keyed,
        fields: [
            SettingField("to", .customer, "Who gets it.", fallback: .event("customer")),
            SettingField("text", .text, "What it says."),
            SettingField("post_script", .text, "What was forgotten.", fallback: .absent),
        ],
        examples: [
            .accepts("A letter", letter),
            .accepts("A note", ["to": "919999900001", "text": "Hi", "post_script": "Bye"]),
            .refuses(
                "A letter says something",
                ["to": "919999900001"],
                SettingsProblem(field: "text", reason: "is missing")
            ),
        ]
    )

    static let letter: Settings = ["to": "919999900001", "text": "Hello"]

    let to: String
    let text: String

    init(_ settings: Settings) throws(SettingsProblem) {
        to = try settings.string("to")
        text = try settings.string("text")
    }

    func request(for job: Job) -> ActionRequest? {
        ActionRequest(destination: "post-office", method: "POST", path: "/letters/\(job.id)", json: "[\"\(text)\"]")
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        guard let request = request(for: job) else { return .rejected(Reason("no-request", "There is none.")) }
        return switch await transport.send(request) {
        case .answered(let answer) where answer.status == 200: .delivered(Receipt(reached: [to], detail: "Posted."))
        case .answered: .rejected(Reason("refused", "The post office refused the letter."))
        case .notSent(let reason): .retry(reason)
        case .unanswered(let reason): .unknown(reason)
        }
    }
}

/// An action that is sound but for what it says otherwise.
protocol BrokenAction: Action {
    init(sound: SoundAction)
    var sound: SoundAction { get }
}

extension BrokenAction {
    static var spec: ActionSpec { SoundAction.spec }

    init(_ settings: Settings) throws(SettingsProblem) {
        self.init(sound: try SoundAction(settings))
    }

    func request(for job: Job) -> ActionRequest? {
        sound.request(for: job)
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        await sound.deliver(job, over: transport)
    }

    /// The sound spec with a change.
    static func soundSpec(_ change: (inout ActionSpec) -> Void) -> ActionSpec {
        var spec = SoundAction.spec
        change(&spec)
        return spec
    }
}

// MARK: - Specs

struct BadlyNamed: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec {
        $0.id = "PostLetter"
        $0.summary = "Posts a letter"
        $0.fields[2].name = "postScript"
        $0.fields[2].summary = "What was forgotten. Or not."
        $0.examples.remove(at: 1)
    }
}

struct SaysThingsTwice: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec {
        $0.fields.append($0.fields[2])
        $0.examples[1].title = $0.examples[0].title
    }
}

struct ShowsNothingAccepted: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec { $0.examples.removeFirst(2) }
}

struct ShowsWhatIsNotSo: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec {
        $0.examples = [
            .accepts("Nothing to say", ["to": "919999900001", "text": ""]),
            .accepts("Too much to say", ["to": "919999900001", "text": "Hello", "stamp": "rare"]),
            .refuses("Polite", SoundAction.letter, SettingsProblem(field: "text", reason: "is rude")),
            .refuses("Silent", ["to": "919999900001"], SettingsProblem(field: "text", reason: "is silent")),
        ]
    }
}

// MARK: - Settings

struct InsistsOnTheWrongSettings: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec {
        $0.examples = [.accepts("A note", ["to": "919999900001", "text": "Hi", "post_script": "Bye"])]
    }

    init(sound: SoundAction) {
        self.sound = sound
    }

    init(_ settings: Settings) throws(SettingsProblem) {
        guard settings["to"] != nil else { throw SettingsProblem(field: "post_script", reason: "has no reader") }
        guard settings["post_script"] != nil else { throw SettingsProblem(field: "post_script", reason: "is missing") }
        var settings = settings
        if settings["text"] == nil { settings["text"] = "Dear reader" }
        sound = try SoundAction(settings)
    }
}

struct RefusesUnknownSettings: BrokenAction {
    let sound: SoundAction

    init(sound: SoundAction) {
        self.sound = sound
    }

    init(_ settings: Settings) throws(SettingsProblem) {
        for pair in settings.pairs where Self.spec.field(pair.name) == nil {
            throw SettingsProblem(field: pair.name, reason: "is unknown")
        }
        sound = try SoundAction(settings)
    }
}

struct SendsUnknownSettings: BrokenAction {
    let sound: SoundAction
    var names = ""

    init(sound: SoundAction) {
        self.sound = sound
    }

    init(_ settings: Settings) throws(SettingsProblem) {
        sound = try SoundAction(settings)
        names = settings.pairs.map(\.name).joined(separator: "/")
    }

    func request(for job: Job) -> ActionRequest? {
        ActionRequest(destination: "post-office", method: "POST", path: "/letters/\(job.id)/\(names)")
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        if let request = request(for: job) { _ = await transport.send(request) }
        return .rejected(Reason("lost", "The letter is lost."))
    }
}

// MARK: - Requests

struct SendsAnotherRequestEachTime: BrokenAction {
    let sound: SoundAction
    private static let count = Mutex(0)

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        let count = Self.count.withLock { count in
            count += 1
            return count
        }
        let path = "/letters/\(job.id)/\(count)"
        _ = await transport.send(ActionRequest(destination: "post-office", method: "POST", path: path))
        return .rejected(Reason("lost", "The letter is lost."))
    }
}

struct ShowsNoRequest: BrokenAction {
    let sound: SoundAction

    func request(for job: Job) -> ActionRequest? {
        nil
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        await sound.deliver(job, over: transport)
    }
}

struct SendsElsewhere: BrokenAction {
    let sound: SoundAction
    static let spec: ActionSpec = soundSpec { $0.destination = "Post Office" }
}

struct ForgetsTheJob: BrokenAction {
    let sound: SoundAction

    func request(for job: Job) -> ActionRequest? {
        ActionRequest(destination: "post-office", method: "POST", path: "/letters")
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        if let request = request(for: job) { _ = await transport.send(request) }
        return .rejected(Reason("lost", "The letter is lost."))
    }
}

// MARK: - Repeats

/// An action that keeps the contract, and is not done again for the same ones for a day: it posts cards.
struct SoundCards: Action {
    static let spec = ActionSpec(
        id: "post-cards",
        summary: "Posts the same card to several people.",
        destination: "post-office",
        effect: .idempotent,
        fields: [
            SettingField("to", .agents, "Who gets one."),
            SettingField("again_after", .duration, "When they get another one.", fallback: .value(86_400)),
        ],
        examples: [.accepts("Two cards", ["to": ["asha", "ravi"]]), .accepts("A card", ["to": ["asha"]])]
    )

    var to: [String]
    var period: Duration

    init(_ settings: Settings) throws(SettingsProblem) {
        to = try settings.strings("to")
        period = try settings.duration("again_after") ?? .seconds(86_400)
    }

    var repeatGuard: RepeatGuard? { RepeatGuard(members: to, period: period) }

    func narrowed(to members: [String]) -> SoundCards {
        var cards = self
        cards.to = to.filter { members.contains($0) }
        return cards
    }

    func request(for job: Job) -> ActionRequest? {
        ActionRequest(destination: "post-office", method: "POST", path: "/cards/\(to.joined(separator: "+"))")
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        if let request = request(for: job) { _ = await transport.send(request) }
        return .rejected(Reason("closed", "The post office is closed."))
    }
}

/// An action that posts cards like the sound one, but for what it says otherwise.
protocol BrokenCards: Action {
    init(sound: SoundCards)
    var sound: SoundCards { get }
}

extension BrokenCards {
    static var spec: ActionSpec { SoundCards.spec }

    init(_ settings: Settings) throws(SettingsProblem) {
        self.init(sound: try SoundCards(settings))
    }

    var repeatGuard: RepeatGuard? { sound.repeatGuard }

    func narrowed(to members: [String]) -> Self {
        Self(sound: sound.narrowed(to: members))
    }

    func request(for job: Job) -> ActionRequest? {
        sound.request(for: job)
    }

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        await sound.deliver(job, over: transport)
    }
}

struct GuardsNobody: BrokenCards {
    let sound: SoundCards
    var repeatGuard: RepeatGuard? { RepeatGuard(members: [], period: .zero) }
}

struct GuardsTwiceAndBackwards: BrokenCards {
    let sound: SoundCards
    var repeatGuard: RepeatGuard? { RepeatGuard(members: sound.to + sound.to, period: .seconds(-1)) }
}

struct StaysAsWideAsItIs: BrokenCards {
    let sound: SoundCards
    func narrowed(to members: [String]) -> Self { self }
}

struct TakesTheOrderOfOthers: BrokenCards {
    let sound: SoundCards

    func narrowed(to members: [String]) -> Self {
        var sound = sound
        sound.to = members
        return Self(sound: sound)
    }
}

struct ForgetsThePeriod: BrokenCards {
    let sound: SoundCards

    func narrowed(to members: [String]) -> Self {
        var sound = sound.narrowed(to: members)
        if members.count < self.sound.to.count { sound.period = .zero }
        return Self(sound: sound)
    }
}

struct ShowsNoneForSeveral: BrokenCards {
    let sound: SoundCards
    static let spec: ActionSpec = {
        var spec = SoundCards.spec
        spec.examples.removeFirst()
        return spec
    }()
}

struct ShowsAnotherDefault: BrokenCards {
    let sound: SoundCards
    static let spec: ActionSpec = {
        var spec = SoundCards.spec
        spec.fields[1].fallback = .value(60)
        return spec
    }()
}

// MARK: - Outcomes

struct RepeatsWhatItHears: BrokenAction {
    let sound: SoundAction

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        guard let request = request(for: job), case .answered(let answer) = await transport.send(request) else {
            return .rejected(Reason("lost", "The letter is lost."))
        }
        return .rejected(
            Reason("HTTP \(answer.status / 600)", String(decoding: answer.body.prefix(2000), as: UTF8.self))
        )
    }
}

struct AlwaysSucceeds: BrokenAction {
    let sound: SoundAction

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        if let request = request(for: job) { _ = await transport.send(request) }
        return .delivered(Receipt(reached: [sound.to], detail: "Posted."))
    }
}

/// Goes on until a test lets it end, cancelled or not.
struct IgnoresCancellation: BrokenAction {
    let sound: SoundAction
    static let gate = AsyncStream.makeStream(of: Void.self)

    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome {
        let outcome = await sound.deliver(job, over: transport)
        guard case .unknown(let reason) = outcome, reason.code == "cancelled" else { return outcome }
        // An iterator in a task of its own does not notice that this one was cancelled.
        await Task.detached { for await _ in Self.gate.stream { return } }.value
        return outcome
    }
}
