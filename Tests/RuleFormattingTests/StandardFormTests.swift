import Diagnostics
import Foundation
import RuleCompiler
import RuleFormatting
import Testing

/// The standard form, as texts before and after.
struct StandardFormTests {
    /// A text, and what becomes of it.
    struct Pair: CustomTestStringConvertible {
        var name: String
        var before: String
        var after: String
        var testDescription: String { name }
    }

    @Test(arguments: blocks + comments + blankLines + order + scalars + flows + files)
    func `a text is put in the standard form`(pair: Pair) {
        let (formatted, diagnostics) = RuleFormatter.format(SourceFile(path: "rules.yml", text: pair.before))
        #expect(diagnostics.map(\.message) == [])
        #expect(formatted?.text.string == pair.after)
        #expect(Outline(pair.after) == Outline(pair.before))
        let again = RuleFormatter.format(SourceFile(path: "rules.yml", text: pair.after))
        #expect(again.formatted?.text.string == pair.after)
    }

    private static let blocks = [
        Pair(
            name: "two spaces a level, list items below their key",
            before: "teams:\n     billing:\n        members:\n        - asha\n        -   ravi\n",
            after: "teams:\n  billing:\n    members:\n      - asha\n      - ravi\n"
        ),
        Pair(
            name: "an item's first key stands behind the dash",
            before: "actions:\n-\n   x: 1\n   y: 2\n-     x: 3\n      y: 4\n",
            after: "actions:\n  - x: 1\n    y: 2\n  - x: 3\n    y: 4\n"
        ),
        Pair(
            name: "lists in lists",
            before: "a:\n- -  1\n  -  2\n-\n  - 3\n",
            after: "a:\n  - - 1\n    - 2\n  - - 3\n"
        ),
        Pair(
            name: "one space behind the colon",
            before: "a:    1\nb :\t2\n\"c\" : 3\n",
            after: "a: 1\n\nb: 2\n\n\"c\": 3\n"
        ),
        Pair(name: "white space at ends of lines", before: "a:  \n  b: 1 \t \n", after: "a:\n  b: 1\n"),
        Pair(name: "explicit keys", before: "? a\n: b\n? c\n: - 1\n  - 2\n", after: "a: b\n\nc:\n  - 1\n  - 2\n"),
        Pair(
            name: "anchors and aliases",
            before: "a: &x\n   b: &k t\nc: &y [ 1 ]\nd: *x\ne:\n- &z\n  f: *y\n- *z\n*k : 1\n",
            after: "a: &x\n  b: &k t\n\nc: &y [1]\n\nd: *x\n\ne:\n  - &z\n    f: *y\n  - *z\n\n*k : 1\n"
        ),
        Pair(name: "nothing behind a key or dash", before: "a:\nb:\n-\n-  \n", after: "a:\n\nb:\n  -\n  -\n"),
    ]

    private static let comments = [
        Pair(
            name: "a comment stands in the column of the key that follows",
            before: "a:\n# one\n    b: 1\n  # two\n    c: 2\n      # three\n    d: 3\n",
            after: "a:\n  # one\n  b: 1\n  # two\n  c: 2\n  # three\n  d: 3\n"
        ),
        Pair(
            name: "at the end of a line it stays there, behind two spaces",
            before: "a: # one\n  b: 1 # two\n  c: [1]# three\n  d: |        # four\n    x\n",
            after: "a:  # one\n  b: 1  # two\n  c: [1]  # three\n  d: |  # four\n    x\n"
        ),
        Pair(
            name: "its text is left alone",
            before: "#no space\n#!     many   \n##\n#\na: 1\n",
            after: "#no space\n#!     many\n##\n#\na: 1\n"
        ),
        Pair(
            name: "an item that was commented out stays at the end of its list",
            before:
                "rules:\n - id: a\n   then:\n   - x: 1\n   # - y: 2\n # - id: c\n - id: b\n   # priority: 1\n # last\n# end\n",
            after: """
                rules:
                  - id: a
                    then:
                      - x: 1
                      # - y: 2

                  # - id: c
                  - id: b
                    # priority: 1
                  # last
                # end

                """
        ),
        Pair(
            name: "an item that was commented out stays in a list whose dashes stand in the column of their key",
            before: """
                rules:
                - id: x
                  then:
                  - add-collaborator:
                      agents: asha
                  # - add-collaborator:
                  #     agents: ravi
                  stop: true
                - id: y
                  owner: asha

                # - id: z
                #   then:
                #   - stop: true
                tests: []
                """,
            after: """
                rules:
                  - id: x
                    stop: true
                    then:
                      - add-collaborator:
                          agents: asha
                      # - add-collaborator:
                      #     agents: ravi

                  - id: y
                    owner: asha

                  # - id: z
                  #   then:
                  #   - stop: true

                tests: []

                """
        ),
        Pair(
            name: "several of them, to the first comment that is none",
            before: "a:\n- b\n# - c\n#- d\n#  e\n#\n#  f\n\n# -\n#\n# -- g\n# - h\ni:\n  j:\n  - k\n  # - l\n",
            after: """
                a:
                  - b
                  # - c
                  #- d
                  #  e
                  #
                  #  f

                  # -

                #
                # -- g
                # - h
                i:
                  j:
                    - k
                    # - l

                """
        ),
        Pair(
            name: "any other comment in the column of keys and dashes belongs to the keys",
            before: "a:\n  b:\n  - 1\n  # of c\n  c:\n  - 2\n    # of 2\n  # -c\ntests:\n- name: d\n# end of file\n",
            after: """
                a:
                  b:
                    - 1
                  # of c
                  c:
                    - 2
                    # of 2
                  # -c

                tests:
                  - name: d
                # end of file

                """
        ),
        Pair(
            name: "items that were all commented out stay below their key",
            before: "rules:\n- then:\n  # - a\n  #   b\n  # of x\n  id: x\n# - id: y\n",
            after: "rules:\n  # of x\n  - id: x\n    then:\n      # - a\n      #   b\n  # - id: y\n"
        ),
        Pair(
            name: "values that were all commented out stay below their key",
            before: "a:\n   b:\n      # - 1\n      # - 2\n   c: 1\n",
            after: "a:\n  b:\n    # - 1\n    # - 2\n  c: 1\n"
        ),
        Pair(
            name: "behind a lone dash it goes above the item",
            before: "a:\n- # one\n  # two\n  b: 1\n- # three\n  - 2\n",
            after: "a:\n  # one\n  # two\n  - b: 1\n  # three\n  - - 2\n"
        ),
        Pair(
            name: "between a key and its value",
            before: "a: # one\n     # two\n   [1]\nb:\n     # three\n     c\n",
            after: "a:  # one\n  # two\n  [1]\n\nb:\n  # three\n  c\n"
        ),
        Pair(
            name: "within brackets",
            before: "a: [ # one\n     1,# two\n  # three\n     2 ]# four\n",
            after: "a: [  # one\n     1,  # two\n  # three\n     2]  # four\n"
        ),
        Pair(name: "no value at all", before: "\n\n  # only\n\n\n# comments\n\n", after: "# only\n\n# comments\n"),
    ]

    private static let blankLines = [
        Pair(
            name: "one between sections and between rules",
            before: "rules:\n\n\n- id: a\n- id: b\n\n\n\n- id: c\ntests: []\n",
            after: "rules:\n  - id: a\n\n  - id: b\n\n  - id: c\n\ntests: []\n"
        ),
        Pair(
            name: "above the comments of a rule, unless they are set apart already",
            before: "rules:\n- id: a\n# one\n- id: b\n# two\n\n- id: c\n",
            after: "rules:\n  - id: a\n\n  # one\n  - id: b\n  # two\n\n  - id: c\n"
        ),
        Pair(
            name: "elsewhere as written, but never two",
            before: "tests:\n- name: a\n- name: b\n\n\n- name: c\n  expect:\n\n  - x\n\n\n",
            after: "tests:\n  - name: a\n  - name: b\n\n  - name: c\n    expect:\n      - x\n"
        ),
        Pair(
            name: "below the comment at the head of a file",
            before: "# head\n\n\nrules: []\n",
            after: "# head\n\nrules: []\n"
        ),
        Pair(
            name: "none are added to a text that keeps its own",
            before: "a: |+\n  x\nb: |+\n  y\n\n\n# c\nd: 1\n",
            after: "a: |+\n  x\nb: |+\n  y\n\n\n# c\nd: 1\n"
        ),
    ]

    private static let order = [
        Pair(
            name: "the keys of a rule, with their comments",
            before: """
                rules:
                  # the rule
                  - then: []  # done
                    # what must hold
                    when:
                      text: x
                    on: any
                    # its name
                    id: a
                    # the end

                """,
            after: """
                rules:
                  # the rule
                  # its name
                  - id: a
                    on: any
                    # what must hold
                    when:
                      text: x
                    then: []  # done
                    # the end

                """
        ),
        Pair(
            name: "the keys of a test",
            before: "tests:\n  - expect: none\n    event: { text: x }\n    name: a\n",
            after: "tests:\n  - name: a\n    event: { text: x }\n    expect: none\n"
        ),
        Pair(
            name: "an unknown key goes with the one above it",
            before: "rules:\n  - when: {}\n    whne: {}\n    id: a\n  - odd: 1\n    then: []\n    id: b\n",
            after: "rules:\n  - id: a\n    when: {}\n    whne: {}\n\n  - odd: 1\n    id: b\n    then: []\n"
        ),
        Pair(
            name: "an anchor stays above its alias",
            before:
                "rules:\n  - when: &w { text: x }\n    description: *w\n    id: a\n  - when: &v {}\n    then: *v\n    id: b\n",
            after: """
                rules:
                  - when: &w { text: x }
                    description: *w
                    id: a

                  - id: b
                    when: &v {}
                    then: *v

                """
        ),
        Pair(
            name: "a rule with an anchor of its own keeps its order",
            before: "rules:\n  - &r\n    then: []\n    id: a\n",
            after: "rules:\n  - &r\n    then: []\n    id: a\n"
        ),
        Pair(
            name: "nothing else is sorted",
            before: "tests: []\nrules: []\nagents:\n  b: {}\n  a: { phone: 1, name: x }\n",
            after: "tests: []\n\nrules: []\n\nagents:\n  b: {}\n  a: { phone: 1, name: x }\n"
        ),
        Pair(
            name: "a block that moves up from the end of the file gets no line feed",
            before: "rules:\n  - then: []\n    id: |\n      a",
            after: "rules:\n  - id: |-\n      a\n    then: []\n"
        ),
    ]

    private static let scalars = [
        Pair(
            name: "quotes stay",
            before: "a: 'it''s'\nb: \"\\d\\x41\"\nc: plain\n".replacing("\\d", with: "\\t"),
            after: "a: 'it''s'\n\nb: \"\\t\\x41\"\n\nc: plain\n"
        ),
        Pair(
            name: "blocks move as a whole",
            before:
                "a:\n      b: |\n          x\n            y  \n\n          z\n      c: >-\n       folded\n       text\n\n      d: 1\n",
            after: "a:\n  b: |\n    x\n      y  \n\n    z\n  c: >-\n    folded\n    text\n\n  d: 1\n"
        ),
        Pair(
            name: "a stated indentation stays true",
            before: "a:\n    b: |2-\n        x\n      y\n    c:\n    - |1\n       z\n",
            after: "a:\n  b: |2-\n      x\n    y\n  c:\n    - |1\n       z\n".replacing("       z", with: "       z")
        ),
        Pair(
            name: "several lines of plain and quoted text",
            before:
                "a:   one\n two\nb: \"one  \n      two\\\n      \\  three\\ \n      four\"\nc:\n     one\n      two\n",
            after: "a: one\n  two\n\nb: \"one\n      two\\\n      \\  three\\ \n      four\"\n\nc:\n  one\n   two\n"
        ),
        Pair(
            name: "a text without a line feed at the end of the file stays so",
            before: "a: |\n  x\nb: |+\n  y\n  z",
            after: "a: |\n  x\n\nb: |-\n  y\n  z\n"
        ),
    ]

    private static let flows = [
        Pair(
            name: "space within braces and none within brackets",
            before: "a: {b: 1,c : [ 1,2 , 3 ],d: { },e: [ ],\"f\":1}\n",
            after: "a: { b: 1, c: [1, 2, 3], d: {}, e: [], \"f\": 1 }\n"
        ),
        Pair(
            name: "what only looks like brackets is text",
            before: "a: {b: \"{c,d}\", e: f:g, h: 'x  ,y', url: http://x.y/z?q#r}\n",
            after: "a: { b: \"{c,d}\", e: f:g, h: 'x  ,y', url: http://x.y/z?q#r }\n"
        ),
        Pair(
            name: "long ones are not wrapped anew, and move as a whole",
            before: "a:\n      b:\n            [x,y,\n             z]\n      c: {\n        d: 1,\n      }\n",
            after: "a:\n  b:\n    [x, y,\n     z]\n  c: {\n    d: 1,\n  }\n"
        ),
        Pair(
            name: "anchors, aliases and empty values",
            before: "a: [ &x {b: &k t},*x , {*k : 1}, { c: ,d }, [ e: f ],&y g ]\n",
            after: "a: [&x { b: &k t }, *x, { *k : 1 }, { c: , d }, [e: f], &y g]\n"
        ),
        Pair(
            name: "a file of one",
            before: "{\"rules\":[{\"id\":\"a\"}]}",
            after: "{ \"rules\": [{ \"id\": \"a\" }] }\n"
        ),
    ]

    private static let files = [
        Pair(name: "nothing", before: "", after: ""),
        Pair(name: "blank lines alone", before: "\n \n\n", after: ""),
        Pair(
            name: "carriage returns and a byte order mark",
            before: "\u{FEFF}a: |\r\n  x\r\n  y\r\nb: 1 # c\r\n",
            after: "a: |\n  x\n  y\n\nb: 1  # c\n"
        ),
        Pair(
            name: "directives and marks of documents",
            before: "# head\n%YAML 1.2 # v\n---   # begin\n\n\na: 1\n...  # end\n# last\n",
            after: "# head\n%YAML 1.2 # v\n---  # begin\n\na: 1\n...  # end\n# last\n"
        ),
        Pair(name: "an indented file", before: "  a: 1\n  b: 2\n# c\n", after: "a: 1\n\nb: 2\n# c\n"),
    ]

    @Test func `the keys of a rule and of a test come in the order of the language`() {
        for (section, shape) in [("rules", Language.rule), ("tests", Language.test)] {
            let keys = shape.described.map(\.name)
            let (reversed, ordered) = (keys.reversed(), keys)
            let before = "\(section):\n  - " + reversed.map { "\($0): 1\n" }.joined(separator: "    ")
            let after = "\(section):\n  - " + ordered.map { "\($0): 1\n" }.joined(separator: "    ")
            let formatted = RuleFormatter.format(SourceFile(path: "rules.yml", text: before)).formatted
            #expect(formatted?.text.string == after)
        }
    }
}
