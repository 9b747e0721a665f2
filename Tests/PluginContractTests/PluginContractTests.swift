import ActionKitTesting
import AddCollaborator
import Testing

/// Every action module that is shipped, one line each.
struct PluginContractTests {
    @Test func `add-collaborator keeps the contract`() async {
        #expect(await ActionContract(AddCollaborator.self).violations() == [])
    }
}
