public import Directory
public import Events
public import RuleEngine

/// The `settings` of all rule files, with defaults, and overridden by the environment.
public struct RuleSettings: Sendable {
    /// The business number of events that carry none, where it was chosen.
    public var business: PhoneNumber?

    /// The IANA name of the time zone in which days and times of day are meant.
    public var timezone = "Asia/Kolkata"

    /// The shape of incoming events.
    public var format = InputFormat.auto

    /// How to reach DoubleTick.
    public var doubletick = DestinationSettings(
        baseURL: "https://public.doubletick.io",
        apiKey: .environment("DOUBLETICK_API_KEY")
    )

    /// How jobs are performed.
    public var delivery = DeliverySettings()

    /// How event time goes on.
    public var time = StreamTime()
}

/// How to reach a destination.
public struct DestinationSettings: Hashable, Sendable {
    /// Where its API begins.
    public var baseURL: String

    /// Where its key is to be found.
    public var apiKey: SecretSource

    /// Creates settings.
    public init(baseURL: String, apiKey: SecretSource) {
        self.baseURL = baseURL
        self.apiKey = apiKey
    }
}

/// Where a secret is to be found, and never the secret itself.
public enum SecretSource: Hashable, Sendable {
    /// In an environment variable of that name.
    case environment(String)

    /// In a file, as its whole text.
    case file(String)

    /// Reads `env:NAME` or `file:PATH`.
    public init?(written text: String) {
        if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:"), text.count > 5 {
            self = .file(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }
}

/// How jobs are performed.
public struct DeliverySettings: Hashable, Sendable {
    /// How many attempts may be under way at once.
    public var concurrency = 8

    /// How often a destination may be called.
    public var rate = Rate(count: 5, per: .seconds(1))

    /// How long one attempt may take.
    public var timeout = Duration.seconds(10)

    /// How many attempts a job gets.
    public var attempts = 12

    /// How long after its first attempt a job is still tried.
    public var giveUpAfter = Duration.seconds(86_400)

    /// How old an event may be for its jobs to be performed; `nil` for any age.
    public var maxEventAge: Duration?

    /// How many jobs one conversation may get in which time before it is stopped; `nil` for any number.
    public var loopGuard: Rate? = DeliverySettings.loopGuardDefault

    /// The loop guard where nothing is written, and the rest of one that is half written.
    public static let loopGuardDefault = Rate(count: 50, per: .seconds(600))
}

/// So many in such a time.
public struct Rate: Hashable, Sendable {
    /// How many.
    public var count: Int

    /// In which time.
    public var per: Duration

    /// Creates a rate.
    public init(count: Int, per: Duration) {
        self.count = count
        self.per = per
    }

    /// Reads `5/s`, `60/min` or `1000/h`.
    public init?(written text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count) else { return nil }
        switch parts[1] {
        case "s": per = .seconds(1)
        case "min": per = .seconds(60)
        case "h": per = .seconds(3600)
        default: return nil
        }
        self.count = count
    }
}
