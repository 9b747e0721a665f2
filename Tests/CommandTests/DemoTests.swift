import BuiltBeckon
import Foundation
import Testing

struct DemoTests {
    @Test func `the demo ends by itself and shows who joined which chat`() async throws {
        let result = try await BeckonProcess.run(["demo"], in: BeckonProcess.repository)
        #expect(result.status == 0)
        #expect(result.output == "")
        let lines = result.errors.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("Sandbox   http://127.0.0.1:") == true)
        #expect(lines.contains("  refund-brings-in-billing                  21"))
        // Over time: of a hundred chats ten were left waiting, and somebody complained three times.
        #expect(lines.contains("  nobody-answered-brings-in-a-lead          10"))
        #expect(lines.contains("  third-complaint-brings-in-grievance        1"))
        #expect(lines.contains { $0.hasPrefix("Chats with collaborators: 88 of 103") })
        #expect(lines.contains("Not added, since the sandbox knows no such agent: +91 99999 00111 (lalit), in 8 calls"))
    }
}
