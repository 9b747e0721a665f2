"""Running a program and noting what it took."""

import re
import resource
import subprocess
import time
from dataclasses import dataclass

# One that takes longer is not waited for.
TIMEOUT = 120


class Unable(Exception):
    """Why a program could not do its part, in its own words."""


@dataclass
class Run:
    """What one run took, in seconds, and the last line that it said."""

    wall: float
    processor: float
    said: str

    @property
    def found(self):
        """How many firings or matches the program counted."""
        count = re.search(r"(\d+) (?:firings?|matches|literals)", self.said)
        return int(count[1]) if count else None


def run(command, accepted=(0,), environment=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env=environment, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Unable(f"not done after {TIMEOUT} s")
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = ended.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
    if ended.returncode not in accepted:
        raise Unable(said[0].rpartition(": ")[2])
    return Run(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, said[-1])


@dataclass
class Figure:
    """Runs of one contestant over `events` events, and as many over none."""

    events: int
    full: list
    idle: list

    def seconds(self, clock):
        """The best run, less what the program takes over an empty input."""
        return max(min(getattr(run, clock) for run in self.full) - min(getattr(run, clock) for run in self.idle), 1e-9)

    @property
    def rate(self):
        """Events a second of processor time: what others do on the machine hardly changes it."""
        return self.events / self.seconds("processor")

    @property
    def found(self):
        return self.full[0].found


@dataclass
class Comparison:
    """Two ways of doing the same; `firings` of each over the same `events`."""

    figures: dict
    events: int
    firings: list

    def times(self, clock):
        """How many times as fast the second is."""
        first, second = self.figures.values()
        return (first.seconds(clock) / first.events) / (second.seconds(clock) / second.events)


def measured(contestants, rounds):
    """Figures by name of contestants that take turns.

    A contestant is `(name, events, full, idle)`; the last two do a run.
    """
    figures = {name: Figure(events, [], []) for name, events, _, _ in contestants}
    for _ in range(rounds):
        for name, _, full, idle in contestants:
            figures[name].idle.append(idle())
            figures[name].full.append(full())
    return figures


def fitting(seconds, most, trial):
    """How many events keep a program busy for about so many seconds: 1, 2 or 5 with noughts, or all.

    `trial` runs over a number of events; over none to begin with. A long start asks for more of them, so that what it
    varies by does not weigh.
    """
    idle = trial(0).processor
    seconds = max(seconds, 2 * idle)
    count = min(50, most)
    while True:
        spent = max(trial(count).processor - idle, 0.001)
        if count == most or spent >= seconds / 4:
            return count
        count = rounded(count * min(20, seconds / spent), most)


def rounded(count, most):
    if count >= most:
        return most
    power = 10 ** (len(str(int(count))) - 1)
    return max(step for step in (1, 2, 5) if step * power <= count) * power
