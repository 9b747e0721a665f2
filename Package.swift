// swift-tools-version: 6.2

import PackageDescription

// Debian's simdjson lies on the standard path, and its pkg-config file holds a flag that SwiftPM warns of.
// libphonenumber has no such file; Homebrew's headers need what the one of protobuf tells.
#if os(macOS)
    let simdjsonPackage: String? = "simdjson"
    let phoneNumbersPackage: String? = "protobuf"
#else
    let simdjsonPackage: String? = nil
    let phoneNumbersPackage: String? = nil
#endif

// Targets stand in the order of their dependencies: each may depend only on targets above it.
// `LayeringTests` holds the imports of every file to this list.
let package = Package(
    name: "beckon",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "beckon", targets: ["beckon"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // C and C++ shims, no logic.
        .systemLibrary(
            name: "CPCRE2",
            pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]
        ),
        .systemLibrary(
            name: "CVectorscan",
            pkgConfig: "libhs",
            providers: [.apt(["libvectorscan-dev"]), .brew(["vectorscan"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CICUPackage",
            pkgConfig: "icu-uc",
            providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]
        ),
        .systemLibrary(
            name: "CSimdjsonPackage",
            pkgConfig: simdjsonPackage,
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]
        ),
        .systemLibrary(
            name: "CPhoneNumbersPackage",
            pkgConfig: phoneNumbersPackage,
            providers: [.apt(["libphonenumber-dev"]), .brew(["libphonenumber"])]
        ),
        .target(name: "CICU", dependencies: ["CICUPackage"]),
        .target(
            name: "CSimdjson",
            dependencies: ["CSimdjsonPackage"],
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .target(
            name: "CPhoneNumbers",
            dependencies: ["CPhoneNumbersPackage", "CICUPackage"],
            linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("icuuc")]
        ),

        // Rules, events and what decides.
        .target(name: "Diagnostics"),
        .target(
            name: "Events",
            dependencies: ["CSimdjson", "CZlib", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .target(name: "Patterns", dependencies: ["CPCRE2", "CICU", "CVectorscan"]),
        .target(name: "ActionKit"),
        .target(name: "Templates"),
        .target(name: "Directory", dependencies: ["Events", "CPhoneNumbers"]),
        .target(
            name: "RuleEngine",
            dependencies: [
                "Diagnostics", "Events", "Patterns", "ActionKit", "Templates", "Directory",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ]
        ),
        .target(
            name: "RuleSyntax",
            dependencies: ["Diagnostics", .product(name: "Yams", package: "Yams")]
        ),
        .target(
            name: "RuleCompiler",
            dependencies: [
                "Diagnostics", "Events", "Patterns", "ActionKit", "Templates", "Directory", "RuleEngine", "RuleSyntax",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(name: "RuleFormatting", dependencies: ["Diagnostics", "RuleSyntax", "RuleCompiler"]),

        // Delivery and the outside world.
        .target(
            name: "Ledger",
            dependencies: [
                "Events", "ActionKit", "Directory",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "Delivery",
            dependencies: [
                "Events", "ActionKit", "Ledger",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(name: "DoubleTick", dependencies: ["ActionKit"]),
        .target(
            name: "RuleTesting",
            dependencies: [
                "Diagnostics", "Events", "Patterns", "ActionKit", "Directory", "RuleEngine", "RuleSyntax",
                "RuleCompiler",
            ]
        ),
        .target(name: "Listening"),
        .target(
            name: "Sandbox",
            dependencies: [
                "Events", "DoubleTick", "Listening",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Receiver",
            dependencies: [
                "Events", "Listening",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(name: "ActionKitTesting", dependencies: ["ActionKit"]),

        // Action modules: one folder each.
        .target(name: "AddCollaborator", dependencies: ["ActionKit", "DoubleTick"], path: "Plugins/AddCollaborator"),

        // The command line. It alone imports everything, prints and chooses exit codes.
        .executableTarget(
            name: "beckon",
            dependencies: [
                "Diagnostics", "Events", "Patterns", "ActionKit", "Directory", "RuleEngine", "RuleSyntax",
                "RuleCompiler", "RuleFormatting", "Ledger", "Delivery", "DoubleTick", "RuleTesting", "Listening",
                "Sandbox", "Receiver", "AddCollaborator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),

        // Tests.
        .target(name: "SeededRandom", path: "Tests/SeededRandom"),
        .target(name: "CAllocations", path: "Tests/CAllocations"),
        .target(name: "Allocations", dependencies: ["CAllocations"], path: "Tests/Allocations"),
        .target(name: "BuiltBeckon", path: "Tests/BuiltBeckon"),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(
            name: "EventsTests",
            dependencies: ["Events", "CZlib", "SeededRandom", "Allocations"],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "PatternsTests", dependencies: ["Patterns", "SeededRandom"]),
        .testTarget(name: "TemplatesTests", dependencies: ["Templates", "SeededRandom"]),
        .testTarget(name: "DirectoryTests", dependencies: ["Directory", "Events", "SeededRandom"]),
        .testTarget(
            name: "RuleEngineTests",
            dependencies: [
                "RuleEngine", "Diagnostics", "Events", "Patterns", "ActionKit", "Templates", "Directory",
                "SeededRandom",
            ]
        ),
        .testTarget(name: "RuleSyntaxTests", dependencies: ["RuleSyntax", "Diagnostics", "SeededRandom"]),
        .testTarget(
            name: "RuleCompilerTests",
            dependencies: [
                "RuleCompiler", "RuleSyntax", "RuleEngine", "Templates", "Diagnostics", "Directory", "Events",
                "ActionKit",
                "AddCollaborator", "SeededRandom",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "RuleFormattingTests",
            dependencies: ["RuleFormatting", "RuleCompiler", "RuleSyntax", "Diagnostics", "SeededRandom"]
        ),
        .testTarget(
            name: "RuleTestingTests",
            dependencies: [
                "RuleTesting", "RuleCompiler", "RuleSyntax", "RuleEngine", "Diagnostics", "Directory", "Events",
                "Patterns", "ActionKit", "AddCollaborator", "SeededRandom",
            ]
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Ledger", "Events", "ActionKit", "Directory", "SeededRandom",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Delivery", "Ledger", "Events", "ActionKit", "SeededRandom",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(name: "DoubleTickTests", dependencies: ["DoubleTick", "ActionKit"]),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Sandbox", "Listening", "SeededRandom",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "ReceiverTests",
            dependencies: [
                "Receiver", "Events", "Listening", "SeededRandom",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "PluginContractTests",
            dependencies: ["ActionKit", "ActionKitTesting", "AddCollaborator"]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "beckon", "Diagnostics", "Events", "ActionKit", "RuleEngine", "RuleSyntax", "RuleCompiler", "Ledger",
                "Sandbox", "BuiltBeckon", "SeededRandom",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "beckon", "Sandbox", "SeededRandom", "BuiltBeckon",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

let shims = ["CICU", "CSimdjson", "CPhoneNumbers", "CAllocations"]
for target in package.targets where target.type != .system && !shims.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
