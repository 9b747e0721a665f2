import Testing

@testable import Receiver

struct HookTests {
    private static let hooks = "/hooks/0123456789abcdef"

    @Test(
        arguments: [
            ("", Hook()), ("/", Hook()),
            ("/MESSAGE_RECEIVED", Hook(type: "message-received")),
            ("/message-received", Hook(type: "message-received")),
            ("/ON_SLA_ESCALATED_PUBLIC/", Hook(type: "on-sla-escalated-public")),
            ("/919999900000", Hook(business: "919999900000")), ("/+919999900000/", Hook(business: "919999900000")),
            ("/%2B919999900000", Hook(business: "919999900000")), ("/12345678", Hook(business: "12345678")),
            ("/919999900000/ADD_TAG", Hook(business: "919999900000", type: "add-tag")),
            ("/%2b919999900000/add-tag/", Hook(business: "919999900000", type: "add-tag")),
        ]
    )
    func `number and event may be left out and are told apart by their form`(rest: String, hook: Hook) throws {
        #expect(Hook(path: Self.hooks + rest, secret: try HookSecret("0123456789abcdef")) == hook)
    }

    @Test(
        arguments: [
            "", "/", "/hooks", "/hooks/", "/hooks/0123456789abcdeg", "/hooks/0123456789ABCDEF",
            "/Hooks/0123456789abcdef",
            "hooks/0123456789abcdef", "//hooks/0123456789abcdef", "/x/hooks/0123456789abcdef", "/0123456789abcdef",
            "\(hooks)//", "\(hooks)/Message_Received", "\(hooks)/message_received", "\(hooks)/MESSAGE-RECEIVED",
            "\(hooks)/ADD_TAG/919999900000", "\(hooks)/919999900000/919999900000", "\(hooks)/ADD_TAG/ADD_TAG",
            "\(hooks)/1234567", "\(hooks)/1234567890123456", "\(hooks)/0919999900000", "\(hooks)/++919999900000",
            "\(hooks)/91 9999900000", "\(hooks)/٩١٩٩٩٩٩٠٠٠٠٠", "\(hooks)/919999900000/ADD_TAG/x", "\(hooks)/..",
            "\(hooks)/\(String(repeating: "A", count: 65))",
        ]
    )
    func `every other path is none`(path: String) throws {
        #expect(Hook(path: path, secret: try HookSecret("0123456789abcdef")) == nil)
    }
}
