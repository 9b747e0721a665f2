public import ActionKit
public import Diagnostics
import Directory
public import Events
public import RuleEngine
public import RuleSyntax

/// Turns rule files into a program: tree in, values out, every problem reported at its place.
///
/// A compiler is a list of passes. Each reads its own part of the tree, so none echoes another's problem, and all of them run
/// whatever the others found: a person sees everything that is wrong at once. The compiler knows no action by name; it is
/// handed the specs of those that exist.
///
/// ```swift
/// let compilation = RuleCompiler(actions: catalogue).compile(try RuleFiles.read("rules"))
/// ```
public struct RuleCompiler: Sendable {
    /// The passes in order.
    ///
    /// A pass may use what the passes above it have put into the draft.
    private static let passes: [any Pass] = [
        SectionPass(),
        NumberPass(),
        SettingsPass(),  // after the numbers: 'business' may be a name of one
        SchedulePass(),  // after the settings: their time zone is the default
        DirectoryPass(),  // after the schedules: a shift names one
        TeamPass(),
        ListPass(),
        TablePass(),  // after the directory: corrections of phone numbers need its country code
        RulePass(),  // after the settings: days are meant in their time zone
        PrecedencePass(),
        FactNamePass(),
        ConditionPass(),  // after the names of facts: a condition may ask for one
        TimingPass(),  // after the conditions, which it needs for steps and answers
        FactPass(),
        ReachPass(),
        ActionPass(),
        WindowPass(),  // it and those below look at whole rules
        BusinessNumberPass(),
        FactUsePass(),
    ]

    private let actions: ActionCatalogue
    private let environment: [String: String]
    private let namedFiles: NamedFiles
    private let now: Instant?
    private let looksForSlowPatterns: Bool

    /// Creates a compiler.
    ///
    /// - Parameters:
    ///   - actions: The actions that rules may ask for.
    ///   - environment: The variables that may override settings, such as `BECKON_DELIVERY_RATE`.
    ///   - namedFiles: How the files that rules name are read: lists and tables.
    ///   - now: The time to warn of rules that end by; `nil` for no such warnings.
    ///   - looksForSlowPatterns: Whether to warn of regexes that give up on some text; it takes far longer than compiling
    ///     them, and a run that is about to start has no use for it.
    public init(
        actions: ActionCatalogue,
        environment: [String: String] = [:],
        namedFiles: NamedFiles = NamedFiles(),
        now: Instant? = nil,
        looksForSlowPatterns: Bool = true
    ) {
        self.actions = actions
        self.environment = environment
        self.namedFiles = namedFiles
        self.now = now
        self.looksForSlowPatterns = looksForSlowPatterns
    }

    /// Compiles files.
    ///
    /// - Complexity: O(n) in the size of the files, besides what PCRE2 needs for each pattern.
    public func compile(_ files: RuleFiles) -> Compilation {
        var draft = Draft(
            files: files,
            actions: actions,
            environment: environment,
            namedFiles: namedFiles,
            now: now,
            looksForSlowPatterns: looksForSlowPatterns
        )
        var diagnostics = files.diagnostics
        for pass in Self.passes { pass.run(on: &draft, reporting: &diagnostics) }
        let program = Program(
            rules: draft.compiledRules,
            directory: draft.directory,
            defaultBusiness: draft.defaultBusiness,
            tables: draft.tables,
            facts: draft.facts.map(\.fact),
            time: draft.settings.time
        )
        return Compilation(
            program: program,
            settings: draft.settings,
            tests: draft.sections[.tests].map(\.value),
            tableReloading: TableReloading(draft.tablesRead),
            diagnostics: diagnostics.inReadingOrder()
        )
    }
}

/// What came of compiling rule files.
public struct Compilation: Sendable {
    /// The rules that have no error.
    public var program: Program

    /// The settings, with defaults and overrides.
    public var settings: RuleSettings

    /// The values of all `tests` keys, for the test runner to read.
    public var tests: [YAMLNode]

    /// Reads the tables again when their files change.
    public var tableReloading: TableReloading

    /// Everything that was found, in reading order.
    public var diagnostics: [Diagnostic]
}

/// The actions that rules may ask for, as the compiler sees them.
public struct ActionCatalogue: Sendable {
    /// An action: its spec, and the check that its own `init` makes.
    public struct Entry: Sendable {
        /// What the action takes.
        public var spec: ActionSpec

        /// Finds what the action would refuse in rendered settings.
        public var problem: @Sendable (Settings) -> SettingsProblem?

        /// Creates an entry for an action.
        public init<A: Action>(_ action: A.Type) {
            spec = action.spec
            problem = { settings in
                do throws(SettingsProblem) {
                    _ = try action.init(settings)
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    /// The actions by id.
    public var entries: [String: Entry]

    /// Actions of the language that this version does not have yet.
    public var notBuiltYet: [String]

    /// Creates a catalogue.
    public init(_ entries: [Entry], notBuiltYet: [String] = []) {
        self.entries = Dictionary(entries.map { ($0.spec.id, $0) }) { first, _ in first }
        self.notBuiltYet = notBuiltYet
    }
}
