"""The results as Markdown."""

import statistics
from dataclasses import dataclass
from typing import Optional

from comparison.runs import Comparison, Figure


@dataclass
class Goal:
    """What is to be reached, what was measured (None where it was not), and whether that is enough."""

    what: str
    wanted: str
    value: Optional[float]
    unit: str
    reached: bool

    @property
    def measured(self):
        return "not measured" if self.value is None else f"{short(self.value)} {self.unit}".strip()

    @property
    def verdict(self):
        return "" if self.value is None else "yes" if self.reached else "**no**"


@dataclass
class Results:
    """Everything that was measured."""

    rules: dict
    agreement: Optional[tuple]
    silent: Comparison
    cores: Optional[Comparison]
    starts: list
    memory: Optional[dict]
    waits: list
    allocations: Optional[dict]
    examples: dict

    def rate(self, size, name):
        figure = self.rules.get(size, {}).get(name)
        return figure.rate if isinstance(figure, Figure) else None

    def ratio(self, size, name):
        """How many times as many events Beckon decides in the same time."""
        beckon, other = self.rate(size, "Beckon"), self.rate(size, name)
        return beckon / other if beckon and other else None

    def allocations_an_event(self):
        (few, first), (many, second) = sorted(self.allocations.items())
        return (second - first) / (many - few)


def goals(results):
    largest = max(results.rules)
    return [
        at_least("1,000 rules: events a second against the ceiling", 0.5, results.ratio(1000, "ceiling")),
        at_least("1,000 rules against SEC", 1000, results.ratio(1000, "SEC")),
        at_least("1,000 rules against one-by-one PCRE2 JIT", 50, results.ratio(1000, "PCRE2 one by one")),
        at_most(f"{largest:,} rules against {min(results.rules):,} with the same firings: slower by", 2,
                1 / results.silent.times("processor"), "times"),
        at_least("two processors against one", 1.7, results.cores.times("wall") if results.cores else None),
        at_most(f"start-up with {largest:,} rules", 0.8, statistics.median(results.starts), "s"),
        at_most(f"peak memory, {largest:,} rules", 250, max(results.memory.values()) if results.memory else None, "MB"),
        at_most("a single line in, its decision out, 99th percentile", 2, 1000 * share(results.waits, 0.99), "ms"),
        # A batch may take something; an event may not.
        at_most("allocations for an event that fires nothing", 0.01,
                results.allocations_an_event() if results.allocations else None, "", wanted="0"),
    ]


def at_least(what, wanted, value):
    return Goal(what, f"{wanted:,} times", value, "times", value is not None and value >= wanted)


def at_most(what, limit, value, unit, wanted=None):
    return Goal(what, wanted or f"{limit} {unit}", value, unit, value is not None and value <= limit)


def share(values, part):
    return values[min(len(values) - 1, int(part * len(values)))]


def short(value):
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.4f}".rstrip("0").rstrip(".")


def report(results, title, facts, shown):
    """The page; `facts` are lines on machine and input, `shown` the commands by contestant."""
    parts = [
        f"# {title}", "", *(f"* {fact}" for fact in facts), "",
        "## To reach", "",
        *table(["what", "at least / at most", "measured", "reached"], [
            [goal.what, goal.wanted, goal.measured, goal.verdict] for goal in goals(results)
        ]),
        "## Events a second, by number of rules", "", METHOD, "",
        "![Time an event against number of rules](rules.svg)", "",
        *by_rules(results.rules), *agreement(results.agreement),
        "The commands, each behind `taskset -c 0`:", "",
        *table(["who", "command"], [[name, f"`{command}`"] for name, command in shown.items()]),
        "## The number of rules by itself", "", SILENT, "", *pair(results.silent),
        "## Two processors", "", *cores(results),
        "## Start-up, memory, single lines, allocations", "", *others(results), "",
        "## The example rules", "",
        "The recorded messages of `rules/samples` again and again, through the rules of `rules/`.", "",
        *raw({"": results.examples}),
        "## All runs of the comparison", "", *raw(results.rules),
    ]
    return "\n".join(parts).rstrip() + "\n"


METHOD = """One processor. A figure is the best of the runs, which took turns, less what the program takes over an empty
input (reading and compiling the rules). It counts processor time, since that hardly changes with what else the machine
does; on a machine that does nothing else it is the time that passes, which stands beside it in the last table. Programs
that would take long were given the first part of the events, as many as there stand. SEC and ripgrep were given the texts
alone, one a line, which favours them; ripgrep says only whether any pattern matches, SEC performs no action. The ceiling
decides nothing: it splits lines, pulls out the text with simdjson's On-Demand (or its DOM, which validates the line whole,
as Beckon does) and scans it once for the longest word of each rule's phrase or regex."""

SILENT = """The same rules that fire, alone and among rules of the same kind that never fire on this input: half of them
phrases whose words occur, but never together, half of words that do not occur."""


def agreement(counts):
    if not counts:
        return []
    rules, events, firings, matches = counts
    return [f"That all do the same: over {events:,} events with {rules:,} rules Beckon counts {firings:,} firings, and PCRE2 "
            f"one by one {matches:,} matches.", ""]


def by_rules(rules):
    return table(["events/s", *(f"{size:,} rules" for size in rules)], [
        [name, *(cell(figures.get(name)) for figures in rules.values())]
        for name in ORDER if any(name in figures for figures in rules.values())
    ])


ORDER = ["Beckon", "ceiling", "ceiling, DOM", "PCRE2 one by one", "SEC", "ripgrep", "jq"]


def cell(figure):
    return f"{rounded(figure.rate):,}" if isinstance(figure, Figure) else str(figure or "")


def rounded(rate):
    """Three digits: more would be noise."""
    return round(rate, 2 - len(str(int(rate))) + 1) if rate < 100 else int(float(f"{rate:.3g}"))


def pair(comparison):
    first, second = comparison.firings
    return [*raw({"": comparison.figures}),
            f"Over the same {comparison.events:,} events, they have {first:,} and {second:,} firings.", ""]


def cores(results):
    if not results.cores:
        return ["This build has no `--threads`.", ""]
    return ["`--threads 1` on one processor against `--threads 2`; the time that passes counts.", "",
            *pair(results.cores)]


def others(results):
    largest = max(results.rules)
    milliseconds = [1000 * wait for wait in results.waits]
    lines = [
        f"* Start-up: `beckon run RULES --dry-run` with {largest:,} rules over an empty input, start to end: "
        + ", ".join(f"{second:.2f}" for second in sorted(results.starts)) + " s.",
        f"* Single lines: {len(milliseconds):,} lines, each written into a pipe when the record of the one before had come; "
        f"{largest:,} rules, of which one fires. {share(milliseconds, 0.5):.3f} ms at the median, "
        f"{share(milliseconds, 0.99):.3f} ms at the 99th percentile, {milliseconds[-1]:.3f} ms at most.",
    ]
    if results.memory:
        lines.append(f"* Memory: peak with {largest:,} rules and two threads, as GNU time sees it: "
                     + ", ".join(f"{peak:.0f} MB over {events:,} events" for events, peak in results.memory.items()) + ".")
    if results.allocations:
        counted = " and ".join(f"{count:,} over {events:,} events" for events, count in results.allocations.items())
        lines.append(f"* Allocations: {counted}, start-up included, none of which fires anything.")
    return lines


def raw(tables):
    """Every run of every figure; `tables` are figures by name, by number of rules."""
    rows = [
        [name, f"{size:,}" if size else "", f"{figure.events:,}",
         f"{figure.found:,}" if figure.found is not None else "", listed(figure.full, "processor"),
         listed(figure.full, "wall"), listed(figure.idle, "processor"), f"{1e9 / figure.rate:,.0f}"]
        for size, figures in tables.items() for name, figure in figures.items() if isinstance(figure, Figure)
    ]
    told = [column for column in range(len(RAW)) if any(row[column] for row in rows)]
    return table([RAW[column] for column in told], [[row[column] for column in told] for row in rows])


RAW = ["who", "rules", "events", "firings, matches or literals", "processor time, s", "time that passed, s",
       "over no events, s", "ns an event"]


def listed(runs, clock):
    return ", ".join(f"{getattr(run, clock):.3f}" for run in runs)


def table(head, rows):
    return ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)] + [""]
