import Diagnostics
import Directory
import Events
import RuleCompiler
import Testing

/// Settings, and the variables that override them.
struct SettingsTests {
    private func settings(_ text: String, _ environment: [String: String] = [:]) -> RuleSettings {
        RuleSource.compile(text.isEmpty ? "" : "settings: \(text)", environment: environment).settings
    }

    private func problems(_ text: String, _ environment: [String: String] = [:]) -> [String] {
        RuleSource.compile("settings: \(text)", environment: environment).diagnostics.map {
            "\($0.code.rawValue) \($0.primary?.span.text ?? "-")"
        }
    }

    @Test func `without settings the documented defaults hold`() {
        let settings = settings("")
        #expect(settings.business == nil)
        #expect(settings.timezone == "Asia/Kolkata")
        #expect(settings.doubletick.baseURL == "https://public.doubletick.io")
        #expect(settings.doubletick.apiKey == .environment("DOUBLETICK_API_KEY"))
        #expect(settings.delivery.concurrency == 8)
        #expect(settings.delivery.rate == Rate(count: 5, per: .seconds(1)))
        #expect(settings.delivery.timeout == .seconds(10))
        #expect(settings.delivery.attempts == 12)
        #expect(settings.delivery.giveUpAfter == .seconds(86_400))
        #expect(settings.delivery.maxEventAge == nil)
        #expect(settings.delivery.loopGuard == Rate(count: 50, per: .seconds(600)))
    }

    @Test func `settings are read as written`() {
        let settings = settings(
            """
            { business: main, timezone: Europe/Berlin, format: plain,
              doubletick: { base_url: http://127.0.0.1:8080, api_key: env:KEY },
              delivery: { concurrency: 2, rate: 60/min, timeout: 3s, attempts: 1, give_up_after: 30d,
                max_event_age: 24h, loop_guard: { at_most: 20, within: 5m } } }
            """
        )
        #expect(settings.business?.digits == "919999900000")
        #expect(settings.timezone == "Europe/Berlin")
        #expect(settings.doubletick.baseURL == "http://127.0.0.1:8080")
        #expect(settings.doubletick.apiKey == .environment("KEY"))
        #expect(settings.delivery.concurrency == 2)
        #expect(settings.delivery.rate == Rate(count: 60, per: .seconds(60)))
        #expect(settings.delivery.timeout == .seconds(3))
        #expect(settings.delivery.attempts == 1)
        #expect(settings.delivery.giveUpAfter == .seconds(2_592_000))
        #expect(settings.delivery.maxEventAge == .seconds(86_400))
        #expect(settings.delivery.loopGuard == Rate(count: 20, per: .seconds(300)))
    }

    @Test(
        arguments: [
            ("none", nil), ("'none'", nil), ("{}", Rate(count: 50, per: .seconds(600))),
            ("{ at_most: 1 }", Rate(count: 1, per: .seconds(600))),
            ("{ within: 1s }", Rate(count: 50, per: .seconds(1))),
            ("{ at_most: 1000000, within: 7d }", Rate(count: 1_000_000, per: .seconds(604_800))),
        ] as [(String, Rate?)]
    )
    func `what is left out of a loop guard has its default`(text: String, expected: Rate?) {
        #expect(problems("{ delivery: { loop_guard: \(text) } }") == [])
        #expect(settings("{ delivery: { loop_guard: \(text) } }").delivery.loopGuard == expected)
    }

    @Test(
        arguments: [
            ("{ at_most: 20, within: 5m }", ["AT_MOST": "3"], Rate(count: 3, per: .seconds(300))),
            ("{ at_most: 20, within: 5m }", ["WITHIN": "1h"], Rate(count: 20, per: .seconds(3600))),
            ("{ at_most: 20, within: 5m }", ["": "none"], nil), ("none", ["": ""], nil),
            ("none", ["AT_MOST": "3"], Rate(count: 3, per: .seconds(600))),
            ("none", ["WITHIN": "1h"], Rate(count: 50, per: .seconds(3600))),
            ("{ at_most: 20 }", ["": "none", "AT_MOST": "3"], Rate(count: 3, per: .seconds(600))),
        ] as [(String, [String: String], Rate?)]
    )
    func `variables override each part of a loop guard`(text: String, parts: [String: String], expected: Rate?) {
        let variables = parts.map { part, value in
            (["BECKON_DELIVERY_LOOP_GUARD", part].filter { !$0.isEmpty }.joined(separator: "_"), value)
        }
        let environment = Dictionary(uniqueKeysWithValues: variables)
        #expect(problems("{ delivery: { loop_guard: \(text) } }", environment) == [])
        #expect(settings("{ delivery: { loop_guard: \(text) } }", environment).delivery.loopGuard == expected)
    }

    @Test func `a variable lets events of every age pass again`() {
        let written = "{ delivery: { max_event_age: 24h } }"
        #expect(settings(written, ["BECKON_DELIVERY_MAX_EVENT_AGE": "none"]).delivery.maxEventAge == nil)
        #expect(settings(written, ["BECKON_DELIVERY_MAX_EVENT_AGE": "1h"]).delivery.maxEventAge == .seconds(3600))
    }

    @Test func `variables override what is written, empty ones count as unset`() {
        let written =
            "{ timezone: Europe/Berlin, doubletick: { base_url: https://a.example }, delivery: { rate: 1/s, attempts: 3 } }"
        let settings = settings(
            written,
            [
                "BECKON_TIMEZONE": "America/Lima", "BECKON_DOUBLETICK_BASE_URL": "", "BECKON_DELIVERY_RATE": "1000/h",
                "BECKON_DELIVERY_ATTEMPTS": "", "BECKON_DELIVERY_CONCURRENCY": "4", "BECKON_BUSINESS": "main",
                "BECKON_DELIVERY_GIVE_UP_AFTER": "1h", "BECKON_DELIVERY_TIMEOUT": "20s", "TIMEZONE": "x",
                "BECKON_": "y",
            ]
        )
        #expect(settings.timezone == "America/Lima")
        #expect(settings.doubletick.baseURL == "https://a.example")
        #expect(settings.delivery.rate == Rate(count: 1000, per: .seconds(3600)))
        #expect(settings.delivery.attempts == 3)
        #expect(settings.delivery.concurrency == 4)
        #expect(settings.business?.digits == "919999900000")
        #expect(settings.delivery.giveUpAfter == .seconds(3600))
        #expect(settings.delivery.timeout == .seconds(20))
    }

    @Test(arguments: [
        ("BECKON_DELIVERY_RATE", "fast"), ("BECKON_TIMEZONE", "Mars/Olympus"), ("BECKON_BUSINESS", "mian"),
        ("BECKON_DELIVERY_ATTEMPTS", "many"), ("BECKON_FORMAT", "xml"), ("BECKON_DELIVERY_TIMEOUT", "0s"),
        ("BECKON_DELIVERY_CONCURRENCY", "-1"), ("BECKON_DELIVERY_GIVE_UP_AFTER", "99999d"),
        ("BECKON_DELIVERY_MAX_EVENT_AGE", "off"), ("BECKON_DELIVERY_LOOP_GUARD", "50"),
        ("BECKON_DELIVERY_LOOP_GUARD_AT_MOST", "0"), ("BECKON_DELIVERY_LOOP_GUARD_WITHIN", "8d"),
    ])
    func `a variable that cannot be used is told of by its name`(name: String, value: String) {
        let compilation = RuleSource.compile("", environment: [name: value])
        #expect(compilation.diagnostics.map { $0.primary?.span.text } == [value])
        #expect(compilation.diagnostics.first?.primary?.span.file.text(0..<name.utf8.count) == name)
        #expect(compilation.diagnostics.hasErrors)
    }

    @Test func `a key in the environment is where a key belongs`() {
        let environment = ["BECKON_DOUBLETICK_API_KEY": "key_live_5d41402abc4b2a76"]
        let compilation = RuleSource.compile("", environment: environment)
        #expect(compilation.diagnostics == [])
        #expect(compilation.settings.doubletick.apiKey == .environment("BECKON_DOUBLETICK_API_KEY"))
        let named = RuleSource.compile("", environment: ["BECKON_DOUBLETICK_API_KEY": "env:OTHER"])
        #expect(named.settings.doubletick.apiKey == .environment("OTHER"))
    }

    @Test func `a key's file is meant relative to the file that names it`() {
        func source(_ path: String, _ written: String) -> SecretSource {
            RuleSource.compile([(path, "settings: { doubletick: { api_key: \(written) } }")]).settings.doubletick.apiKey
        }
        #expect(source("rules/settings.yml", "file:key.txt") == .file("rules/key.txt"))
        #expect(source("rules/settings.yml", "file:/run/secrets/doubletick") == .file("/run/secrets/doubletick"))
        #expect(source("settings.yml", "file:key.txt") == .file("key.txt"))
    }

    @Test(
        arguments: [
            ("{ doubletick: { api_key: hunter2 } }", ["R306 hunter2"]),
            ("{ doubletick: { api_key: 'env:' } }", ["R306 'env:'"]),
            ("{ delivery: { rate: 5 } }", ["R206 5"]), ("{ delivery: { rate: 0/s } }", ["R206 0/s"]),
            ("{ delivery: { rate: 5/min/s } }", ["R206 5/min/s"]), ("{ delivery: { rate: -5/s } }", ["R206 -5/s"]),
            ("{ delivery: { rate: 1.5/s } }", ["R206 1.5/s"]), ("{ delivery: { timeout: 0s } }", ["R206 0s"]),
            ("{ delivery: { timeout: 1.5s } }", ["R206 1.5s"]), ("{ delivery: { attempts: 1001 } }", ["R206 1001"]),
            ("{ delivery: { concurrency: 0x10, attempts: 0o14 } }", []),
            ("{ delivery: { concurrency: 2.5 } }", ["R203 2.5"]),
            ("{ delivery: { max_event_age: none } }", []), ("{ delivery: { max_event_age: 0s } }", ["R206 0s"]),
            ("{ delivery: { loop_guard: 50 } }", ["R206 50"]), ("{ delivery: { loop_guard: [50] } }", ["R203 [50]"]),
            ("{ delivery: { loop_guard: '' } }", ["R205 ''"]),
            ("{ delivery: { loop_guard: { at_most: 0, within: 8d } } }", ["R206 0", "R206 8d"]),
            ("{ delivery: { loop_guard: { at_most: 1000001, within: 0s } } }", ["R206 1000001", "R206 0s"]),
            ("{ delivery: { loop_guard: { at_most: 2.5, with: 1h } } }", ["R203 2.5", "R201 with"]),
            ("{ grace: 0s, live_lag: 2m, lateness: 3650d }", []),
            ("{ grace: 10, live_lag: none }", ["R206 10", "R206 none"]),
            ("{ lateness: 3651d, grace: [1s] }", ["R206 3651d", "R203 [1s]"]),
            ("{ format: { text: body.text, customer: 'from' } }", []),
            ("{ format: { txt: a, text: 'a..b' } }", ["R302 txt", "R308 'a..b'"]),
            ("{ doubletick: { base_url: 'http://[::1]:8080/x' } }", []),
            ("{ doubletick: { base_url: http://localhost } }", []),
            ("{ doubletick: { base_url: public.doubletick.io } }", ["R206 public.doubletick.io"]),
            ("{ doubletick: { base_url: http://public.doubletick.io } }", ["R206 http://public.doubletick.io"]),
            ("{ doubletick: { base_url: http://127.evil.example } }", ["R206 http://127.evil.example"]),
            ("{ doubletick: { base_url: https:// } }", ["R206 https://"]),
            ("{ doubletick: { base_url: 'https://a:b@c.example' } }", ["R206 'https://a:b@c.example'"]),
            ("{ doubletick: { base_url: 'https://c.example?a=b' } }", ["R206 'https://c.example?a=b'"]),
            ("{ timezone: Asia/Kolkata }", []), ("{ timezone: '' }", ["R205 ''"]),
            ("{ business: 99999 00000 }", ["R303 99999 00000"]),
        ] as [(String, [String])]
    )
    func `settings are held against what they may be`(text: String, expected: [String]) {
        #expect(problems(text) == expected)
    }

    @Test(arguments: [
        ("5/s", 5, 1), ("60/min", 60, 60), ("1000/h", 1000, 3600), ("1000000/s", 1_000_000, 1),
    ])
    func `a rate is so many in such a time`(text: String, count: Int, seconds: Int) {
        #expect(Rate(written: text) == Rate(count: count, per: .seconds(seconds)))
    }

    @Test(arguments: ["", "/", "5", "5/", "/s", "5/d", "5 / s", "0/s", "1000001/s", "-1/s", "5/S", "5/min ", "５/s"])
    func `nothing else is a rate`(text: String) {
        #expect(Rate(written: text) == nil)
    }
}
