import Foundation
import Testing

@testable import Sandbox

struct SandboxPageTests {
    @Test(
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload=\"x\" '", "&quot; onload=&quot;x&quot; &#39;"),
            ("{{title}} {{{title}}} {{> page}}", "{{title}} {{{title}}} {{&gt; page}}"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("\u{202E}gnp.exe", "\u{202E}gnp.exe"),
            // Combined with a mark, these are other graphemes, but for a browser still the same characters.
            ("<\u{301}b>\u{301}\"\u{301} x=\"\u{200D}", "&lt;\u{301}b&gt;\u{301}&quot;\u{301} x=&quot;\u{200D}"),
            ("two\nlines", "two\nlines"),
        ]
    )
    func `a customer's words never become markup`(text: String, escaped: String) {
        var entry = EntryView(sequence: 7, isMessage: true, text: text, hasText: true)
        entry.day = "21 July 2026"
        entry.time = "12:00:01"
        entry.machineTime = "2026-07-21T12:00:01Z"
        var view = ConversationView()
        view.entries = [entry]
        let html = PageTemplates().render(
            PageView(
                address: "",
                view: "chat",
                version: 1,
                run: "",
                totals: TotalsView(),
                chats: [],
                conversation: view,
                calls: [],
                callsKept: 1
            )
        )
        let lines = html.components(separatedBy: "data-rows>").dropFirst().first?.components(separatedBy: "</ol>").first
        #expect(
            lines == """
                <li class="line" data-sequence="7"><p class="day" data-if="startsDay" hidden>\
                <span data-text="day">21 July 2026</span></p><div class="bubble" data-if="isMessage">\
                <p class="attachment" dir="auto" data-if="hasAttachment" data-text="attachment" hidden></p>\
                <p class="words" dir="auto" data-if="hasText" data-text="text">\(escaped)</p>\
                <time datetime="2026-07-21T12:00:01Z" data-set="datetime:machineTime" data-text="time">12:00:01</time>\
                </div><p class="note" data-if="isNote" hidden><span class="face" aria-hidden="true" data-tint="0" \
                data-set="data-tint:tint" data-text="initials"></span><span><bdi data-text="name"></bdi> \
                <span data-text="deed"></span>, <time datetime="2026-07-21T12:00:01Z" data-set="datetime:machineTime" \
                data-text="time">12:00:01</time></span></p></li>
                """
        )
    }

    @Test func `every template escapes, in text and in attributes`() {
        let hostile = "<x\">'"
        let person = PersonView(
            name: hostile,
            number: hostile,
            initials: hostile,
            joined: hostile,
            machineTime: hostile
        )
        var chat = ChatView(key: hostile, title: hostile, number: hostile, initials: hostile, preview: hostile)
        chat.people = [person]
        (chat.owner, chat.names, chat.time, chat.machineTime, chat.more) = (hostile, hostile, hostile, hostile, hostile)
        chat.haystack = hostile
        var talk = ConversationView(key: hostile, title: hostile, number: hostile, business: hostile, initials: hostile)
        talk.people = [person]
        (talk.owner, talk.dropped, talk.peopleCount) = (hostile, hostile, hostile)
        var entry = EntryView(day: hostile, text: hostile, attachment: hostile, name: hostile, deed: hostile)
        (entry.initials, entry.time, entry.machineTime) = (hostile, hostile, hostile)
        talk.entries = [entry]
        var call = CallView(time: hostile, machineTime: hostile, method: hostile, path: hostile, tone: hostile)
        (call.deed, call.who, call.unmatched, call.chat) = (hostile, hostile, hostile, hostile)
        (call.chatKey, call.hint, call.answer) = (hostile, hostile, hostile)
        var totals = TotalsView(chats: hostile, collaborators: hostile, calls: hostile, chatsDropped: hostile)
        totals.callsDropped = hostile
        let html = PageTemplates().render(
            PageView(
                address: hostile,
                view: hostile,
                version: 1,
                run: hostile,
                totals: totals,
                chats: [chat],
                conversation: talk,
                calls: [call],
                callsKept: 1
            )
        )
        let raw = ["<x", "x\"", "\">'", "&quot;>", "&gt;'"].filter { html.contains($0) }
        #expect(raw == [])
    }

    @Test func `the page allows nothing but its own resources`() async throws {
        try await LiveSandbox.run { live in
            let names = ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"]
            let policy =
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            for (path, type) in [
                ("/", "text/html; charset=utf-8"), ("/sandbox/page.css", "text/css; charset=utf-8"),
                ("/sandbox/page.js", "text/javascript; charset=utf-8"), ("/sandbox/icon.svg", "image/svg+xml"),
                ("/sandbox/state", "application/json; charset=utf-8"),
            ] {
                let headers = try await live.headers(path, names)
                #expect(headers == [type, policy, "nosniff", "no-store"])
            }
        }
    }

    @Test func `a page is told only what it does not know yet`() async throws {
        try await LiveSandbox.run { live in
            let first = try await PageState(live)
            #expect(first.isWhole)
            #expect(first.chats.map(\.key) == ["919999900000:919999900001", "919999900000:919999900002"])
            let body = #"{"from":"919999900000","to":"919999900002","agentNumbers":["919999900101","919999900103"]}"#
            _ = try await live.call("/collaborators/add", body)
            let query = "?run=\(first.run)&version=\(first.version)&call=0&chat=919999900000:919999900002&seen=1"
            let second = try await PageState(live, query)
            #expect(!second.isWhole)
            #expect(second.chats.map(\.names) == ["Asha Rao, +91 99999 00103"])
            #expect(second.conversation?.key == "919999900000:919999900002")
            #expect(second.calls.map(\.deed) == ["joined the chat with"])
            let third = try await PageState(live, "?run=\(second.run)&version=\(second.version)&call=1")
            #expect(third.chats.map(\.key) == [])
            #expect(third.calls.map(\.sequence) == [])
        }
    }

    @Test(arguments: ["?version=-9223372036854775808&call=x&seen=", "?chat=:::&version=99999999999999999999", "?%&=&&"])
    func `a nonsensical question is answered with everything`(query: String) async throws {
        try await LiveSandbox.run { live in
            let state = try await PageState(live, query)
            #expect(state.chats.count == 2)
        }
    }

    @Test func `an open page hears of a change at once`() async throws {
        try await LiveSandbox.run { live in
            let url = try #require(URL(string: "\(live.address)/sandbox/events"))
            let stream = EventListener.listen(to: url)
            var iterator = stream.makeAsyncIterator()
            let state = try await PageState(live)
            #expect(await iterator.next() == "retry: 1000\nevent: version\ndata: \(state.run) \(state.version)\n\n")
            live.sandbox.receive(lines: #"{"customer":"919999900002","text":"hello"}"#.utf8)
            #expect(await iterator.next() == "event: version\ndata: \(state.run) \(state.version + 1)\n\n")
        }
    }

    @Test func `too many open pages are told to ask instead`() async throws {
        var limits = SandboxLimits()
        limits.pagesMax = 0
        try await LiveSandbox.run(.example(limits: limits)) { live in
            let reply = try await live.send("GET", "/sandbox/events")
            #expect(
                reply
                    == LiveSandbox.Reply(
                        status: 503,
                        body: #"{"statusCode":503,"message":"Too many pages are open.","error":"Service Unavailable"}"#
                    )
            )
        }
    }

    @Test(
        arguments: [
            ("Asha Rao", "AR"), ("asha", "A"), ("José de la Cruz", "JC"), ("नेहा शर्मा", "ने"), ("محمد علي", "م"),
            ("山田 太郎", "山"), ("🦄 Books", "B"), ("12 34", ""), ("", ""), ("<b>", "B"),
        ]
    )
    func `a circle holds initials that read well`(name: String, initials: String) {
        #expect(Initials.of(name) == initials)
    }

    @Test(
        arguments: [
            (1_784_635_445_000, "12:04:05", "12:04", "21 July 2026", "2026-07-21T12:04:05Z"),
            (1_784_505_600_000, "00:00:00", "20 Jul", "20 July 2026", "2026-07-20T00:00:00Z"),
            (0, "00:00:00", "1 Jan 1970", "1 January 1970", "1970-01-01T00:00:00Z"),
            (Int64.min, "00:00:00", "1 Jan 1970", "1 January 1970", "1970-01-01T00:00:00Z"),
            (Int64.max, "23:59:59", "31 Dec 9999", "31 December 9999", "9999-12-31T23:59:59Z"),
        ] as [(Int64, String, String, String, String)]
    )
    func `times read well, however wrong`(at: Int64, time: String, short: String, day: String, machine: String) {
        let clock = PageClock(timeZone: .gmt)
        let texts = [clock.time(at), clock.short(at, now: 1_784_678_399_000), clock.day(at), clock.machine(at)]
        #expect(texts == [time, short, day, machine])
    }
}
