import Diagnostics
import RuleFormatting
import Testing

/// Properties that hold for every file, over generated ones.
@Suite(.timeLimit(.minutes(10)))
struct GeneratedFileTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `formatting keeps meaning, comments and what they comment out, and formatting twice is formatting once`(
        seed: UInt64
    ) {
        var usable = 0
        var usableUncommented = 0
        for index in 0..<150 as Range<UInt64> {
            let generated = GeneratedYAML(seed: seed * 1_000_000 + index)
            let before = Outline(generated.text)
            guard before.text != nil else { continue }
            usable += 1
            let note = "seed \(seed * 1_000_000 + index)"
            let (formatted, diagnostics) = RuleFormatter.format(SourceFile(path: "rules.yml", text: generated.text))
            #expect(diagnostics.map(\.message) == [], "\(note)")
            guard let formatted else { continue }
            let text = formatted.text.string
            #expect(Outline(text) == before, "\(note)")
            #expect(Self.comments(in: text) == Array(0..<generated.commentCount).map { $0 + 1 }, "\(note)")
            let uncommented = Outline(Self.uncommented(generated.text))
            if uncommented.text != nil {
                usableUncommented += 1
                #expect(Outline(Self.uncommented(text)) == uncommented, "\(note)")
            }
            let again = RuleFormatter.format(formatted.text).formatted
            #expect(again?.text.string == text, "\(note)")
        }
        #expect(usable > 135)
        #expect(usableUncommented > 135)
    }

    /// The numbers of the comments that stand where a comment can: behind white space or at the start of a line.
    private static func comments(in text: String) -> [Int] {
        text.matches(of: /(?:^|[ \n])# ?(?:- |  )?c(\d+)\./).compactMap { Int($0.1) }.sorted()
    }

    /// The text with every item that was commented out as an item again.
    private static func uncommented(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            line.contains(/^ *# (?:- |  )c\d+\.$/) ? line.replacing("# ", with: "", maxReplacements: 1) : line
        }.joined(separator: "\n")
    }
}

extension SourceFile {
    /// The whole text.
    var string: String { String(decoding: bytes, as: UTF8.self) }
}
