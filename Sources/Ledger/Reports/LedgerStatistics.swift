public import Events

/// The ledger in numbers.
public struct LedgerStatistics: Hashable, Sendable {
    /// How many jobs of one rule or action there are.
    public struct Tally: Hashable, Sendable {
        /// The rule's or action's id.
        public var name: String
        /// How many stand how; what is not there is none.
        public var counts: [JobStatus: Int]
        /// How many in all.
        public var total: Int { counts.values.reduce(0, +) }
    }

    /// How long jobs took from the moment when they were asked for until they were settled.
    public struct Latency: Hashable, Sendable {
        /// Half of them took no longer.
        public var median: Duration
        /// 95 of 100 took no longer.
        public var percentile95: Duration
    }

    /// What waits in the inbox.
    public struct Inbox: Hashable, Sendable {
        /// How many events.
        public var count: Int
        /// How many bytes.
        public var bytes: Int
        /// When the oldest came.
        public var oldest: Instant?
    }

    /// How far an input was read.
    public struct Input: Hashable, Sendable {
        /// Its path.
        public var path: String
        /// How many lines were read.
        public var line: Int
        /// How many bytes were read.
        public var offset: Int64
        /// When it was read last.
        public var read: Instant
    }

    /// How many jobs stand how, of those that were asked for in the window.
    public var jobs: [JobStatus: Int] = [:]
    /// The same for each rule, those with most jobs first; at most ``listedMax``.
    public var rules: [Tally] = []
    /// The same for each action.
    public var actions: [Tally] = []
    /// How many attempts were made at them.
    public var attempts = 0
    /// How long those took that were attempted and are settled; `nil` when there are none.
    public var latency: Latency?
    /// The open job that was asked for first, whatever the window.
    public var oldestOpen: JobSummary?
    /// What waits in the inbox.
    public var inbox = Inbox(count: 0, bytes: 0)
    /// The inputs, the one that was read last first; at most ``listedMax``.
    public var inputs: [Input] = []
    /// How many ids of events are kept to recognise repeats.
    public var seenCount = 0
    /// How many people in conversations are remembered.
    public var memberCount = 0
    /// How many windows, timers and facts are remembered.
    public var windowCount = 0
    /// The version of the ledger's tables.
    public var version = 0

    /// How many rules and inputs are listed.
    public static let listedMax = 100
}
