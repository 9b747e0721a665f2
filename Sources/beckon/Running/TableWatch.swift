import Logging
import RuleCompiler
import RuleEngine
import Synchronization

/// Watches the files of tables while a run lasts, and keeps what was read of them until the run asks for it.
///
/// Files are looked at and read on a thread of its own, so that a large table never holds up an event, and a quiet stream
/// finds the rows ready when its next event comes. The two sides share only the rows that are waiting.
final class TableWatch: Sendable {
    private let reloading: Mutex<TableReloading>
    private let waiting = Mutex<[String: LookupTable]>([:])
    private let logger: Logger

    /// Creates a watch, if there is anything to watch.
    init?(_ reloading: TableReloading, logger: Logger) {
        guard !reloading.isEmpty else { return nil }
        self.reloading = Mutex(reloading)
        self.logger = logger
    }

    /// Looks at the files once a second until the task is cancelled.
    func run() async {
        await withTaskExecutorPreference(BlockingExecutor(label: "beckon.tables")) {
            while !Task.isCancelled {
                check(at: .now)
                try? await Task.sleep(for: TableReloading.interval)
            }
        }
    }

    /// Looks at the files, reads those that have changed, and reports what became of them.
    func check(at now: ContinuousClock.Instant) {
        for change in reloading.withLock({ $0.check(at: now) }) {
            switch change {
            case .replaced(let table):
                waiting.withLock { $0[table.name] = table }
                logger.notice("table '\(table.name)' was read again; \(table.rowCount) rows")
            case .kept(let table, let reason):
                logger.warning("table '\(table)' keeps the rows it had; its file cannot be used: \(reason)")
            }
        }
    }

    /// The tables that were read again since this was asked last, by name.
    ///
    /// - Complexity: O(1) when there are none; for asking before every event.
    func takeChanges() -> [String: LookupTable] {
        waiting.withLock { tables in
            guard !tables.isEmpty else { return [:] }
            defer { tables = [:] }
            return tables
        }
    }
}
