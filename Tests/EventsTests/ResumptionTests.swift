import Events
import Foundation
import SeededRandom
import Testing

struct ResumptionTests {
    /// What happens between two runs to a file of which two lines of three were read, and what the second one reads.
    struct Situation: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let happens: @Sendable (TemporaryFolder) throws -> Void
        let expected: [String]

        init(_ name: String, _ expected: [String], happens: @escaping @Sendable (TemporaryFolder) throws -> Void) {
            testDescription = name
            self.expected = expected
            self.happens = happens
        }
    }

    static let situations = [
        Situation("nothing", ["on after 2", "3:3"]) { _ in },
        Situation("appended", ["on after 2", "3:3", "4:4"]) { try $0.append("a", "4\n") },
        Situation("renamed and nothing new", ["awaited", "rest in b behind 2", "3:3"]) { try $0.rename("a", "b") },
        Situation("renamed and new", ["rest in a.1 behind 2", "3:3", "rotated after 3", "1:n"]) {
            try $0.rename("a", "a.1")
            try $0.create("a", "n\n")
        },
        Situation(
            "renamed and new, which begins alike",
            ["rest in a.1 behind 2", "3:3", "rotated after 3", "1:1", "2:2"]
        ) {
            try $0.rename("a", "a.1")
            try $0.create("a", "1\n2\n")
        },
        Situation("copied elsewhere", ["on after 2", "3:3"]) { try $0.copy("a", "a.old") },
        Situation("replaced by a copy", ["on after 2", "3:3"]) {
            try $0.copy("a", "b")
            try $0.rename("b", "a")
        },
        Situation("copied and cut", ["rest in a-20261123 behind 2", "3:3", "rotated after 3", "1:n"]) {
            try $0.copy("a", "a-20261123")
            try $0.overwrite("a", "n\n")
        },
        Situation("cut", ["rest unknown after 2"]) { try $0.overwrite("a", "") },
        Situation("cut and grown larger", ["rest unknown after 2", "1:n", "2:o", "3:p", "4:q"]) {
            try $0.overwrite("a", "n\no\np\nq\n")
        },
        Situation("replaced in place by as much", ["rest unknown after 2", "1:7", "2:8", "3:9"]) {
            try $0.overwrite("a", "7\n8\n9\n")
        },
        Situation("replaced by another file", ["rest unknown after 2", "1:n"]) {
            try $0.delete("a")
            try $0.create("a", "n\n")
        },
        Situation("deleted", ["awaited", "rest unknown after 2"]) { try $0.delete("a") },
        Situation("renamed and packed", ["rest in a.1.gz behind 2", "3:3", "rotated after 3", "1:n"]) {
            try $0.rename("a", "a.1")
            try $0.pack("a.1")
            try $0.create("a", "n\n")
        },
    ]

    @Test(arguments: situations)
    func `the second run reads what is left`(situation: Situation) throws {
        let folder = try TemporaryFolder()
        try folder.create("a", "1\n2\n3\n")
        let follower = try Follower(in: folder)
        #expect(try follower.read(linesMax: 2) == ["1:1", "2:2"])
        try situation.happens(folder)
        let marks = try follower.marks()
        #expect(marks.map(\.position) == [InputPosition(line: 2, offset: 4)])
        try follower.restart()
        #expect(try follower.read() == situation.expected)
        try follower.restart()
        #expect(try follower.read().filter { !$0.hasPrefix("on") && !$0.hasPrefix("rest") && $0 != "awaited" } == [])
    }
}
