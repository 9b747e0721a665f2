import Foundation
import Testing

/// A page of the reference documentation, cut into what the tests look at.
struct ReferencePage {
    /// A rule file of a page.
    struct Example: CustomTestStringConvertible {
        /// What a page says of a rule file that is no good example.
        enum Mark: String {
            /// It has errors, and they are shown.
            case refused
            /// It has warnings, and they are shown.
            case warned
        }

        /// The page and the line on which the file begins.
        var place: String

        /// The rule file.
        var text: String

        /// What is wrong with it, if anything is.
        var mark: Mark?

        /// What is shown beneath it.
        var shown: String?

        /// The headings that it stands under, the second and third level.
        var section = ""
        var topic = ""

        /// The files that it stands beside.
        var files: [String: String] = [:]

        var testDescription: String { place }
    }

    /// The name of the page, by which others link to it.
    let name: String

    /// The lines outside of fenced blocks.
    private(set) var prose: [String] = []

    /// The rule files, in order.
    private(set) var examples: [Example] = []

    /// The headings of the third level under those of the second.
    private(set) var topics: [(section: String, topic: String)] = []

    /// The files that examples stand beside.
    private(set) var files: [String: String] = [:]

    private let url: URL
    private let lines: [String]

    /// The folder of the documentation.
    static let catalogue = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/beckon/Documentation.docc")

    /// The file that examples without agents of their own stand beside.
    static let directoryFile = "directory.yml"

    /// All pages of the reference.
    static func all() throws -> [ReferencePage] {
        let folder = catalogue.appending(path: "Reference")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
        var pages = try names.sorted().map { try ReferencePage(folder.appending(path: $0)) }
        let directory = pages.compactMap { $0.files[directoryFile] }.first
        for index in pages.indices { pages[index].shareFiles(directory: directory) }
        return pages
    }

    private init(_ url: URL) throws {
        self.url = url
        name = url.deletingPathExtension().lastPathComponent
        lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
        var section = ""
        var topic = ""
        var index = 0
        while index < lines.count {
            let line = lines[index]
            index += 1
            if line.hasPrefix("```") {
                let end = lines[index...].firstIndex(of: "```") ?? lines.endIndex
                let text = lines[index..<end].map { $0 + "\n" }.joined()
                take(String(line.dropFirst(3)), text, line: index, section, topic)
                index = end + 1
                continue
            }
            prose.append(line)
            if line.hasPrefix("## ") {
                section = String(line.dropFirst(3))
                topic = ""
            } else if line.hasPrefix("### ") {
                topic = String(line.dropFirst(4))
                topics.append((section, topic))
            }
        }
    }

    /// Takes a fenced block: a rule file, a file that one names, or what is shown beneath a rule file.
    private mutating func take(_ fence: String, _ text: String, line: Int, _ section: String, _ topic: String) {
        let words = fence.split(separator: " ", maxSplits: 1).map(String.init)
        if words.count == 2, words[1].contains(".") {
            files[words[1]] = text
        } else if words.first == "yaml" {
            let mark = words.count == 2 ? Example.Mark(rawValue: words[1]) : nil
            let place = "\(name):\(line)"
            examples.append(Example(place: place, text: text, mark: mark, section: section, topic: topic))
        } else if words == ["text"], let last = examples.last, last.mark != nil, last.shown == nil {
            examples[examples.count - 1].shown = text
        }
    }

    private mutating func shareFiles(directory: String?) {
        for index in examples.indices {
            examples[index].files = files
            let isWhole = examples[index].text.split(separator: "\n").contains { $0.hasPrefix("agents:") }
            examples[index].files[Self.directoryFile] = isWhole ? nil : directory
        }
    }

    // MARK: Tables

    /// The rows of the first table below a heading of the second level; `nil` without such a heading.
    func table(under heading: String) -> [String]? {
        range(ofTableUnder: heading).map { Array(lines[$0]) }
    }

    /// Writes the page with other rows in the first table below a heading.
    func replaceTable(under heading: String, with rows: [String]) throws {
        guard let range = range(ofTableUnder: heading) else { return }
        var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
        // Tables above this one may have been replaced since.
        let offset = (lines.firstIndex(of: "## \(heading)") ?? 0) - (self.lines.firstIndex(of: "## \(heading)") ?? 0)
        lines.replaceSubrange((range.lowerBound + offset)..<(range.upperBound + offset), with: rows)
        try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
    }

    private func range(ofTableUnder heading: String) -> Range<Int>? {
        guard let top = lines.firstIndex(of: "## \(heading)") else { return nil }
        let below = lines[(top + 1)...]
        let end = below.firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
        guard let start = below[..<end].firstIndex(where: { $0.hasPrefix("|") }) else { return nil }
        let stop = below[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
        return start..<stop
    }
}
