import Delivery
import Events
import Ledger
import Logging
import Synchronization

/// Looks after the ledger while a run lasts: sees what others changed in it, and takes out what need not be kept.
struct LedgerWatch: Sendable {
    private let ledger: Ledger
    private let intake: Dispatcher.Intake
    private let news: LedgerNews
    private let logger: Logger

    /// How often it is looked whether somebody else has written.
    private static let interval = Duration.seconds(1)

    /// After so many looks it is cleaned up.
    private static let looksPerCleaning = 60

    init(_ ledger: Ledger, intake: Dispatcher.Intake, news: LedgerNews, logger: Logger) {
        self.ledger = ledger
        self.intake = intake
        self.news = news
        self.logger = logger
    }

    /// Watches until the task is cancelled.
    ///
    /// Cleans up at once, since a run that a timer starts may be over before a minute has passed.
    func run() async {
        var looks = 0
        await clean()
        var changes: Int?
        while (try? await Task.sleep(for: Self.interval)) != nil {
            looks += 1
            do throws(LedgerProblem) {
                let now = try await ledger.foreignVersion()
                // The first look tells nothing but where to begin; jobs that were sent again before are in the queue. A job
                // that was dropped may have held others back that were left out of the queue.
                if let changes, now != changes { intake.rescan() }
                if now != changes { news.note() }
                changes = now
            } catch {
                logger.warning("\(error)")
            }
            if looks % Self.looksPerCleaning == 0 { await clean() }
        }
    }

    private func clean() async {
        do throws(LedgerProblem) {
            while try await ledger.clean(now: .now), !Task.isCancelled { await Task.yield() }
        } catch {
            logger.warning("\(error)")
        }
    }
}

/// Whether somebody else has written into the ledger: a word from the side that looks to the side that decides.
final class LedgerNews: Sendable {
    private let isThere = Mutex(true)

    /// Tells that there may be something new.
    func note() { isThere.withLock { $0 = true } }

    /// Whether there may be, since this was asked last; there may at first.
    func take() -> Bool {
        isThere.withLock { isThere in
            defer { isThere = false }
            return isThere
        }
    }
}
