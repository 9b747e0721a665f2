public import ActionKit

/// What every action promises, as a test.
///
/// The promises are those of ``Action``, and the material is the action's own spec: a module is tested by one line, and an
/// example that stopped being true is found.
///
/// ```swift
/// @Test func `add-collaborator keeps the contract`() async {
///     #expect(await ActionContract(AddCollaborator.self).violations() == [])
/// }
/// ```
public struct ActionContract<Subject: Action>: Sendable {
    /// How long an attempt may go on after it was cancelled.
    let patience: Duration

    /// Creates the contract of an action.
    public init(_ action: Subject.Type, patience: Duration = .seconds(120)) {
        self.patience = patience
    }

    /// Tests everything and returns what is broken, each as a sentence; empty when the contract is kept.
    ///
    /// An action that crashes on an answer crashes the test, which is the report.
    public func violations() async -> [String] {
        var found = specViolations() + exampleViolations() + settingViolations()
        found += repeatViolations()
        // What is sent and answered can be tested with settings only that the action accepts.
        for example in acceptedExamples {
            found += await requestViolations(of: example)
        }
        guard let example = acceptedExamples.first else { return found }
        found += await answerViolations(of: example)
        found += await silenceViolations(of: example)
        found += await cancellationViolations(of: example)
        return found
    }

    var spec: ActionSpec { Subject.spec }

    /// The examples that are meant to be accepted, and are.
    var acceptedExamples: [ActionExample] {
        spec.examples.filter { $0.problem == nil && problem(with: $0.settings) == nil }
    }

    /// What the action says to settings; `nil` when it accepts them.
    func problem(with settings: Settings) -> SettingsProblem? {
        do {
            _ = try Subject(settings)
            return nil
        } catch {
            return error
        }
    }

    /// One attempt at a job with these settings; `nil` when the action does not accept them.
    func attempt(_ settings: Settings, _ job: Job, over transport: any Transport) async -> DeliveryOutcome? {
        guard let action = try? Subject(settings) else { return nil }
        return await action.deliver(job, over: transport)
    }
}

extension Job {
    /// The job that actions are tested with.
    static let ofContract = Job(
        id: "job-7f3a9c51",
        rule: "contract",
        event: "message-received/1",
        conversation: "919999900000:919999900001"
    )
}
