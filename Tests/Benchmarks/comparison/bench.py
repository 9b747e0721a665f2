"""The measurements, each a method that returns figures and prints what it does."""

import os
import platform
import subprocess
from functools import partial
from itertools import cycle, islice

from comparison.rule_set import RuleSet, SilentRules
from comparison.runs import Comparison, Figure, Unable, fitting, measured, run
from comparison.single_line import numbered, waits

LINES_ALONE = 2_000
STARTS = 5
EXAMPLES_REPEATED = 2_000

# Fires on every message, to have a record for each.
ALWAYS = """rules:
  - id: always
    when: { fields: { message.text: { exists: true } } }
    then:
      - add-collaborator: { agents: ["+919999900000"] }
"""


class Bench:
    def __init__(self, beckon, built, contestants, material, rules, folder, pace=1.0, rounds=3):
        self.beckon = beckon
        self.built = built
        self.contestants = contestants
        self.material = material
        self.folder = folder
        self.pace = pace
        self.rounds = rounds
        self.rules = {
            int(part.name): RuleSet(part, folder / "peers" / part.name)
            for part in sorted(rules.iterdir(), key=lambda part: part.name.zfill(9)) if part.name.isdigit()
        }
        self.smallest, self.largest = min(self.rules), max(self.rules)
        self.silent, self.silent_rules = self.write_silent_rules()

    def write_silent_rules(self):
        """Folders of rules that never fire: with the smallest rule set, alone, and with one that always fires."""
        silent = SilentRules(self.material.distinct)
        folders = {name: self.folder / "silent" / name for name in ("padded", "alone", "always")}
        for folder in folders.values():
            folder.mkdir(parents=True)
        conditions = self.rules[self.largest].conditions[self.smallest:] or self.rules[self.largest].conditions
        silent.write(folders["alone"] / "silent.yml", conditions, self.largest - self.smallest)
        for name in ("padded", "always"):
            os.link(folders["alone"] / "silent.yml", folders[name] / "silent.yml")
        for number, file in enumerate(self.rules[self.smallest].folder.rglob("*.yml")):
            (folders["padded"] / f"firing-{number}.yml").write_bytes(file.read_bytes())
        (folders["always"] / "always.yml").write_text(ALWAYS)
        return folders, silent

    # Events a second, by rules

    def by_rules(self):
        """Figures by number of rules and name; a sentence instead where a contestant cannot take part."""
        table = {}
        for size, rules in self.rules.items():
            table[size] = {}
            turns = []
            for contestant in self.contestants:
                print(f"  {size:>6} rules: {contestant.name}", flush=True)
                try:
                    turns.append(self.turn(contestant, rules))
                except Unable as problem:
                    table[size][contestant.name] = str(problem)
            table[size].update(measured(turns, self.rounds))
        return table

    def turn(self, contestant, rules):
        if rules.size > contestant.rules_max:
            raise Unable(f"not tried with more than {contestant.rules_max} patterns")

        def over(count):
            return run(contestant.command(rules, *self.material.first(count)), contestant.accepted)

        count = fitting(contestant.seconds * self.pace, self.material.count, over)
        return contestant.name, count, partial(over, count), partial(over, 0)

    def agreement(self, table, size):
        """Rules, events, Beckon's firings and PCRE2's matches over as many events as PCRE2 was measured with."""
        rules, figure = self.rules[size], table[size].get("PCRE2 one by one")
        if not isinstance(figure, Figure) or rules.left_out:
            return None
        events = self.material.first(figure.events)[0]
        return size, figure.events, run(self.beckon.command(rules.folder, events)).found, figure.found

    # What the number of rules costs by itself, and what a second processor brings

    def by_silent_rules(self):
        """The smallest rule set, alone and among as many silent rules as make it the largest."""
        print(f"  {self.smallest} rules among {self.largest}", flush=True)
        return self.compared([
            (f"{self.smallest:,} rules", self.rules[self.smallest].folder, 1),
            (f"the same among {self.largest:,}", self.silent["padded"], 1),
        ])

    def by_cores(self, size):
        print("  two processors", flush=True)
        rules = self.rules[size].folder
        return self.compared([("1 thread", rules, 1), ("2 threads", rules, 2)]) if self.beckon.has_threads else None

    def compared(self, ways):
        """Figures of Beckon by name, and the firings of each over as many events as the slowest was given."""
        turns = []
        for name, rules, threads in ways:
            def over(count, rules=rules, threads=threads):
                return run(self.beckon.command(rules, self.material.first(count)[0], threads))

            count = fitting(6 * self.pace, self.material.count, over)
            turns.append((name, count, over))
        least = min(count for _, count, _ in turns)
        firings = [over(least).found for _, _, over in turns]
        runs = [(name, count, partial(over, count), partial(over, 0)) for name, count, over in turns]
        return Comparison(measured(runs, self.rounds), least, firings)

    # Start-up, memory, allocations

    def start_up(self):
        """Seconds from the start to the end over no events, with the most rules."""
        print("  start-up", flush=True)
        command = self.beckon.command(self.rules[self.largest].folder, self.material.first(0)[0])
        return [run(command).wall for _ in range(STARTS)]

    def memory(self, events):
        """Peaks in MB by number of events: over some and over the same twice, with the most rules and two threads."""
        print("  memory", flush=True)
        if platform.system() != "Linux":
            return None
        file = self.material.first(events)[0]
        return {
            len(files) * events: self.peak(self.beckon.command(self.rules[self.largest].folder, files, threads=2))
            for files in ([file], [file, file])
        }

    def peak(self, command):
        said = subprocess.run(["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True, check=True).stderr
        return int(said.split()[-1]) / 1024

    def allocations(self):
        """Allocations over some events that fire nothing and over twice as many; None where nobody counts them."""
        print("  allocations", flush=True)
        if "allocations" not in self.built:
            return None
        environment = {**os.environ, "LD_PRELOAD": str(self.built["allocations"])}

        def over(count):
            return run(self.beckon.command(self.silent["alone"], self.material.first(count)[0]), environment=environment)

        events = fitting(2 * self.pace, self.material.count // 2, over)
        told = {count: over(count).said.partition(" ") for count in (events, 2 * events)}
        return {count: int(number) for count, (number, _, _) in told.items()}

    # One line at a time, and the rules that come with Beckon

    def single_lines(self):
        """Seconds that each of some lines waited for its record, sorted; with the most rules."""
        print("  single lines", flush=True)
        command = [self.beckon.path, "run", str(self.silent["always"]), "--dry-run"]
        return waits(command, LINES_ALONE, numbered(self.material.sample(LINES_ALONE)))

    def examples(self, rules):
        """The rules that come with Beckon over the messages that do, again and again."""
        print("  the example rules", flush=True)
        messages = (rules / "samples" / "messages.jsonl").read_bytes().splitlines(keepends=True)

        def over(count):
            file = self.folder / f"examples-{count}"
            if not file.exists():
                with open(file, "wb") as lines:
                    lines.writelines(islice(cycle(messages), count))
            return run(self.beckon.command(rules, file))

        count = fitting(3 * self.pace, EXAMPLES_REPEATED * len(messages), over)
        return measured([("example rules", count, partial(over, count), partial(over, 0))], self.rounds)
