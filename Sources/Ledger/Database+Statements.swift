internal import Foundation
internal import GRDB

extension Database {
    /// Runs one statement, which is compiled once.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The rows of a query, which is compiled once.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a query, which is compiled once.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first value of a query, as a whole number.
    func integer(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
        try Int64.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
    }
}

/// Single values that are remembered by name.
enum Memo: String {
    /// The latest time that an event carried.
    case latestTime = "latest-time"
    /// Up to when everything is decided: the engine's clock.
    case clock
}

extension Database {
    /// Remembers a value.
    func writeMemo(_ memo: Memo, _ value: some DatabaseValueConvertible) throws {
        try run("INSERT OR REPLACE INTO memo(name, value) VALUES (?, ?)", [memo.rawValue, value])
    }

    /// The value remembered; `nil` for none.
    func memo<Value: DatabaseValueConvertible>(_ memo: Memo, as type: Value.Type = Value.self) throws -> Value? {
        try Value.fetchOne(
            try cachedStatement(sql: "SELECT value FROM memo WHERE name = ?"),
            arguments: [memo.rawValue]
        )
    }
}

extension EventDigest {
    /// The digest as SQLite keeps it.
    var data: Data { Data(bytes) }
}
