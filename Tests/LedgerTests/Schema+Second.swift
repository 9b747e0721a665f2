@testable import Ledger

extension Schema {
    /// The step to the second version as it was released: the copy that nobody edits.
    static let second = """
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
        """
}
