/// The rule file that most tests of commands use.
enum SampleRules {
    static let text = """
        agents:
          asha: { phone: +91 99999 00101, name: Asha Rao }
          ravi: { phone: +91 99999 00102, name: Ravi Menon }
          gone: { phone: +91 99999 00199 }
        teams:
          billing: { members: [asha, ravi] }
        business_numbers:
          main: +91 99999 00000
        settings:
          delivery: { rate: 1000/s, attempts: 2 }
        rules:
          - id: refund
            when: { text: { keywords: [refund] } }
            then: [{ add-collaborator: { agents: billing } }]
          - id: partly
            when: { text: { keywords: [partly] } }
            then: [{ add-collaborator: { agents: [asha, gone] } }]
          - id: nobody
            when: { text: { keywords: [nobody] } }
            then: [{ add-collaborator: { agents: gone } }]
          - id: watched
            mode: shadow
            when: { text: { keywords: [refund] } }
            then: [{ add-collaborator: { agents: asha } }]
          - id: slow
            when: { text: { matches: '^(a+)+$' } }
            then: [{ add-collaborator: { agents: asha } }]

        """

    /// A plain event of a customer, as a line.
    static func event(_ text: String, customer: String = "919999900001", id: String? = nil) -> String {
        let identity = id.map { "\"id\":\"\($0)\"," } ?? ""
        return "{\(identity)\"customer\":\"\(customer)\",\"text\":\"\(text)\"}\n"
    }

    /// The record of a job on such an event.
    static func record(
        line: Int,
        rule: String,
        agents: String,
        customer: String = "919999900001",
        then rest: String,
        job: Int? = nil
    ) -> String {
        """
        {"line":\(line),"rule":"\(rule)","action":"add-collaborator",\
        "conversation":"919999900000:\(customer)",\
        "with":{"business":"919999900000","customer":"\(customer)","agents":[\(agents)]},\(rest)\(job.map { ",\"job\":\($0)" } ?? "")}
        """
    }
}
