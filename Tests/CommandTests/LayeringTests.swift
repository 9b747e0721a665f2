import BuiltBeckon
import Foundation
import Testing

/// The direction of dependencies, read from the files themselves: SwiftPM would let a target import what another pulls in.
struct LayeringTests {
    /// The targets in the order of the manifest; each may import only what stands above it.
    private static let order = [
        "CPCRE2", "CVectorscan", "CZlib", "CICU", "CSimdjson", "CPhoneNumbers", "Diagnostics", "Events", "Patterns",
        "ActionKit",
        "Templates", "Directory", "RuleEngine", "RuleSyntax", "RuleCompiler", "RuleFormatting", "Ledger",
        "Delivery", "DoubleTick", "RuleTesting", "Listening", "Sandbox", "Receiver", "ActionKitTesting",
        "AddCollaborator",
        "beckon",
    ]

    /// Libraries that these targets alone may import.
    private static let importers: [String: Set<String>] = [
        "CPCRE2": ["Patterns"], "CVectorscan": ["Patterns"], "CICU": ["Patterns"], "CSimdjson": ["Events"],
        "CZlib": ["Events"],
        "CYaml": ["RuleSyntax"], "CPhoneNumbers": ["Directory"], "GRDB": ["Ledger"], "AsyncHTTPClient": ["Delivery"],
        "Hummingbird": ["Sandbox", "Receiver"], "Mustache": ["Sandbox"], "ArgumentParser": ["beckon"],
    ]

    /// Targets that decide, and so wait for nothing.
    private static let synchronous = [
        "Diagnostics", "Events", "Patterns", "RuleEngine", "RuleSyntax", "RuleCompiler", "RuleFormatting",
        "RuleTesting", "Directory", "Templates",
    ]

    @Test func `the manifest lists the targets in the order of their dependencies`() throws {
        let manifest = try text(of: BeckonProcess.repository.appendingPathComponent("Package.swift"))
        let places = Self.order.map { name in manifest.range(of: "name: \"\(name)\"")?.lowerBound }
        #expect(places.allSatisfy { $0 != nil })
    }

    @Test(arguments: order)
    func `a target imports only what stands above it`(target: String) throws {
        let place = Self.order.firstIndex(of: target) ?? 0
        for (file, source) in try sources(of: target) {
            for module in imports(in: source) {
                if let other = Self.order.firstIndex(of: module) {
                    #expect(other < place, "\(file) imports \(module)")
                }
                if let allowed = Self.importers[module] {
                    #expect(allowed.contains(target), "\(file) imports \(module)")
                }
            }
        }
    }

    @Test func `action modules know the kit and one library, and ActionKit knows nothing`() throws {
        for (file, source) in try sources(of: "AddCollaborator") {
            #expect(Set(imports(in: source)).isSubset(of: ["ActionKit", "DoubleTick"]), "\(file)")
        }
        for (file, source) in try sources(of: "ActionKit") { #expect(imports(in: source).isEmpty, "\(file)") }
    }

    @Test(arguments: synchronous)
    func `what decides is synchronous`(target: String) async throws {
        for (file, source) in try sources(of: target) {
            let code = source.split(separator: "\n").filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
            #expect(!code.contains { $0.contains(" async ") || $0.contains("await ") }, "\(file)")
        }
    }

    @Test func `every module in Plugins is in the catalogue and keeps the contract`() throws {
        let plugins = BeckonProcess.repository.appendingPathComponent("Plugins")
        let modules = try FileManager.default.contentsOfDirectory(atPath: plugins.path).filter { !$0.hasPrefix(".") }
        let catalogue = try text(of: file("Sources/beckon/ActionCatalog.swift"))
        let contract = try text(of: file("Tests/PluginContractTests/PluginContractTests.swift"))
        #expect(!modules.isEmpty)
        for module in modules {
            #expect(catalogue.contains("\(module).self"))
            #expect(contract.contains("\(module).self"))
        }
    }

    private func file(_ path: String) -> URL {
        BeckonProcess.repository.appendingPathComponent(path)
    }

    private func text(of url: URL) throws -> String {
        try String(contentsOf: url, encoding: .utf8)
    }

    private func sources(of target: String) throws -> [(String, String)] {
        let folder = file(target == "AddCollaborator" ? "Plugins/\(target)" : "Sources/\(target)")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.map { ($0, try text(of: folder.appendingPathComponent($0))) }
    }

    private func imports(in source: String) -> [String] {
        source.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: /(?:public |package |internal )?import (\w+)/).map { String($0.1) }
        }
    }
}
