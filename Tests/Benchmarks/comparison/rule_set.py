"""Rules of Beckon, and the same in the forms that its peers read."""

import random
import re
import string

import yaml

try:
    from re import _constants as code, _parser as parser
except ImportError:
    import sre_constants as code
    import sre_parse as parser

# jq compiles each test again for each event.
JQ_PATTERNS_MAX = 100


class Condition:
    """What one rule looks for in a text, as a regex for everybody and as the words in it."""

    def __init__(self, regex, phrases, is_regex):
        self.regex = regex
        self.phrases = phrases
        self.is_regex = is_regex

    @classmethod
    def of(cls, rule):
        """The condition of a rule that looks at the text alone, by keywords or one regex; none for any other."""
        text = rule.get("when", {}).get("text")
        if len(rule.get("when", {})) != 1 or not isinstance(text, dict):
            return None
        if set(text) == {"keywords"}:
            phrases = [keyword.split() for keyword in text["keywords"]]
            # What Beckon means by a keyword: whole words, and between them no letter. '[\s[:punct:]]+' is nearer to it, but
            # jq, which compiles a test for each event, would take ten times as long, and ripgrep fewer patterns.
            alternatives = "|".join(r"\W+".join(map(re.escape, phrase)) for phrase in phrases)
            return cls(rf"(?i)(?<!\w)(?:{alternatives})(?!\w)", phrases, is_regex=False)
        if "matches" in text and set(text) <= {"matches", "ignore_case"}:
            caseless = "(?i)" if text.get("ignore_case") == "true" else ""
            words = literal_runs(text["matches"])
            return cls(caseless + text["matches"], [words], is_regex=True) if words else None
        return None

    @property
    def literals(self):
        """The longest word of each phrase: without it, the rule cannot fire."""
        return [max(phrase, key=len).lower() for phrase in self.phrases]


def literal_runs(regex):
    """The strings that are in whatever the regex matches, in their order."""
    runs = [""]

    def walk(parts):
        for operation, value in parts:
            if operation is code.LITERAL:
                runs[-1] += chr(value)
            elif operation is code.SUBPATTERN:
                walk(value[3])
            else:
                runs.append("")
                if operation is code.MAX_REPEAT and value[0] > 0:
                    walk(value[2])
                    runs.append("")

    try:
        walk(parser.parse(regex))
    except re.error:
        return []
    return [run for run in runs if run]


class RuleSet:
    """The rules of a folder; `beside` holds what is written for the peers."""

    def __init__(self, folder, beside):
        self.folder = folder
        self.beside = beside
        rules = [
            rule for file in sorted(folder.rglob("*.yml"))
            for rule in yaml.load(file.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))["rules"]
        ]
        self.size = len(rules)
        self.conditions = [condition for condition in map(Condition.of, rules) if condition]
        self.left_out = self.size - len(self.conditions)
        beside.mkdir(parents=True)
        patterns = [condition.regex for condition in self.conditions]
        self.write("patterns.txt", patterns)
        self.write("literals.txt", sorted({literal for condition in self.conditions for literal in condition.literals}))
        self.write("sec.conf", [SEC_RULE.format(pattern=pattern, index=index) for index, pattern in enumerate(patterns)])
        if len(patterns) <= JQ_PATTERNS_MAX:
            tests = ", ".join(f"test({quoted(pattern)})" for pattern in patterns)
            self.write("filter.jq", [f".message.text | [{tests}] | map(select(.)) | length"])

    def write(self, name, lines):
        (self.beside / name).write_text("".join(line + "\n" for line in lines), "utf-8")


SEC_RULE = """type=Single
ptype=RegExp
pattern={pattern}
continue=TakeNext
desc=rule-{index}
action=none
"""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class SilentRules:
    """Rules like given ones that none of the texts meets, in two kinds.

    Every second one is made of words of the given rules that stand next to each other in no text; the others, and those
    for a single word, of words that are in no text, with the letters of the given ones.
    """

    def __init__(self, texts, seed=5):
        self.random = random.Random(seed)
        self.vocabulary = set()
        self.neighbours = set()
        for text in texts:
            words = [word for word in re.split(rf"[\s{re.escape(string.punctuation)}]+", text.lower()) if word]
            self.vocabulary.update(words)
            self.neighbours.update(zip(words, words[1:]))
        self.apart = 0
        self.unknown = 0

    def write(self, path, conditions, count):
        pool = [word.lower() for condition in conditions for phrase in condition.phrases for word in phrase]
        lines = ["rules:"]
        for index in range(count):
            model = conditions[index % len(conditions)]
            words = self.words(index, model.phrases[0], pool)
            if model.is_regex:
                regex = r"\s+".join(words).replace("'", "''")
                text = rf"{{ matches: '\b{regex}(?:s|ed|ing)?\b', ignore_case: true }}"
            else:
                text = f"{{ keywords: [{quoted(' '.join(words))}] }}"
            lines += [f"  - id: silent-{index:05d}", f"    when: {{ text: {text} }}", "    then:",
                      f'      - add-collaborator: {{ agents: ["+9199999{index:05d}"] }}']
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def words(self, index, model, pool):
        if index % 2 == 0 and len(model) > 1:
            self.apart += 1
            while True:
                words = self.random.choices(pool, k=len(model))
                if not any(self.meets(*pair) for pair in zip(words, words[1:])):
                    return words
        self.unknown += 1
        return [self.strange(word) for word in model]

    def meets(self, first, second):
        return any((first, second + ending) in self.neighbours for ending in ENDINGS)

    def strange(self, word):
        letters = [letter for letter in word.lower() if letter.isalpha()]
        while True:
            self.random.shuffle(letters)
            strange = "".join(letters)
            if not any(strange + ending in self.vocabulary for ending in ENDINGS):
                return strange
            letters.append(self.random.choice(string.ascii_lowercase))


ENDINGS = ["", "s", "ed", "ing"]
