import ArgumentParser

/// A command that the product promises and this version does not have.
protocol NotBuiltYet: ParsableCommand {
    /// The command's name.
    static var name: String { get }

    /// What it will do.
    static var purpose: String { get }

    /// What was written behind the name.
    var arguments: [String] { get }
}

extension NotBuiltYet {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: name, abstract: "\(purpose)")
    }

    func run() throws {
        guard !arguments.contains("--help"), !arguments.contains("-h") else { throw CleanExit.helpRequest(self) }
        throw CannotStart("'\(Self.name)' is not built yet in version \(Beckon.version)")
    }
}

struct Diff: NotBuiltYet {
    static let name = "diff"
    static let purpose = "Compare two versions of the rules over recorded events."
    @Argument(parsing: .captureForPassthrough, help: .hidden) var arguments: [String] = []
}

struct ImportCurl: NotBuiltYet {
    static let name = "import-curl"
    static let purpose = "Turn a cURL command into a named HTTP action."
    @Argument(parsing: .captureForPassthrough, help: .hidden) var arguments: [String] = []
}
