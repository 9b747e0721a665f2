internal import GRDB

/// The tables of the ledger, and the way from every earlier version of them to the present one.
enum Schema {
    /// Marks the file as Beckon's: `BCKN` in SQLite's `application_id`.
    static let applicationID = 0x4243_4B4E

    /// The version that this code writes.
    static var version: Int { migrations.count }

    /// Each step leads from the version of its index to the next; a released step is never changed.
    ///
    /// Times are milliseconds since 1970. All tables are strict, so that what is read has the type that it was written with,
    /// whoever wrote it; numbers are used only once where somebody may remember them.
    static let migrations: [String] = [
        """
        CREATE TABLE memo(name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

        -- How far inputs were read, and what they are recognised by.
        CREATE TABLE input(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            path TEXT NOT NULL,
            line INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            is_gzip INTEGER NOT NULL,
            file_offset INTEGER NOT NULL,
            head_bytes INTEGER NOT NULL,
            head_sha256 BLOB NOT NULL,
            tail_bytes INTEGER NOT NULL,
            tail_sha256 BLOB NOT NULL,
            device INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            read_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX input_path ON input(path);
        CREATE INDEX input_read ON input(read_at);

        -- Digests of the ids of events that were decided.
        CREATE TABLE seen(number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT;

        -- Events that were taken over from a sender who will not repeat them, and are not decided yet.
        CREATE TABLE inbox(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            received_at INTEGER NOT NULL,
            line INTEGER,
            bytes BLOB NOT NULL
        ) STRICT;

        -- Rules as they stood when they fired, with the last job that they asked for.
        CREATE TABLE rule(
            version TEXT PRIMARY KEY,
            id TEXT NOT NULL,
            file TEXT NOT NULL,
            line INTEGER NOT NULL,
            text TEXT NOT NULL,
            last_job INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Events on which rules fired.
        CREATE TABLE event(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT,
            type TEXT NOT NULL,
            time INTEGER,
            decided_at INTEGER NOT NULL,
            input TEXT,
            line INTEGER,
            customer TEXT,
            conversation TEXT,
            original TEXT NOT NULL
        ) STRICT;

        -- Jobs; without a status they are open. A planned status is what the rules decided.
        CREATE TABLE job(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            event INTEGER,
            firing INTEGER,
            id TEXT NOT NULL,
            rule TEXT NOT NULL,
            rule_version TEXT,
            action TEXT NOT NULL,
            destination TEXT,
            effect TEXT NOT NULL,
            customer TEXT,
            conversation TEXT,
            lane TEXT NOT NULL,
            settings TEXT NOT NULL,
            asked_at INTEGER NOT NULL,
            planned TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            began_at INTEGER,
            due_at INTEGER,
            may_be_done INTEGER NOT NULL DEFAULT 0,
            status TEXT,
            reason TEXT,
            detail TEXT,
            settled_at INTEGER
        ) STRICT;
        CREATE INDEX job_event ON job(event);
        CREATE INDEX job_firing ON job(firing) WHERE firing IS NOT NULL;
        CREATE INDEX job_began ON job(conversation, began_at) WHERE began_at IS NOT NULL;

        -- The open jobs that runs perform, in their order.
        CREATE TABLE queue(
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL UNIQUE,
            lane TEXT NOT NULL,
            destination TEXT
        ) STRICT;
        CREATE INDEX queue_lane ON queue(lane, destination);

        -- Attempts; without an end they are under way, or were when the process ended.
        CREATE TABLE attempt(
            job INTEGER NOT NULL,
            number INTEGER NOT NULL,
            began_at INTEGER NOT NULL,
            ended_at INTEGER,
            outcome TEXT,
            reason TEXT,
            detail TEXT,
            method TEXT,
            path TEXT,
            request TEXT,
            status INTEGER,
            answer TEXT,
            PRIMARY KEY(job, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_under_way ON attempt(job) WHERE ended_at IS NULL;

        -- Who was asked to be added to which conversation, and for whom it was done.
        CREATE TABLE membership(
            conversation TEXT NOT NULL,
            member TEXT NOT NULL,
            action TEXT NOT NULL,
            job INTEGER NOT NULL,
            rule TEXT NOT NULL,
            asked_at INTEGER NOT NULL,
            status TEXT,
            detail TEXT,
            delivered_at INTEGER,
            delivered_job INTEGER,
            delivered_event INTEGER,
            delivered_rule TEXT,
            PRIMARY KEY(conversation, member, action)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX membership_asked ON membership(asked_at);

        -- What teams remember.
        CREATE TABLE turn(team TEXT PRIMARY KEY, phone TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE pick(
            team TEXT NOT NULL,
            conversation TEXT NOT NULL,
            phone TEXT NOT NULL,
            until INTEGER,
            use INTEGER NOT NULL,
            PRIMARY KEY(team, conversation)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pick_use ON pick(use);
        """,
        """
        -- When a timer asked for a job; without one its event did.
        ALTER TABLE job ADD COLUMN fired_at INTEGER;

        -- What remembers something of events, and a digest of what it collects.
        CREATE TABLE slot(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            owner TEXT NOT NULL CHECK(owner IN ('rule', 'fact', 'stream')),
            name TEXT NOT NULL,
            part TEXT NOT NULL,
            meaning TEXT NOT NULL,
            UNIQUE(owner, name, part, meaning)
        ) STRICT;

        -- What is remembered: windows, timers and facts. The customer of a conversation stands beside it.
        CREATE TABLE state(
            number INTEGER PRIMARY KEY,
            slot INTEGER NOT NULL,
            key TEXT NOT NULL,
            conversation TEXT,
            customer TEXT,
            due_at INTEGER,
            ends_at INTEGER,
            changed_at INTEGER NOT NULL,
            value TEXT NOT NULL,
            UNIQUE(slot, key)
        ) STRICT;
        CREATE INDEX state_customer ON state(customer) WHERE customer IS NOT NULL;

        -- What people want a run to forget, which has the state in memory.
        CREATE TABLE request(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            subject TEXT CHECK(subject IN ('conversation', 'customer', 'mention')),
            subject_id TEXT,
            owner TEXT CHECK(owner IN ('rule', 'fact', 'stream')),
            name TEXT,
            CHECK((subject IS NULL) = (subject_id IS NULL) AND (owner IS NULL) = (name IS NULL))
        ) STRICT;
        """,
    ]

    /// Brings a ledger to the present version, or makes one of an empty file.
    ///
    /// The steps are others than ``migrations`` only in tests. Throws ``LedgerProblem`` for a file that is not Beckon's, or that
    /// a newer version wrote, and errors of SQLite.
    static func migrate(_ database: Database, path: String, steps: [String] = migrations) throws {
        guard try check(database, path: path, steps: steps) < steps.count else { return }
        try database.inTransaction(.immediate) {
            // Another process may have done it meanwhile.
            let version = try check(database, path: path, steps: steps)
            guard version < steps.count else { return .commit }
            for step in steps[version...] { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(steps.count)")
            return .commit
        }
    }

    /// The version of a ledger; 0 for an empty file.
    @discardableResult
    static func check(_ database: Database, path: String, steps: [String] = migrations) throws -> Int {
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard mark == applicationID || (isEmpty && mark == 0 && version == 0) else {
            throw LedgerProblem(path: path, cause: .foreign)
        }
        guard version <= steps.count else {
            throw LedgerProblem(path: path, cause: .newer(version: version, known: steps.count))
        }
        return version
    }
}
