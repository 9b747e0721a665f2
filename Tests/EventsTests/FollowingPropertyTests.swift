import Events
import SeededRandom
import Testing

struct FollowingPropertyTests {
    @Test func `whatever happens to the file, every line comes once and in order`() throws {
        for seed in UInt64(1)...150 {
            var writer = try Writer(seed: seed)
            for _ in 0..<60 { try writer.step() }
            try writer.finish()
            guard writer.read != writer.written else { continue }
            let lost = writer.written.filter { !writer.read.contains($0) }.map { $0.prefix(12) }
            Issue.record("seed \(seed): lost \(lost) in \(writer.story.joined(separator: ", "))")
            return
        }
    }

    /// Writes a file, rotates it and reads it at random.
    ///
    /// Leaves out what loses lines by nature: a second rotation before anything of the file between was read, and a file
    /// that is deleted, or cut without a copy, before it was read.
    private struct Writer {
        private let folder: TemporaryFolder
        private let follower: Follower
        private var random: SeededGenerator
        private var number = 0
        private var rotated: [String] = []
        private var begun = ""
        private var isThere = false
        private var holdsLines = false
        private var isRotationUnseen = true

        private(set) var written: [String] = []
        private(set) var read: [String] = []
        private(set) var story: [String] = []

        init(seed: UInt64) throws {
            folder = try TemporaryFolder()
            follower = try Follower(in: folder)
            random = SeededGenerator(seed: seed)
        }

        mutating func step() throws {
            switch Int.random(in: 0..<14, using: &random) {
            case 0...3: try append()
            case 4: try beginLine()
            case 5: try rotate()
            case 6: try copyAndCut()
            case 7: try delete()
            case 8: try pack()
            case 9...10: try readSome(linesMax: Int.random(in: 1...5, using: &random))
            case 11: try readSome()
            default:
                story.append("restart")
                try follower.restart()
            }
        }

        mutating func finish() throws {
            try append()
            try readSome(polls: 10)
        }

        private mutating func newText() -> String {
            number += 1
            let length = Int.random(in: 0...9, using: &random) == 0 ? 3000 : Int.random(in: 0...30, using: &random)
            return "\(number) " + String(repeating: "x", count: length)
        }

        private mutating func append() throws {
            var lines = begun.isEmpty ? [] : [begun + "."]
            var text = begun.isEmpty ? "" : ".\n"
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                lines.append(newText())
                text += lines[lines.count - 1] + "\n"
            }
            begun = ""
            story.append("append \(lines.count)")
            try folder.append("a", text)
            written += lines
            (isThere, holdsLines) = (true, true)
        }

        private mutating func beginLine() throws {
            guard begun.isEmpty else { return }
            begun = newText()
            story.append("begin a line")
            try folder.append("a", begun)
            isThere = true
        }

        private mutating func rotate() throws {
            guard isThere, !isRotationUnseen else { return }
            let name = "a.\(rotated.count)"
            story.append("rotate to \(name)")
            try folder.rename("a", name)
            rotated.append(name)
            if Bool.random(using: &random) {
                // The writer has it open still.
                let late = newText()
                try folder.append(name, (begun.isEmpty ? "" : "\n") + late + "\n")
                written += (begun.isEmpty ? [] : [begun]) + [late]
            } else if !begun.isEmpty {
                written.append(begun)
            }
            begun = ""
            (isRotationUnseen, isThere, holdsLines) = (true, Bool.random(using: &random), false)
            if isThere { try folder.create("a", "") }
        }

        private mutating func copyAndCut() throws {
            guard isThere, !isRotationUnseen, begun.isEmpty else { return }
            let name = "a.\(rotated.count)"
            story.append("copy to \(name) and cut")
            if holdsLines { try folder.copy("a", name) } else { try folder.create(name, "") }
            rotated.append(name)
            try folder.overwrite("a", "")
            (isRotationUnseen, holdsLines) = (true, false)
        }

        private mutating func delete() throws {
            guard isThere, begun.isEmpty else { return }
            try readSome()
            guard !isRotationUnseen else { return }
            story.append("delete")
            try folder.delete("a")
            (isThere, holdsLines, isRotationUnseen) = (false, false, true)
        }

        private mutating func pack() throws {
            guard let name = rotated.last, !name.isEmpty else { return }
            story.append("pack \(name)")
            try folder.pack(name)
            rotated[rotated.count - 1] = ""
        }

        private mutating func readSome(linesMax: Int = .max, polls: Int = 1) throws {
            let found = try follower.read(polls: polls, linesMax: linesMax)
            story.append("read \(found)".prefix(60).description)
            read += found.compactMap { entry in
                let parts = entry.split(separator: ":", maxSplits: 1)
                return parts.count == 2 && Int(parts[0]) != nil ? String(parts[1]) : nil
            }
            if linesMax == .max, holdsLines { isRotationUnseen = false }
        }
    }
}
