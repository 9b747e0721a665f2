import ActionKit
import Diagnostics
import Directory
import Events
import RuleEngine
import RuleSyntax

/// One step of the compiler.
protocol Pass: Sendable {
    /// Reads its part of the draft's trees, adds what it made of them, and reports everything it finds.
    func run(on draft: inout Draft, reporting diagnostics: inout [Diagnostic])
}

/// What the passes hand on to each other.
struct Draft {
    /// The files.
    var files: RuleFiles

    /// The actions that exist.
    var actions: ActionCatalogue

    /// Variables that may override settings.
    var environment: [String: String]

    /// How the files that rules name are read.
    var namedFiles = NamedFiles()

    /// The time to warn of rules that end by.
    var now: Instant?

    /// Whether to warn of regexes that give up on some text.
    var looksForSlowPatterns = true

    /// The top-level keys of all files, in the order of files.
    var sections = Sections()

    /// Agents, teams, schedules and business numbers.
    var directory = Directory()

    /// The settings.
    var settings = RuleSettings()

    /// The names of schedules that have been reported; whoever meets one says nothing more of it.
    var unusableSchedules: Set<String> = []

    /// The lists by name.
    var lists: [String: NamedList] = [:]

    /// The names of lists that have been reported; whoever meets one says nothing more of it.
    var unusableLists: Set<String> = []

    /// The tables by name.
    var tables: [String: LookupTable] = [:]

    /// The names of tables that have been reported; whoever meets one says nothing more of it.
    var unusableTables: Set<String> = []

    /// Where the tables come from, for reading them again.
    var tablesRead: [TableRead] = []

    /// The rules, by file path and position.
    var rules: [RuleDraft] = []

    /// The facts as they are written, each name once.
    var factEntries: [YAMLEntry] = []

    /// What is remembered.
    var facts: [FactDraft] = []

    /// Reads conditions wherever they stand; `nil` until the named ones have been read.
    var conditions: ConditionReader?

    /// The business number of events that carry none: the one chosen, or the only one there is.
    var defaultBusiness: PhoneNumber? {
        if let chosen = settings.business { return chosen }
        return directory.businessNumbers.count == 1 ? directory.businessNumbers[0].phone : nil
    }

    /// The country code that the business's own numbers have, for corrections of others.
    var countryCode: String? {
        directory.countryCode
    }
}

/// The top-level keys of all files.
struct Sections {
    /// The keys that this version reads.
    enum Name: String, CaseIterable {
        case rules
        case tests
        case conditions
        case lists
        case tables
        case facts
        case agents
        case teams
        case schedules
        case businessNumbers = "business_numbers"
        case settings
    }

    private var entries: [Name: [YAMLEntry]] = [:]

    /// The entries of that key, one a file that has it.
    subscript(name: Name) -> [YAMLEntry] {
        get { entries[name] ?? [] }
        set { entries[name] = newValue }
    }
}

/// A fact with where it is written.
struct FactDraft {
    /// The fact.
    var fact: Fact

    /// Its name and all that is written of it.
    var entry: YAMLEntry
}

/// A rule between its tree and the engine.
struct RuleDraft {
    /// The rule's mapping.
    var fields: MappingReader

    /// What has been read of it; `nil` when it has no usable id.
    var rule: Rule?

    /// Whether any pass found an error in it.
    var hasErrors = false
}

extension Draft {
    /// The rules for the engine: those that are whole.
    var compiledRules: [Rule] {
        var compiled: [Rule] = []
        compiled.reserveCapacity(rules.count)
        for draft in rules where !draft.hasErrors {
            if let rule = draft.rule { compiled.append(rule) }
        }
        return compiled
    }

    /// Runs a step for each rule and notes in which of them it found errors.
    mutating func forEachRule(
        reporting diagnostics: inout [Diagnostic],
        _ step: (inout RuleDraft, inout [Diagnostic]) -> Void
    ) {
        for index in rules.indices {
            var found: [Diagnostic] = []
            step(&rules[index], &found)
            if found.hasErrors { rules[index].hasErrors = true }
            diagnostics += found
        }
    }
}
