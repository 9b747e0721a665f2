/// One kind of thing that Beckon can do to the world, written as an action module.
///
/// A value of an action is *one call*: `init(_:)` receives the settings of one job, rendered, and checks them all before
/// anything is sent; `deliver(_:over:)` makes one attempt. The dispatcher decides when, in which order and how often; the
/// transport knows base URLs and keys. An action holds no mutable state, reads no clock and never sees a secret.
///
/// ```swift
/// public struct AddCollaborator: Action {
///     public static let spec = ActionSpec(id: "add-collaborator", …)
///     public init(_ settings: Settings) throws(SettingsProblem) { … }
///     public func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome { … }
/// }
/// ```
public protocol Action: Sendable {
    /// What the action is called, which settings it takes, and what they mean.
    static var spec: ActionSpec { get }

    /// Checks the settings of one job.
    ///
    /// - Throws: The first setting that cannot be used, and why.
    init(_ settings: Settings) throws(SettingsProblem)

    /// The request that the first attempt would send, for people and tests to read; `nil` for an action that sends none.
    func request(for job: Job) -> ActionRequest?

    /// Whom the call is for, where doing it again for the same ones is pointless for a while; `nil` where every call counts.
    var repeatGuard: RepeatGuard? { get }

    /// The same call for these of the guard's members only, in the order that it has without it.
    ///
    /// - Precondition: At least one of the guard's members is among them; a call for nobody is not made.
    func narrowed(to members: [String]) -> Self

    /// Makes one attempt and says what became of it.
    ///
    /// Never throws and never tries again by itself. Ends soon after its task is cancelled.
    func deliver(_ job: Job, over transport: any Transport) async -> DeliveryOutcome
}

/// One action call that a firing asks for.
public struct Job: Hashable, Sendable {
    /// The same for every attempt at this job, and different for every other job.
    public var id: String

    /// The rule that asked for it.
    public var rule: String

    /// The id of the event that the rule fired on, where the event has one.
    public var event: String?

    /// The conversation as `business:customer`, where both are known.
    ///
    /// Jobs of one conversation are performed in order.
    public var conversation: String?

    /// Creates a job.
    public init(id: String, rule: String, event: String? = nil, conversation: String? = nil) {
        self.id = id
        self.rule = rule
        self.event = event
        self.conversation = conversation
    }
}
