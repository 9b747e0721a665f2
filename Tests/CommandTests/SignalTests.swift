import Foundation
import Testing

struct SignalTests {
    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func `a signal ends a run in good order`(number: Int32, status: Int32) throws {
        let place = try Workplace(["rules/rules.yml": SampleRules.text])
        let process = Process()
        process.executableURL = BeckonProcess.binary
        process.arguments = ["run", "--dry-run"]
        process.currentDirectoryURL = place.folder
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        input.fileHandleForWriting.write(Data(SampleRules.event("partly").utf8))
        // The record is out before the next line is waited for, so the signal finds the run in the middle of its stream.
        let record = output.fileHandleForReading.availableData
        #expect(String(decoding: record, as: UTF8.self).hasSuffix("\"status\":\"planned\"}\n"))
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(told.hasPrefix("stopped by a signal after line 1\nread 1 event; 1 matched, 1 firing: 1 planned"))
        #expect(process.terminationStatus == status)
    }
}
