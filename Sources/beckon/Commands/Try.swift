import ActionKit
import ArgumentParser
import Delivery
import Diagnostics
import Directory
import Events
import Foundation
import Ledger
import Logging
import RuleCompiler
import RuleSyntax

/// Makes one action call by hand and shows the answer.
struct Try: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make one action call by hand, and see the answer.",
        discussion: """
            Each setting of the action is an option of the same name; 'beckon actions \
            ACTION' lists them. Names of agents, teams and business numbers come from \
            the rules. Lists are written with commas. With --curl nothing is called: \
            the equivalent cURL command is printed, the key as a variable.

            The call is made once, whatever was done before, and is written into the \
            ledger like any job, also while a run is going on.

            EXAMPLES
              beckon try add-collaborator --customer '+91 99999 00001' --agents asha
              beckon try add-collaborator --customer 919999900001 --agents billing --curl
            """
    )

    @Argument(help: "The action.")
    var action: String

    @Flag(help: "Print the equivalent cURL command instead of calling.")
    var curl = false

    @Option(help: ArgumentHelp("A folder or file of rules, for names and settings.", valueName: "rules"))
    var rules = "rules"

    @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Settings: --NAME VALUE for each.", valueName: "setting"))
    var settings: [String] = []

    @OptionGroup var state: OptionalStateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        guard let module = ActionCatalog.module(action) else {
            throw CannotStart(ActionCatalog.unknown(action))
        }
        let compilation = try context()
        let rendered = try CommandLineSettings(module.spec, now: .now).read(settings, compilation)
        let call: any Action
        do throws(SettingsProblem) {
            call = try module.init(rendered)
        } catch {
            throw CannotStart("\(error.description); see 'beckon actions \(action)'")
        }
        let job = Job(id: "try/\(UUID().uuidString.lowercased())", rule: "try", conversation: rendered.conversation)
        let environment = ProcessInfo.processInfo.environment
        let destination = try Destinations.doubletick(compilation.settings, needsKey: !curl, environment: environment)
        if curl {
            try printCurl(call, job, destination, compilation.settings)
        } else {
            let entry = NewJob(
                job: job,
                action: action,
                destination: module.spec.destination,
                effect: module.spec.effect,
                settings: rendered
            )
            try await perform(call, entry, destination)
        }
    }

    /// The names and settings of the rules; a folder that is not there is no problem unless it was named.
    private func context() throws -> Compilation {
        guard rules != "rules" || FileManager.default.fileExists(atPath: rules) else {
            let environment = ProcessInfo.processInfo.environment
            let compilation = RuleCompiler(actions: ActionCatalog.forCompiler, environment: environment)
                .compile(RuleFiles.reading([]))
            guard !compilation.diagnostics.hasErrors else {
                common.show(compilation.diagnostics)
                throw CannotStart("the settings in the environment cannot be used")
            }
            return compilation
        }
        return try RuleSet.loadToRun(rules, common).compilation
    }

    private func printCurl(_ call: any Action, _ job: Job, _ destination: Destination, _ settings: RuleSettings) throws
    {
        guard let request = call.request(for: job) else { throw CannotStart("'\(action)' makes no HTTP request") }
        var variable = "DOUBLETICK_API_KEY"
        if case .environment(let name) = settings.doubletick.apiKey { variable = name }
        let output = try DataOutput(path: "-")
        output.writeLine(destination.curl(for: request, keyVariable: variable).utf8)
        guard output.finish() else { throw ExitStatus.problems }
    }

    private func perform(_ call: any Action, _ job: NewJob, _ destination: Destination) async throws {
        let folder = try state.folder()
        let ledger: Ledger
        let number: Int64
        do throws(LedgerProblem) {
            ledger = if let folder { try Ledger.openBeside(folder, creates: true) } else { try Ledger.inMemory() }
            number = try ledger.beginByHand(job, members: call.repeatGuard?.members ?? [], now: .now)
        } catch {
            throw CannotStart(error.description)
        }
        let transport = HTTPTransport([destination.name: destination]) { Date() }
        let recorder = ExchangeRecorder(transport)
        let outcome = await call.deliver(job.job, over: recorder)
        await transport.shutdown()
        show(outcome, recorder, destination)
        do throws(LedgerProblem) {
            _ = try await ledger.take(.end(ofCallByHand: number, outcome, recorder.record), guards: DeliveryGuards())
        } catch {
            common.logger.error("the call was made, but its outcome is not written down: \(error)")
            throw ExitStatus.problems
        }
        if let folder { StandardError.write("job \(number) in '\(folder.path)'\n") }
        switch outcome {
        case .delivered: break
        case .partial, .retry, .rejected, .unauthorized, .unknown: throw ExitStatus.problems
        }
    }

    private func show(_ outcome: DeliveryOutcome, _ recorder: ExchangeRecorder, _ destination: Destination) {
        for (request, exchange) in recorder.exchanges {
            StandardError.write(ExchangeText.text(request, exchange, baseURL: "\(destination.baseURL)"))
        }
        StandardError.write(ExchangeText.text(outcome) + "\n")
    }
}

extension DeliveryStep {
    /// The end of a call that is made once.
    fileprivate static func end(
        ofCallByHand job: Int64,
        _ outcome: DeliveryOutcome,
        _ exchange: ExchangeRecord?
    ) -> DeliveryStep {
        var step = DeliveryStep(now: .now)
        let settlement = Settlement(ofCallByHand: outcome)
        step.ended = [
            EndedAttempt(
                job: job,
                attempt: 1,
                outcome: outcome,
                exchange: exchange,
                consequence: .settled(settlement)
            )
        ]
        return step
    }
}

extension Settlement {
    /// What became of a call that is made once.
    fileprivate init(ofCallByHand outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered(let receipt): self.init(.delivered, detail: receipt.detail, attempts: 1)
        case .partial(let receipt): self.init(.partial, reason: JobReason.partial, detail: receipt.detail, attempts: 1)
        case .retry(let why, _), .rejected(let why), .unauthorized(let why):
            self.init(.failed, reason: why.code, detail: why.detail, attempts: 1)
        case .unknown(let why): self.init(.unknown, reason: why.code, detail: why.detail, attempts: 1)
        }
    }
}
