import Directory
import Testing

/// Looking names up.
struct DirectoryTests {
    private let directory: Directory

    init() throws {
        let asha = try PhoneNumber(written: "+91 99999 00101")
        let main = try PhoneNumber(written: "+91 99999 00000")
        directory = Directory(
            agents: [
                "zoe": Agent(id: "zoe", phone: asha), "asha": Agent(id: "asha", phone: asha, name: "Asha Rao"),
            ],
            businessNumbers: [BusinessNumber(name: "main", phone: main), BusinessNumber(name: "spare", phone: asha)]
        )
    }

    @Test func `a business number is found by its name`() {
        #expect(directory.businessNumber(named: "main")?.digits == "919999900000")
        #expect(directory.businessNumber(named: "spare")?.digits == "919999900101")
        #expect(directory.businessNumber(named: "Main") == nil)
    }

    @Test func `an agent is named by the digits, of several names always by the same`() {
        #expect(directory.agentName(digits: "919999900101") == "asha")
        #expect(directory.agentName(digits: "919999900109") == nil)
    }
}
